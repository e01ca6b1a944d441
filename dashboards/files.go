package dashboards

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"wherry/dashboards/charts"
)

// Files holds the templates, assets, boards, commentary, glossary and names of breakdowns, at
// templates/*.html, assets/*, boards/*.yaml, commentary/<quarter>/<measure>.md, glossary.yaml,
// names.yaml, needs.yaml and words/<language>.yaml.
//
//go:embed templates assets boards commentary words glossary.yaml names.yaml needs.yaml
var Files embed.FS

// NewDrawer gives a Drawer with the ECharts that was embedded when the binary was built.
// It takes about a third of a second.
func NewDrawer() (*charts.Drawer, error) {
	js, err := fs.ReadFile(Files, "assets/echarts.min.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("this wherry was built without ECharts, so it cannot draw charts: run `make build`, which fetches it by package-lock.json and builds again")
	}
	if err != nil {
		return nil, fmt.Errorf("reading the embedded echarts.min.js: %w", err)
	}
	return charts.NewDrawer(js)
}
