package dashboards

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpace   = regexp.MustCompile(`"[^"]*"|\s*;?\s*\}\s*|\s*[{;,>]\s*|:\s+|\s+`)
	cssToken   = regexp.MustCompile(`--([\w-]+):([^;}]+);?`)
	cssColour  = regexp.MustCompile(`#([0-9A-F])([0-9A-F])([0-9A-F])([0-9A-F])([0-9A-F])([0-9A-F])\b`)
)

// assets writes the style sheet, with the partnership's colours and the lines for print that
// differ by audience.
func (b *builder) assets() error {
	css, err := fs.ReadFile(Files, "assets/site.css")
	if err != nil {
		return fmt.Errorf("reading the style sheet: %w", err)
	}
	b.put("assets/site.css", []byte(lean(string(css), b.themed())+b.printMargins()))
	return nil
}

// lean is a style sheet as it is published: without comments and needless white space, and with
// the value of each token, its own or the theme's, in the token's place where it is no longer
// than the name.
func lean(css string, theme map[string]string) string {
	css = cssComment.ReplaceAllString(css, "")
	css = strings.TrimSpace(cssSpace.ReplaceAllStringFunc(css, func(s string) string {
		switch trimmed := strings.TrimSpace(s); {
		case s[0] == '"':
			return s
		case trimmed == "":
			return " "
		default:
			return trimmed[len(trimmed)-1:]
		}
	}))
	for _, token := range cssToken.FindAllStringSubmatch(css, -1) {
		value, used := token[2], "var(--"+token[1]+")"
		if theirs := theme[token[1]]; theirs != "" {
			value = theirs
		}
		if len(value) <= len(used) {
			css = strings.ReplaceAll(strings.Replace(css, token[0], "", 1), used, value)
		}
	}
	return cssColour.ReplaceAllStringFunc(css, shortColour) + "\n"
}

// shortColour is #FFCC00 as #FC0, where each half says it twice.
func shortColour(c string) string {
	if c[1] == c[2] && c[3] == c[4] && c[5] == c[6] {
		return "#" + c[1:2] + c[3:4] + c[5:6]
	}
	return c
}
