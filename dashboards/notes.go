package dashboards

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"wherry/config"
)

// markdown renders notes; raw HTML is off, which is goldmark's own default.
var markdown = goldmark.New()

// noteHTML is the Markdown of a note as HTML. A note may have paragraphs, lists, emphasis and
// links; anything else would not fit where notes stand, or ask for something from elsewhere. The
// body begins at the given line of the file.
func noteHTML(file, body string, line int) (template.HTML, config.Problems) {
	source := []byte(body)
	doc := markdown.Parser().Parse(text.NewReader(source))
	problems := blaming(file, body, line)
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			if what := unfit(n); what != "" {
				problems = append(problems, config.Problem{File: file, Line: line, Msg: "the note has " + what,
					Hint: "a note may have paragraphs, lists, **strong** words and links"})
			}
		}
		return ast.WalkContinue, nil
	})
	var out bytes.Buffer
	if err == nil {
		err = markdown.Renderer().Render(&out, source, doc)
	}
	if err != nil {
		problems = append(problems, config.Problem{File: file, Line: line, Msg: fmt.Sprintf("the note cannot be read as Markdown: %v", err)})
	}
	return template.HTML(strings.TrimSpace(out.String())), problems //nolint:gosec // goldmark escapes text and leaves raw HTML out
}

// unfit names what a note may not have, "" for what it may.
func unfit(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		return "a heading"
	case *ast.Image:
		return "a picture"
	case *ast.RawHTML, *ast.HTMLBlock:
		return "HTML"
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return "a block of code"
	case *ast.Link:
		if to := string(n.Destination); !strings.HasPrefix(to, "https://") && !strings.HasPrefix(to, "mailto:") {
			return fmt.Sprintf("a link to %q, which is no https address", to)
		}
	}
	return ""
}

// blame is wording that weighs down on people or agencies; of a cause a note may speak, with
// its basis.
var blame = regexp.MustCompile(`(?i)\b(fail\w*|poor\w*|breach\w*|good news|soar\w*|slump\w*|alleged\w*|hard to reach|repeat victims?|non-?complian\w*|domestics|domestic (incident|dispute)s?|refus\w*|sadly|unfortunately)\b`)

// blaming finds such wording, line by line.
func blaming(file, body string, line int) config.Problems {
	var problems config.Problems
	for i, l := range strings.Split(body, "\n") {
		if w := blame.FindString(l); w != "" {
			problems = append(problems, config.Problem{File: file, Line: line + i, Msg: fmt.Sprintf("the note says %q", w),
				Hint: "write of what was done or not done, and blame nobody: see commentary/README.md"})
		}
	}
	return problems
}
