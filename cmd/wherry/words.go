package main

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// grouped prints a whole number with commas, as British readers write it.
func grouped(n int64) string { return message.NewPrinter(language.BritishEnglish).Sprintf("%d", n) }

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%s %ss", grouped(n), noun)
}

func joinWords(words []string) string { return strings.Join(words, ", ") }
