package audit

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// styleFile is the style sheet of every page.
const styleFile = "site.css"

// isLogo says whether a file of assets/ is the partnership's logo, by its name.
func isLogo(file string) bool { return file == "logo.svg" || file == "logo.png" }

// isLogoOf says whether an img is the logo as a page shows it, with words that hold no number.
func isLogoOf(n *html.Node, page string) bool {
	up := strings.Repeat("../", strings.Count(page, "/"))
	for _, a := range n.Attr {
		if !slices.Contains([]string{"class", "src", "width", "height", "alt"}, a.Key) {
			return false
		}
	}
	file, ok := strings.CutPrefix(attr(n, "src"), up+"assets/")
	return ok && isLogo(file) && attr(n, "height") == "44" && !strings.ContainsAny(attr(n, "alt"), "0123456789")
}

// checkLogo looks for text in the logo: a picture that holds words or numbers in a form that a
// program can read may say anything. What is drawn by its outlines alone is not read.
func (a *audience) checkLogo(r *Report, name string) error {
	data, err := os.ReadFile(filepath.Join(a.dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	r.Checked++
	said := textOfDrawing
	if strings.HasSuffix(name, ".png") {
		said = textOfPixels
	}
	if what := said(data); what != "" {
		r.add(a.folder+"/"+name, "logo", RuleUnknown, what)
	}
	return nil
}

// drawn are the elements that hold no text; marks the attributes of them.
var (
	drawn = strings.Fields("svg g defs path rect circle ellipse line polyline polygon linearGradient radialGradient stop clipPath")
	lines = strings.Fields(`xmlns xlink version id viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy d points transform preserveAspectRatio
		fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity
		opacity color clip-path clip-rule clipPathUnits gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity href space`)
)

// textOfDrawing is what an SVG holds besides shapes, "" for nothing.
func textOfDrawing(data []byte) string {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return ""
		}
		if err != nil {
			return "the logo cannot be read"
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !slices.Contains(drawn, t.Name.Local) {
				return "the logo has an element that the auditor does not read"
			}
			for _, at := range t.Attr {
				if !slices.Contains(lines, at.Name.Local) {
					return "the logo has an attribute that the auditor does not read"
				}
			}
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return "the logo holds text"
			}
		case xml.Comment, xml.Directive:
			return "the logo holds a comment or a declaration"
		case xml.ProcInst:
			if t.Target != "xml" {
				return "the logo holds an instruction"
			}
		}
	}
}

// textOfPixels is what a PNG holds besides its pixels, "" for nothing: its chunks are the
// signature's eight bytes on, each a length, a name, its bytes and a check sum.
func textOfPixels(data []byte) string {
	rest, ok := bytes.CutPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	for ok && len(rest) >= 12 {
		size, kind := binary.BigEndian.Uint32(rest), string(rest[4:8])
		if !slices.Contains([]string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}, kind) {
			return "the logo holds more than pixels"
		}
		if int64(size) > int64(len(rest))-12 {
			break
		}
		if rest = rest[12+size:]; kind == "IEND" && len(rest) == 0 {
			return ""
		}
	}
	return "the logo is not a whole PNG"
}
