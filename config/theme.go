package config

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Theme is how the pages look: the partnership's own colours, each #RRGGBB and empty for what
// ships, and its logo.
type Theme struct {
	Brand  string      `mapstructure:"brand"`  // names, buttons, the help box: text, and a ground of white text
	Link   string      `mapstructure:"link"`   // links
	Accent string      `mapstructure:"accent"` // the rule below the navigation: never text
	Logo   LogoSetting `mapstructure:"logo"`
}

// LogoSetting names the logo: File is a PNG or SVG in the folder of wherry.yaml, Alt is what it
// says to those who do not see it.
type LogoSetting struct {
	File string `mapstructure:"file"`
	Alt  string `mapstructure:"alt"`
}

// Helplines are the lines of the help box on every page.
type Helplines struct {
	National Helpline   `mapstructure:"national"` // of the country; England's where it is left out
	Local    []Helpline `mapstructure:"local"`    // in addition, in order
}

// Helpline is one line that people may call. Hours are in words, as "free, at any time".
type Helpline struct {
	Name   string `mapstructure:"name"`
	Number string `mapstructure:"number"` // digits and single spaces
	Hours  string `mapstructure:"hours"`
	Text   string `mapstructure:"text"` // a sentence more; may be empty
}

// Statement says who runs the pages and whom to write to about access to them; where a value
// is empty the contact of the edition stands in its place.
type Statement struct {
	Organisation string `mapstructure:"organisation"`
	Email        string `mapstructure:"email"`
	Phone        string `mapstructure:"phone"`
}

// English is the language of all words that ship; Welsh is the other that pages may be in.
const (
	English = "en-GB"
	Welsh   = "cy"
)

// Lang is the language of the fixed words of pages, as in <html lang>.
func (s *Settings) Lang() string { return cmp.Or(s.Language, English) }

// NationalHelpline is the line that every page names first.
func (s *Settings) NationalHelpline() Helpline {
	if s.Helplines.National != (Helpline{}) {
		return s.Helplines.National
	}
	return EnglandsHelpline
}

// EnglandsHelpline is the national line of England.
var EnglandsHelpline = Helpline{Name: "National Domestic Abuse Helpline", Number: "0808 2000 247", Hours: "free, at any time"}

// grounds are what text and rules stand on: the page, and the band of a chart or a button.
var grounds = []struct{ name, colour string }{{"white", "#FFFFFF"}, {"the band " + band, band}}

const (
	band          = "#E6EDF4"
	textContrast  = 4.5 // WCAG 2.2, 1.4.3
	shapeContrast = 3.0 // WCAG 2.2, 1.4.11
)

var (
	hexColour   = regexp.MustCompile(`^#[0-9A-F]{6}$`)
	phoneNumber = regexp.MustCompile(`^[0-9]+( [0-9]+)*$`)
	mailAddress = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
)

func (c *settingsCheck) theme() {
	c.colour("theme.brand", c.Theme.Brand, textContrast)
	c.colour("theme.link", c.Theme.Link, textContrast)
	c.colour("theme.accent", c.Theme.Accent, shapeContrast)
	if l := c.Theme.Logo; l.File != "" || l.Alt != "" {
		c.filled("theme.logo.file", l.File)
		c.filled("theme.logo.alt", l.Alt)
		if strings.ContainsAny(l.Alt, "0123456789") {
			c.add("theme.logo.alt", "the words for a logo hold a number", "say the name alone: numbers on pages are held against the data files")
		}
	}
}

// colour checks that a colour can be read on every ground.
func (c *settingsCheck) colour(path, colour string, least float64) {
	if colour == "" {
		return
	}
	if !hexColour.MatchString(colour) {
		c.add(path, fmt.Sprintf("%q is not a colour", colour), `write it as "#12436D", in capital letters and in quotes`)
		return
	}
	for _, g := range grounds {
		if got := contrast(colour, g.colour); got < least {
			c.add(path, fmt.Sprintf("%s on %s has a contrast of %.2f to 1, and %.1f is needed", colour, g.name, math.Floor(got*100)/100, least),
				fmt.Sprintf("the nearest shade that passes is %s", darkened(colour, least)))
			return
		}
	}
}

// darkened is the lightest shade of a colour, of the same hue, that has the contrast on every
// ground. Black has it on both, so there is one.
func darkened(colour string, least float64) string {
	r, g, b := channels(colour)
	for part := 255; part > 0; part-- {
		scaled := func(v uint8) int { return int(v) * part / 255 }
		shade := fmt.Sprintf("#%02X%02X%02X", scaled(r), scaled(g), scaled(b))
		if contrast(shade, grounds[0].colour) >= least && contrast(shade, grounds[1].colour) >= least {
			return shade
		}
	}
	return "#000000"
}

// contrast is the contrast ratio of two colours, 1 to 21 (WCAG 2.2).
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(colour string) float64 {
	linear := func(channel uint8) float64 {
		v := float64(channel) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	r, g, b := channels(colour)
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// channels of a colour that is known to be #RRGGBB.
func channels(colour string) (r, g, b uint8) {
	n, _ := strconv.ParseUint(colour[1:], 16, 32) // the form holds six digits
	return uint8(n >> 16), uint8(n >> 8), uint8(n)
}

// words checks the helplines, the lines of the foot, the statement and the language.
func (c *settingsCheck) words() {
	if c.Helplines.National != (Helpline{}) {
		c.helpline("helplines.national", c.Helplines.National)
	}
	for i, h := range c.Helplines.Local {
		c.helpline(fmt.Sprintf("helplines.local.%d", i), h)
	}
	for i, line := range c.Footer {
		path := fmt.Sprintf("footer.%d", i)
		if strings.TrimSpace(line) == "" || len(line) > mostFooter {
			c.add(path, fmt.Sprintf("a line of the footer has 1 to %d bytes, and this has %d", mostFooter, len(line)), "")
		}
	}
	if s := c.Statement; s.Email != "" && !mailAddress.MatchString(s.Email) {
		c.add("statement.email", fmt.Sprintf("%q is not an address", s.Email), "write it as access@example.org")
	}
	if s := c.Statement; s.Phone != "" {
		c.number("statement.phone", s.Phone)
	}
	if l := c.Lang(); l != English && l != Welsh {
		c.add("language", fmt.Sprintf("%q is not a language that pages may be in", l), didYouMean(l, []string{English, Welsh}))
	}
}

const mostFooter = 300

func (c *settingsCheck) helpline(at string, h Helpline) {
	c.filled(at+".name", h.Name)
	c.filled(at+".hours", h.Hours)
	c.number(at+".number", h.Number)
}

func (c *settingsCheck) number(path, number string) {
	digits := len(strings.ReplaceAll(number, " ", ""))
	if !phoneNumber.MatchString(number) || digits < 3 || digits > 15 {
		c.add(path, fmt.Sprintf("%q is not a telephone number", number), "write digits with single spaces between: 0808 2000 247")
	}
}
