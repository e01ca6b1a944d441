package dashboards

import (
	"fmt"
	"math"
	"strings"

	"wherry/config"
)

// inEnglish are the words of the data files, which are English in every edition.
var inEnglish = words{language: config.English, own: builtIn, english: builtIn}

// text is the whole sentence, or the whole phrase, of a key as text, with blanks filled in by pairs of name and
// value. It panics on a key without words, which a test keeps from happening. Words that are aloud give their English
// beside them, which render tells apart.
func (w words) text(key string, with ...any) string {
	own, english := w.own[key], w.english[key]
	switch {
	case own == "" && english == "":
		panic("there are no words with the key " + key)
	case own == "":
		return filled(english, with, func(s string) string { return s })
	case w.aloud:
		return beside(filled(own, with, ownOf), filled(english, with, englishOf))
	}
	return filled(own, with, func(s string) string { return s })
}

// filled puts values into the blanks of words, by pairs of name and value.
func filled(text string, with []any, of func(string) string) string {
	pairs := make([]string, 0, len(with))
	for i := 0; i+1 < len(with); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", with[i]), of(fmt.Sprint(with[i+1])))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// some is text in the form for a number: "{n} day" for one, "{n} days" for others. A language may have forms
// besides those of English, by the names of Unicode's plural rules.
func (w words) some(key string, n float64, with ...any) string {
	with = append(with, "n", thousands(n, 0))
	for _, own := range []map[string]string{w.own, w.english} {
		for _, form := range []string{pluralForm(n), "other"} {
			if own[key+"."+form] != "" {
				return w.text(key+"."+form, with...)
			}
		}
	}
	panic("there are no words with the key " + key + ".other")
}

// pluralForms are the forms that a language may have besides that of other numbers, by Unicode's rules for Welsh,
// which has the most of the languages that pages may be in.
var pluralForms = map[float64]string{0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}

func pluralForm(n float64) string {
	if form := pluralForms[math.Abs(n)]; form != "" {
		return form
	}
	return "other"
}

// formOf is the English of a key whose form for a number English lacks; "" for one that is no such key.
func formOf(key string) string {
	at := strings.LastIndexByte(key, '.')
	if at < 0 {
		return ""
	}
	for _, form := range pluralForms {
		if key[at+1:] == form {
			return builtIn[key[:at]+".other"]
		}
	}
	return ""
}

// list is names one after another: "Breckland, Broadland and Norwich".
func (w words) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return w.text("list.last", "before", w.comma(names[:len(names)-1]), "last", names[len(names)-1])
}

// comma is what names one after another are where no "and" is due.
func (w words) comma(names []string) string {
	if len(names) == 0 {
		return ""
	}
	all := names[0]
	for _, name := range names[1:] {
		all = w.text("list.next", "before", all, "next", name)
	}
	return all
}
