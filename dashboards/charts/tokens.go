package charts

// The palette of the site: the custom properties of site.css have the same values, and a
// test holds the two together and works out every contrast. Improve, concern and usual
// differ little in luminance, so shape tells them apart; colour never does so alone.
const (
	Ink      = "#0B0C0C" // text, axis, average line
	Ink2     = "#484F55" // second text, data line
	Line     = "#6B747B" // limit lines
	Band     = "#E6EDF4" // usual range
	Navy     = "#12436D" // estimates
	Improve  = "#1F66A8" // square
	Concern  = "#B4470B" // diamond
	Neutral  = "#6A3D9A" // triangle
	Usual    = "#5B646B" // hollow circle
	Target   = "#801650" // dashed line
	BarLight = "#8FA9C4" // bar, outlined in navy
	Interval = "#9DB4CB" // range bar, with its point in navy
	Grid     = "#E3E6E9" // horizontal rules: decoration
	Ground   = "#FFFFFF"
)

// fontFamily is metric-compatible on Windows and Debian, so that a label measured here
// stays where it was put. Single quotes: double ones break the attribute they stand in. A file names
// it; a drawing in a page has it from the page's style sheet.
const fontFamily = "Arial, 'Liberation Sans', Helvetica, sans-serif"
