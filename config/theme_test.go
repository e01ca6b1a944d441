package config_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
)

// themeFaults are faults of colours, helplines, the foot, the statement and the language.
func themeFaults() []fault {
	at := func(name, setting, want, hint string) fault {
		return fault{name, "wherry.yaml", "place:", setting + "\nplace:", "config/wherry.yaml:2: " + want, hint}
	}
	return []fault{
		at("colour by name", "theme: {brand: navy}", `"navy" is not a colour`, `"#12436D"`),
		at("colour in small letters", `theme: {brand: "#12436d"}`, `"#12436d" is not a colour`, "capital letters"),
		at("brand on white", `theme: {brand: "#E07000"}`, "#E07000 on white has a contrast of 3.23 to 1, and 4.5 is needed", "#A85400"),
		at("link on the band alone", `theme: {link: "#767676"}`, "#767676 on the band #E6EDF4 has a contrast of 3.84 to 1, and 4.5 is needed", "#6B6B6B"),
		at("accent", `theme: {accent: "#FFDD00"}`, "#FFDD00 on white has a contrast of 1.34 to 1, and 3.0 is needed", "nearest shade"),
		at("logo without words", "theme: {logo: {file: logo.svg}}", "alt is missing", ""),
		at("words without a logo", "theme: {logo: {alt: A council}}", "file is missing", ""),
		at("words of a logo with a number", "theme: {logo: {file: logo.svg, alt: 3 people}}", "the words for a logo hold a number", "the name alone"),
		at("logo outside", "theme: {logo: {file: ../logo.svg, alt: A council}}", `"../logo.svg" is not a file in the folder of wherry.yaml`, "without .."),
		at("logo not there", "theme: {logo: {file: none.svg, alt: A council}}", "the logo none.svg cannot be read: file does not exist", "beside wherry.yaml"),
		at("logo of another kind", "theme: {logo: {file: logo.gif, alt: A council}}", "the logo logo.gif is neither a .png nor an .svg", ""),
		at("logo that is no picture", "theme: {logo: {file: false.png, alt: A council}}", "the logo false.png is not a PNG", "PNG again"),
		at("logo too large", "theme: {logo: {file: large.svg, alt: A council}}", "the logo large.svg has more than 100000 bytes", "44 pixels"),
		at("logo too wide", "theme: {logo: {file: wide.svg, alt: A council}}", "the logo wide.svg would be 440 wide and 44 high", "11 to 288"),
		at("number with letters", `helplines: {national: {name: A, hours: h, number: "0808 CALL"}}`, `"0808 CALL" is not a telephone number`, "single spaces"),
		at("number too short", `helplines: {local: [{name: A, hours: h, number: "99"}]}`, `"99" is not a telephone number`, ""),
		at("national line without hours", `helplines: {national: {name: A, number: "0808 80 10 800"}}`, "hours is missing", ""),
		at("local line without a name", `helplines: {local: [{number: "0300 561 0077", hours: h}]}`, "name is missing", ""),
		at("empty line of the foot", `footer: [""]`, "a line of the footer has 1 to 300 bytes, and this has 0", ""),
		at("statement's address", "statement: {email: access}", `"access" is not an address`, "access@example.org"),
		at("statement's number", "statement: {phone: ring us}", `"ring us" is not a telephone number`, ""),
		at("language", "language: fr", `"fr" is not a language that pages may be in`, "cy"),
	}
}

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 44"><path fill="#12436D" d="M0 0h120v44H0z"/></svg>`

// logos are the files that themeFaults names.
func logos(files fstest.MapFS) {
	for name, text := range map[string]string{"logo.svg": mark, "logo.gif": "GIF89a", "false.png": mark,
		"large.svg": mark + strings.Repeat(" ", 100_000), "wide.svg": strings.Replace(mark, "120", "440", 1)} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
}

// withLogo is the small partnership with a logo.
func withLogo(name string, data []byte) fstest.MapFS {
	files := with("wherry.yaml", "place:", "theme: {logo: {file: "+name+", alt: A council}}\nplace:")
	files[name] = &fstest.MapFile{Data: data}
	return files
}

func TestHostileLogosAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"script":             {"<path", "\n<script>x()</script><path", "config/mark.svg:2: a logo has no element <script>"},
		"text":               {"<path", "<text>412 people</text><path", "config/mark.svg:1: a logo has no element <text>"},
		"title":              {"<path", "<title>412</title><path", "a logo has no element <title>"},
		"bare text":          {"<path", "412<path", "a logo holds no text"},
		"event":              {"<path", `<path onload="x()"`, "a logo has no attribute onload"},
		"data":               {"<path", `<path data-n="412"`, "a logo has no attribute data-n"},
		"style":              {"<path", `<path style="fill:red"`, "a logo has no attribute style"},
		"foreign object":     {"<path", "<foreignObject/><path", "a logo has no element <foreignObject>"},
		"image":              {"<path", `<image href="https://example.org/a.png"/><path`, "a logo has no element <image>"},
		"use":                {"<path", `<use href="#a"/><path`, "a logo has no element <use>"},
		"link of a gradient": {"<path", `<linearGradient href="https://example.org/"/><path`, "a logo refers to nothing outside itself"},
		"paint from outside": {`fill="#12436D"`, `fill="url(https://example.org/#a)"`, "the value of fill refers to something else"},
		"paint in disguise":  {`fill="#12436D"`, `fill="\75rl(https://example.org/)"`, "the value of fill refers to something else"},
		"comment":            {"<path", "<!-- 412 --><path", "a logo holds no comment"},
		"entity":             {"<svg", `<!DOCTYPE svg [<!ENTITY a "412">]><svg`, "a logo declares no document type"},
		"style sheet":        {"<svg", `<?xml-stylesheet href="a.css"?><svg`, "a logo holds no instruction"},
		"another language":   {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "a logo has no element <svg>"},
		"no size":            {`viewBox="0 0 120 44"`, "", "the drawing has no viewBox"},
		"not closed":         {"</svg>", "", "is not valid SVG"},
		"an id of words":     {"<path", `<path id="412 people"`, `"412 people" is not an id`},
	} {
		t.Run(name, func(t *testing.T) {
			found := problems(t, withLogo("mark.svg", []byte(strings.Replace(mark, c.old, c.new, 1))))
			for i := range found {
				found[i].Col = 0
			}
			if !strings.Contains(found.Error(), c.want) {
				t.Errorf("want %q in:\n%v", c.want, found)
			}
		})
	}
}

func TestALogoOfShapesIsTaken(t *testing.T) {
	const gradient = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 44" xml:space="preserve"><defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient><linearGradient id="b" xlink:href="#a"/></defs><rect width="120" height="44" fill="url(#b)"/></svg>`
	for _, text := range []string{mark, gradient} {
		p, err := config.Load("", withLogo("mark.svg", []byte(text)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if l := p.Logo; l.Name != "logo.svg" || l.Width != 120 || l.Alt != "A council" || string(l.Data) != text {
			t.Errorf("got %+v", l)
		}
	}
}

// TestAPNGKeepsItsPixelsAlone: a program may leave a name and a number in a picture.
func TestAPNGKeepsItsPixelsAlone(t *testing.T) {
	picture := image.NewNRGBA(image.Rect(0, 0, 60, 22))
	picture.Set(3, 4, color.NRGBA{18, 67, 109, 255})
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	said := chunk("tEXt", "Author\x00A person, 412")
	data := append(append(bytes.Clone(out.Bytes()[:33]), said...), out.Bytes()[33:]...) // after the signature and IHDR
	p, err := config.Load("", withLogo("mark.png", data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(p.Logo.Data, []byte("412")) || p.Logo.Width != 120 || p.Logo.Name != "logo.png" {
		t.Errorf("%d wide, %q", p.Logo.Width, p.Logo.Data)
	}
	again, err := png.Decode(bytes.NewReader(p.Logo.Data))
	if err != nil || again.At(3, 4) != color.Color(color.NRGBA{18, 67, 109, 255}) {
		t.Errorf("%v, %v", again, err)
	}
	if found := problems(t, withLogo("mark.png", data[:60])); !strings.Contains(found.Error(), "is not a") {
		t.Errorf("half a picture: %v", found)
	}
}

func chunk(kind, text string) []byte {
	body := append([]byte(kind), text...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(text)))
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

// TestTheShadeOfTheHintPasses: what a fault proposes is taken, and a step lighter is not.
func TestTheShadeOfTheHintPasses(t *testing.T) {
	for _, c := range []struct{ key, colour string }{{"brand", "#E07000"}, {"link", "#767676"}, {"accent", "#FFDD00"}, {"brand", "#FFFFFF"}, {"link", "#00FF00"}} {
		setting := func(colour string) fstest.MapFS {
			return with("wherry.yaml", "place:", `theme: {`+c.key+`: "`+colour+"\"}\nplace:")
		}
		hint := problems(t, setting(c.colour))[0].Hint
		shade := hint[strings.LastIndexByte(hint, ' ')+1:]
		if _, err := config.Load("", setting(shade), nil); err != nil {
			t.Errorf("%s for %s: %v", shade, c.colour, err)
		}
	}
}

func TestTheNationalLineIsEnglandsUnlessReplaced(t *testing.T) {
	p, err := config.Load("", tree(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if h := p.NationalHelpline(); h.Number != "0808 2000 247" || p.Lang() != "en-GB" || p.Logo != nil {
		t.Errorf("%+v, %s", h, p.Lang())
	}
	p, err = config.Load("", with("wherry.yaml", "place:", "language: cy\nhelplines: {national: {name: Live Fear Free Helpline, number: 0808 80 10 800, hours: \"free, at any time\"}}\nplace:"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if h := p.NationalHelpline(); h.Name != "Live Fear Free Helpline" || p.Lang() != "cy" {
		t.Errorf("%+v, %s", h, p.Lang())
	}
}

// TestTheGuideToThemesHolds: each block of settings loads, and the fault it shows is what is said.
func TestTheGuideToThemesHolds(t *testing.T) {
	guide, err := os.ReadFile("../docs/theme.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(guide), "```yaml\n")[1:]
	for _, block := range blocks {
		text, _, _ := strings.Cut(block, "```")
		files := with("wherry.yaml", "place:", text+"place:")
		logos(files)
		if _, err := config.Load("", files, nil); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
	said := problems(t, with("wherry.yaml", "place:", "theme: {brand: \"#E07000\"}\nplace:")).Error()
	if len(blocks) != 2 || !strings.Contains(string(guide), said) {
		t.Errorf("%d blocks; the guide does not show:\n%s", len(blocks), said)
	}
}
