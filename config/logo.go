package config

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Logo is a partnership's logo, checked: a PNG with nothing but its pixels, or an SVG of shapes.
// On a page it stands LogoHeight high and Width wide.
type Logo struct {
	Name  string // logo.png or logo.svg
	Data  []byte
	Width int
	Alt   string
}

// LogoHeight is in pixels of the page.
const LogoHeight = 44

const (
	mostLogoBytes = 100_000
	mostLogoSide  = 2000 // pixels of a PNG
	mostLogoWidth = 288  // on the page, so that it fits a window of 320
)

// loadLogo reads the logo that the settings name, nil where they name none.
func loadLogo(fsys fs.FS, p *Partnership, o *origin) (*Logo, Problems) {
	set := p.Theme.Logo
	if o.bad || set.File == "" {
		return nil, nil
	}
	fault := func(msg, hint string) (*Logo, Problems) {
		return nil, Problems{o.fault("theme"+keyDelimiter+"logo"+keyDelimiter+"file", msg, hint)}
	}
	if !fs.ValidPath(set.File) {
		return fault(fmt.Sprintf("%q is not a file in the folder of wherry.yaml", set.File), "use a relative path without ..")
	}
	data, err := readAtMost(fsys, set.File, mostLogoBytes)
	if errors.Is(err, errTooLarge) {
		return fault(fmt.Sprintf("the logo %s has more than %d bytes", set.File, mostLogoBytes), "a mark of some shapes is enough: it is shown 44 pixels high")
	}
	if err != nil {
		return fault(fmt.Sprintf("the logo %s cannot be read: %s", set.File, reason(err)), "put it beside wherry.yaml")
	}
	logo := &Logo{Alt: set.Alt}
	var wide float64
	var found Problems
	switch strings.ToLower(path.Ext(set.File)) {
	case ".png":
		logo.Name = "logo.png"
		logo.Data, wide, err = pixels(data)
		if err != nil {
			return fault(fmt.Sprintf("the logo %s %s", set.File, err), "save it as a PNG again, smaller than 2000 by 2000")
		}
	case ".svg":
		logo.Name, logo.Data = "logo.svg", data
		wide, found = checkDrawing("config/"+set.File, data)
	default:
		return fault(fmt.Sprintf("the logo %s is neither a .png nor an .svg", set.File), "")
	}
	logo.Width = int(wide*LogoHeight + 0.5)
	if len(found) == 0 && (logo.Width > mostLogoWidth || logo.Width < LogoHeight/4) {
		return fault(fmt.Sprintf("the logo %s would be %d wide and %d high", set.File, logo.Width, LogoHeight), fmt.Sprintf("it must be %d to %d wide at that height", LogoHeight/4, mostLogoWidth))
	}
	return logo, found
}

var errTooLarge = errors.New("too large")

func readAtMost(fsys fs.FS, name string, most int64) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, errTooLarge
	}
	return data, err
}

// pixels writes a PNG again, without the text and dates that programs leave in it, and says how
// many times as wide as high it is.
func pixels(data []byte) (again []byte, wide float64, err error) {
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, 0, fmt.Errorf("is not a PNG: %w", err)
	}
	if size.Width > mostLogoSide || size.Height > mostLogoSide {
		return nil, 0, fmt.Errorf("is %d by %d pixels", size.Width, size.Height)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, 0, fmt.Errorf("is not a whole PNG: %w", err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture); err != nil {
		return nil, 0, fmt.Errorf("cannot be written again: %w", err)
	}
	return out.Bytes(), float64(size.Width) / float64(size.Height), nil
}
