package dashboards

import (
	"strings"
	"time"

	"wherry/config"
	"wherry/queries"
)

// ReadingSentences says in English what the Reading of a Result says, as pages do.
func ReadingSentences(r *queries.Result) queries.Sentences { return inEnglish.sentencesOf(r) }

func (w words) sentencesOf(r *queries.Result) queries.Sentences {
	return queries.ReadingSentences(r, spokenWords{w})
}

// saying is phrases one after another.
func (w words) saying(phrases []queries.Phrase) string {
	var says []string
	for _, p := range phrases {
		says = append(says, p.In(spokenWords{w}))
	}
	return strings.Join(says, " ")
}

// spokenWords are the words of a site as a Reading asks for them.
type spokenWords struct{ words }

var _ queries.Words = spokenWords{}

func (s spokenWords) Text(key string, with ...any) string { return s.text(key, with...) }

func (s spokenWords) Some(key string, n float64, with ...any) string { return s.some(key, n, with...) }

func (s spokenWords) Count(text string) int { return len(strings.Fields(ownOf(text))) }

func (s spokenWords) Month(t time.Time) string { return s.month(t) }

func (s spokenWords) Period(p config.Period) string { return s.periodFull(p) }
