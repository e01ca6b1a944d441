package dashboards

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// Commentary is a note that a person signed: what they think is behind a figure, kept apart
// from what the data show. It is a draft until somebody signs it off.
type Commentary struct {
	Author      string `yaml:"author"`        // role, not a name: "Constabulary data lead"
	Date        string `yaml:"date"`          // YYYY-MM-DD
	Basis       string `yaml:"basis"`         // one of the bases below; not of a note on the edition
	Action      string `yaml:"action"`        // what happens next; may be empty
	Owner       string `yaml:"owner"`         // of the action
	Due         string `yaml:"due"`           // YYYY-MM-DD; may be empty
	SignedOffBy string `yaml:"signed_off_by"` // role; empty for a draft
	SignedOffOn string `yaml:"signed_off_on"` // YYYY-MM-DD
	html        template.HTML
}

// EditionNote is the file, without its ending, of the note on a whole edition.
const EditionNote = "edition"

// bases are the choices an author must close with, so that a cause is never claimed by
// tone of voice.
var bases = []string{"proven by other evidence", "fits the timing", "not known"}

// HTML is the text of the note.
func (c *Commentary) HTML() template.HTML { return c.html }

// Draft says that nobody has signed the note off.
func (c *Commentary) Draft() bool { return c.SignedOffBy == "" }

// parseCommentary reads a Markdown file that begins with a block of YAML between lines of
// three hyphens.
func parseCommentary(file, text string) (*Commentary, config.Problems) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(text, "---") {
		return &Commentary{}, config.Problems{{File: file, Line: 1, Msg: "there is no heading block",
			Hint: "begin with a line ---, then author, date and basis, then a line ---, then the note"}}
	}
	c := &Commentary{}
	problems := decodeText(file, []byte(head), 1, c)
	if len(problems) > 0 {
		return c, problems
	}
	problems = c.check(file, strings.HasSuffix(file, "/"+EditionNote+".md"))
	if strings.TrimSpace(body) == "" {
		problems = append(problems, config.Problem{File: file, Line: 1, Msg: "the note has no text", Hint: "write it below the second line ---"})
	}
	var faults config.Problems
	c.html, faults = noteHTML(file, body, strings.Count(head, "\n")+4)
	return c, append(problems, faults...)
}

// check looks at the heading of a note.
func (c *Commentary) check(file string, ofEdition bool) config.Problems {
	var problems config.Problems
	add := func(msg, hint string) {
		problems = append(problems, config.Problem{File: file, Line: 1, Msg: msg, Hint: hint})
	}
	if c.Author == "" {
		add("a note needs its author's role", "an unsigned note is not shown")
	}
	switch {
	case ofEdition && c.Basis != "":
		add("a note on the edition has no basis", "a basis belongs to what is thought to be behind one measure")
	case !ofEdition && !slices.Contains(bases, c.Basis):
		add(fmt.Sprintf("basis %q is not one of the choices", c.Basis), "write one of: "+strings.Join(bases, "; "))
	}
	if (c.SignedOffBy == "") != (c.SignedOffOn == "") {
		add("signed_off_by and signed_off_on go together", "give a role and a day, or leave both out while the note is a draft")
	}
	for _, d := range []string{c.Date, c.Due, c.SignedOffOn} {
		if _, err := time.Parse(time.DateOnly, d); err != nil && (d != "" || c.Date == "") {
			add(fmt.Sprintf("%q is not a date", d), "write YYYY-MM-DD")
		}
	}
	return problems
}

// note is the commentary on a measure, or on the edition, that the site's readers may see: a
// draft is for those alone whose pages are marked as restricted.
func (b *builder) note(id string) *Commentary {
	c := b.Editorial.Note(b.Quarter, id)
	if c != nil && c.Draft() && b.Audience.Marking == "" {
		return nil
	}
	return c
}
