package dashboards

import (
	"cmp"

	"wherry/config"
)

// themed are the colours that the partnership gives, by the tokens of site.css that they
// replace. They are known to be #RRGGBB, or empty.
func (b *builder) themed() map[string]string {
	t := b.Partnership.Theme
	return map[string]string{"navy": t.Brand, "link": t.Link, "accent": t.Accent}
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
