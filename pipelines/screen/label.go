package screen

import (
	"regexp"
	"strings"
)

var labelBreak = regexp.MustCompile(`[_\s\x{a0};()\[\]]+`)

// widest is the words of the longest identifier: AA 12 34 56 B.
const widest = 5

// Label is the kind of personal data that stands, as whole words, in a text that should name
// something else: a header, a sheet, a file without its ending; "" for none. A date or a run
// of digits beside another is no phone number there.
func (s *Screen) Label(text string) string {
	words := strings.Fields(labelBreak.ReplaceAllString(text, " "))
	for from := range words {
		for to := from + 1; to <= min(len(words), from+widest); to++ {
			if kind := s.whole(strings.Join(words[from:to], " ")); kind != "" {
				return kind
			}
		}
	}
	return ""
}

// whole is the kind of personal data that a text is, with nothing before or after it.
func (s *Screen) whole(text string) string {
	if NHS(text) {
		return NHSNumber
	}
	if FullName(text) {
		return PersonName
	}
	for i, form := range s.forms {
		if form == nil {
			continue
		}
		if at := form.FindStringIndex(text); at != nil && at[0] == 0 && at[1] == len(text) {
			return s.kinds[i].Name
		}
	}
	return ""
}
