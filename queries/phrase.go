package queries

import (
	"time"

	"wherry/config"
)

// Words are the words of the language that a Reading is told in, by their keys: dashboards has them.
type Words interface {
	// Text is the words of a key, with blanks filled in by pairs of name and value.
	Text(key string, with ...any) string
	// Some is Text in the form for a number, which fills in {n}.
	Some(key string, n float64, with ...any) string
	// Count is how many words a text has for its reader.
	Count(text string) int
	// Month is "October 2024", Period "July to September 2026".
	Month(time.Time) string
	Period(config.Period) string
}

// Phrase is a sentence by the key of its words, with what fills in its blanks; the zero Phrase says nothing.
type Phrase struct {
	Key  string
	With []any // pairs of name and value
}

func phrase(key string, with ...any) Phrase { return Phrase{"reading." + key, with} }

// In is the sentence in the language of w.
func (p Phrase) In(w Words) string {
	if p.Key == "" {
		return ""
	}
	return w.Text(p.Key, p.With...)
}
