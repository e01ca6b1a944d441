package config

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const svgSpace = "http://www.w3.org/2000/svg"

// shapes are the elements that an SVG logo may have. None holds text, runs, repeats another
// without bound or fetches anything.
var shapes = strings.Fields("svg g defs path rect circle ellipse line polyline polygon linearGradient radialGradient stop clipPath")

// looks are the attributes that they may have.
var looks = strings.Fields(`version id viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy d points transform preserveAspectRatio
	fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity
	opacity color clip-path clip-rule clipPathUnits gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity href space`)

var (
	ownReference = regexp.MustCompile(`^#[A-Za-z][\w-]*$`)
	ownPaint     = regexp.MustCompile(`^url\(#[A-Za-z][\w-]*\)( none)?$`)
	plainID      = regexp.MustCompile(`^[A-Za-z][\w-]*$`)
)

const plainSVG = "save it as plain SVG, with text as outlines and presentation attributes, and take out what is named here"

// checkDrawing finds what an SVG logo may not have, each with its line, and how many times as
// wide as high it is.
func checkDrawing(file string, data []byte) (wide float64, found Problems) {
	d := xml.NewDecoder(bytes.NewReader(data))
	add := func(msg, hint string) {
		line, col := d.InputPos()
		found = append(found, Problem{file, line, col, msg, hint})
	}
	first := true
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			add("is not valid SVG: "+err.Error(), "")
			return 0, found
		}
		switch t := token.(type) {
		case xml.StartElement:
			if first {
				if wide = proportion(t); t.Name.Local != "svg" || wide == 0 {
					add("the drawing has no viewBox of four numbers", `write it on the first element: viewBox="0 0 120 44"`)
				}
				first = false
			}
			for _, msg := range faultsOf(t) {
				add(msg, plainSVG)
			}
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				add("a logo holds no text", plainSVG)
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				add("a logo holds no instruction to programs", plainSVG)
			}
		case xml.Comment:
			add("a logo holds no comment", plainSVG)
		case xml.Directive:
			add("a logo declares no document type and no entities", plainSVG)
		}
	}
	if first {
		add("holds no drawing", "")
	}
	return wide, found
}

// proportion is the width of the view over its height, 0 where it says none.
func proportion(svg xml.StartElement) float64 {
	for _, a := range svg.Attr {
		parts := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
		if a.Name.Local != "viewBox" || len(parts) != 4 {
			continue
		}
		w, errW := strconv.ParseFloat(parts[2], 64)
		h, errH := strconv.ParseFloat(parts[3], 64)
		if errW == nil && errH == nil && w > 0 && h > 0 && w/h < 1000 {
			return w / h
		}
	}
	return 0
}

func faultsOf(t xml.StartElement) []string {
	if t.Name.Space != svgSpace || !slices.Contains(shapes, t.Name.Local) {
		return []string{fmt.Sprintf("a logo has no element <%s>", t.Name.Local)}
	}
	var msgs []string
	for _, a := range t.Attr {
		name, value := a.Name.Local, strings.TrimSpace(a.Value)
		switch {
		case a.Name.Space == "xmlns" || a.Name.Space == "" && name == "xmlns":
		case !slices.Contains(looks, name) || a.Name.Space != "" && name != "href" && name != "space":
			msgs = append(msgs, fmt.Sprintf("a logo has no attribute %s", name))
		case name == "href" && !ownReference.MatchString(value):
			msgs = append(msgs, "a logo refers to nothing outside itself")
		case name == "id" && !plainID.MatchString(value):
			msgs = append(msgs, fmt.Sprintf("%q is not an id", value))
		case strings.Contains(strings.ToLower(value), "url") && name != "id" && name != "href" && !ownPaint.MatchString(value) || strings.ContainsAny(value, `\@<`):
			msgs = append(msgs, fmt.Sprintf("the value of %s refers to something else", name))
		}
	}
	return msgs
}
