package dashboards

import (
	"cmp"
	"strings"

	"wherry/config"
)

// ours are the colours of site.css that a theme may replace.
var ours = struct{ brand, link, accent string }{"#12436D", "#144E8C", "#12436D"}

// themed is the rule that gives a partnership's colours, empty for those that ship. They are
// known to be #RRGGBB.
func (b *builder) themed() string {
	t := b.Partnership.Theme
	var rules strings.Builder
	for _, token := range []struct{ name, colour, ours string }{{"navy", t.Brand, ours.brand}, {"link", t.Link, ours.link}, {"accent", t.Accent, ours.accent}} {
		if token.colour != "" && token.colour != token.ours {
			rules.WriteString("--" + token.name + ":" + token.colour + ";")
		}
	}
	if rules.Len() == 0 {
		return ""
	}
	return ":root{" + rules.String() + "}\n"
}

// logo puts the partnership's logo among the assets.
func (b *builder) logo() error {
	if l := b.Partnership.Logo; l != nil {
		b.put("assets/"+l.Name, l.Data)
	}
	return nil
}

// LogoHeight is how high a logo stands on a page.
func (b *builder) LogoHeight() int { return config.LogoHeight }

// StatementEmail is where to write about access to the pages, "" for nowhere.
func (b *builder) StatementEmail() string {
	return cmp.Or(b.Partnership.Statement.Email, b.Partnership.Contact.Email)
}

// supportLine is the help line in the margin of printed pages.
func (b *builder) supportLine() string {
	h := b.Partnership.NationalHelpline()
	if h == config.EnglandsHelpline {
		return b.fixed.plain("help.print", "number", h.Number)
	}
	return b.fixed.plain("help.print.line", "name", h.Name, "hours", h.Hours, "number", h.Number)
}
