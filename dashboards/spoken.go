package dashboards

import (
	"regexp"
	"strings"
)

// Words of another language go through Go code with their English beside them, between characters that no text has:
// an element cannot, because a sentence may end up within an attribute as well as between tags. render makes of them
// elements that say what language they are in, and what the English is: the auditor reads English.
const (
	ownFrom, englishFrom, besideEnd = "\uE000", "\uE001", "\uE002"
)

var besides = regexp.MustCompile(ownFrom + "([^" + ownFrom + besideEnd + "]*)" + englishFrom + "([^" + ownFrom + besideEnd + "]*)" + besideEnd)

// beside is words with their English.
func beside(own, english string) string {
	return ownFrom + own + englishFrom + english + besideEnd
}

// ownOf is text in its own language alone.
func ownOf(text string) string { return besides.ReplaceAllString(text, "$1") }

// englishOf is text in English.
func englishOf(text string) string { return besides.ReplaceAllString(text, "$2") }

// changeFirst changes the first words of a text, and of the English beside them.
func changeFirst(text string, change func(string) string) string {
	m := besides.FindStringSubmatch(text)
	if m == nil || !strings.HasPrefix(text, m[0]) {
		return change(text)
	}
	return beside(change(m[1]), change(m[2])) + text[len(m[0]):]
}

var unspoken = regexp.MustCompile("(?s)<svg.*?</svg>|<title>.*?</title>|<[^>]*>|" + besides.String())

// spoken makes of words with their English elements of their language. Within tags and titles, where no element can
// be, the words stand alone; drawings are in English.
func spoken(page []byte, language string) []byte {
	return unspoken.ReplaceAllFunc(page, func(part []byte) []byte {
		switch text := string(part); {
		case strings.HasPrefix(text, "<svg"):
			return []byte(englishOf(text))
		case strings.HasPrefix(text, "<"):
			return []byte(ownOf(text))
		default:
			return besides.ReplaceAll(part, []byte(`<span lang="`+language+`" data-en="$2">$1</span>`))
		}
	})
}
