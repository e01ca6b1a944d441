package dashboards

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// Commentary is a note that a person signed: what they think is behind a figure, kept apart
// from what the data show.
type Commentary struct {
	Author string `yaml:"author"` // role, not a name: "Constabulary data lead"
	Date   string `yaml:"date"`   // YYYY-MM-DD
	Basis  string `yaml:"basis"`  // one of the bases below
	Action string `yaml:"action"` // what happens next; may be empty
	Owner  string `yaml:"owner"`  // of the action
	Due    string `yaml:"due"`    // YYYY-MM-DD; may be empty
	text   string
}

// bases are the choices an author must close with, so that a cause is never claimed by
// tone of voice.
var bases = []string{"proven by other evidence", "fits the timing", "not known"}

// parseCommentary reads a Markdown file that begins with a block of YAML between lines of
// three hyphens.
func parseCommentary(file, text string) (*Commentary, config.Problems) {
	head, body, ok := strings.Cut(strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(text, "---") {
		return &Commentary{}, config.Problems{{File: file, Line: 1, Msg: "there is no heading block",
			Hint: "begin with a line ---, then author, date and basis, then a line ---, then the note"}}
	}
	c := &Commentary{text: strings.TrimSpace(body)}
	problems := decodeText(file, []byte(head), 1, c)
	if len(problems) > 0 {
		return c, problems
	}
	add := func(msg, hint string) {
		problems = append(problems, config.Problem{File: file, Line: 1, Msg: msg, Hint: hint})
	}
	if c.Author == "" || c.text == "" {
		add("a note needs its author's role and some text", "an unsigned note is not shown")
	}
	if !slices.Contains(bases, c.Basis) {
		add(fmt.Sprintf("basis %q is not one of the choices", c.Basis), "write one of: "+strings.Join(bases, "; "))
	}
	for _, d := range []string{c.Date, c.Due} {
		if _, err := time.Parse(time.DateOnly, d); err != nil && (d != "" || c.Date == "") {
			add(fmt.Sprintf("%q is not a date", d), "write YYYY-MM-DD")
		}
	}
	return c, problems
}

// HTML is the note with the little of Markdown that a note needs: paragraphs, lists of
// hyphens and **strong** words. Everything else is shown as it was typed.
func (c *Commentary) HTML() template.HTML {
	var b strings.Builder
	for _, block := range regexp.MustCompile(`\n\s*\n`).Split(c.text, -1) {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		if !strings.HasPrefix(lines[0], "- ") {
			b.WriteString("<p>" + inline(strings.Join(lines, " ")) + "</p>")
			continue
		}
		b.WriteString("<ul>")
		for _, item := range strings.Split(strings.TrimPrefix(strings.TrimSpace(block), "- "), "\n- ") {
			b.WriteString("<li>" + inline(strings.ReplaceAll(item, "\n", " ")) + "</li>")
		}
		b.WriteString("</ul>")
	}
	return template.HTML(b.String()) //nolint:gosec // every run of text was escaped by inline
}

var strong = regexp.MustCompile(`\*\*([^*]+)\*\*`)

func inline(s string) string {
	return strong.ReplaceAllString(html.EscapeString(s), "<strong>$1</strong>")
}
