package screen

import (
	"regexp"
	"strings"
)

var (
	wordBreak = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	words     = regexp.MustCompile(`[a-z]+|[0-9]+`)
)

// Header is the kind of personal data that a header says its column holds, "" for none. It
// never returns the header itself, which is the sender's text.
func Header(header string) string {
	parts := words.FindAllString(strings.ToLower(wordBreak.ReplaceAllString(header, "${1}_${2}")), -1)
	whole := "_" + strings.Join(parts, "_") + "_"
	for _, kind := range headerOrder() {
		for _, word := range kind.words {
			if strings.Contains(whole, "_"+word+"_") {
				return kind.name
			}
		}
	}
	return ""
}

type headerKind struct {
	name  string
	words []string
}

// headerOrder is the words of headers, the closest meaning first: a date of birth before a
// name, for "name" stands in many headers.
func headerOrder() []headerKind {
	first := []string{DateOfBirth, PersonName}
	var order []headerKind
	for _, name := range first {
		for _, k := range kinds() {
			if k.Name == name {
				order = append(order, headerKind{k.Name, k.words})
			}
		}
	}
	for _, k := range kinds() {
		if k.Name != DateOfBirth && k.Name != PersonName {
			order = append(order, headerKind{k.Name, k.words})
		}
	}
	return order
}
