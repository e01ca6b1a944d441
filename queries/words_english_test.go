package queries

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"wherry/config"
)

// catalogue is the English that ships, as the test reads it.
type catalogue struct {
	t    testing.TB
	text map[string]string
}

var shipped map[string]string

func english(t testing.TB) Words {
	t.Helper()
	if shipped == nil {
		text, err := os.ReadFile("../dashboards/words/en-GB.yaml")
		if err == nil {
			err = yaml.Unmarshal(text, &shipped)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return catalogue{t, shipped}
}

func (c catalogue) Text(key string, with ...any) string {
	text := c.text[key]
	if text == "" {
		c.t.Errorf("there are no words with the key %q", key)
	}
	for i := 0; i+1 < len(with); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", with[i]), fmt.Sprint(with[i+1]))
	}
	if strings.Contains(text, "{") {
		c.t.Errorf("%s is not filled in: %q", key, text)
	}
	return text
}

func (c catalogue) Some(key string, n float64, with ...any) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return c.Text(key+form, append(with, "n", whole(n))...)
}

func (c catalogue) Count(text string) int { return len(strings.Fields(text)) }

func (c catalogue) Month(t time.Time) string { return t.Format("January 2006") }

func (c catalogue) Period(p config.Period) string { return p.Title() }

// InEnglish is sentences one after another, for tests outside.
func InEnglish(t testing.TB, says []Phrase) string {
	var all []string
	for _, p := range says {
		all = append(all, p.In(english(t)))
	}
	return strings.Join(all, " ")
}
