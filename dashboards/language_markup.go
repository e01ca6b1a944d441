package dashboards

import (
	"html/template"
	"strings"
)

// around is markup that stands around words of a sentence: {name} begins it and {/name} ends it.
type around struct{ begin, end template.HTML }

// linkTo, bold and unseen are what templates may put around words: a link, strong type, and
// what screen readers alone say.
func linkTo(href string) around {
	return around{template.HTML(`<a href="` + template.HTMLEscapeString(href) + `">`), `</a>`} //nolint:gosec // escaped
}

func bold() around { return around{`<strong>`, `</strong>`} }

func unseen() around { return around{`<span class="vh">`, `</span>`} }

// escaped is text as html/template prints it.
func escaped(text string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(text), "+", "&#43;")
}

// isMarkup says whether a value is HTML, and so whatever it fills in.
func isMarkup(value any) bool {
	switch value.(type) {
	case template.HTML, around:
		return true
	}
	return false
}

// call is a link that calls a number; its parts do not break over lines.
func call(number string) template.HTML {
	digits := strings.ReplaceAll(number, " ", "")
	shown := strings.ReplaceAll(template.HTMLEscapeString(number), " ", "&nbsp;")
	return template.HTML(`<a href="tel:` + template.HTMLEscapeString(digits) + `">` + shown + `</a>`) //nolint:gosec // escaped
}

// mail is a link that writes to an address.
func mail(address string) template.HTML {
	address = template.HTMLEscapeString(address)
	return template.HTML(`<a href="mailto:` + address + `">` + address + `</a>`) //nolint:gosec // escaped
}

// code is a name that programs know.
func code(name string) template.HTML {
	return template.HTML(`<code>` + escaped(name) + `</code>`) //nolint:gosec // escaped
}

// codes are such names in one sentence.
func codes(names []string) template.HTML {
	var all []string
	for _, name := range names {
		all = append(all, string(code(name)))
	}
	return template.HTML(strings.Join(all, ", ")) //nolint:gosec // escaped
}

// join is a list in one sentence.
func join(between string, list []string) string { return strings.Join(list, between) }
