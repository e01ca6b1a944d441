package dashboards

import (
	"html/template"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"wherry/dashboards/charts"
	"wherry/queries"
)

// shownOn is a page that gathers measures and shows this one.
type shownOn struct{ Href, Title string }

// measurePage is the body of measures/<id>.html.
type measurePage struct {
	*subject
	Chart      figure
	Key        []keyItem
	Caption    string
	Flagged    []string // each run of unusual points of the chart, with the rule that flagged it
	Kind       *kindPart
	Bears      []string      // returns of its extracts to bear in mind, in sentences
	Ledger     []ledgerEntry // of the definition ledger
	Note       *Commentary
	Columns    []string
	Recent     []dataRow // the last 12, newest first
	Earlier    []dataRow
	RecentIs   string // "last 12 months"
	EarlierIs  string // "Oct 2023 to Sep 2025"
	Marks      []markNote
	Breakdowns []breakdown
	Districts  *breakdown
	OverTime   *breakdown // of districts; nil where too little can be shown
	Unitaries  *breakdown
	Divided    *breakdown // of a distribution over time; nil where too little can be shown
	About      []fact
	ShownOn    []shownOn
	SQL        string
	Previous   *subject
	Next       *subject
}

// Modelled says that the figures are estimates, which a chart in time would make look counted.
func (p *measurePage) Modelled() bool { return p.Measure.Kind == queries.Estimate }

// figure is a chart at the widths a page may need, with its words.
type figure struct {
	Title, Subtitle string
	SVG             []template.HTML
}

// keyItem explains one mark of a chart.
type keyItem struct{ Icon, Words string }

// markNote is one shorthand used in a table, in words.
type markNote struct{ Mark, Words string }

// fact is one line of "About this measure".
type fact struct{ Name, Words string }

func (b *builder) measures() error {
	var g errgroup.Group
	g.SetLimit(charts.Parallel)
	for i, s := range b.subjects {
		g.Go(func() error {
			p := measurePage{subject: s, SQL: s.Measure.SQL, Note: b.note(s.Measure.ID), About: b.about(s), Ledger: b.fixed.ledgerOf(s.Reading), Bears: b.touching(s.Measure)}
			if i > 0 {
				p.Previous = b.subjects[i-1]
			}
			if i+1 < len(b.subjects) {
				p.Next = b.subjects[i+1]
			}
			return b.measure(p)
		})
	}
	return g.Wait()
}

func (b *builder) measure(p measurePage) error {
	var err error
	if p.Chart, err = b.timeChart(p.subject); err != nil {
		return err
	}
	p.Key, p.Caption, p.Flagged = b.key(p.subject), b.caption(p.subject), b.fixed.flagged(p.subject)
	b.table(&p)
	if p.Kind, err = b.kindPart(p.subject); err != nil {
		return err
	}
	if p.Divided, err = b.partsByQuarter(p.subject); err != nil {
		return err
	}
	if p.Breakdowns, err = b.breakdowns(p.subject); err != nil {
		return err
	}
	if p.Districts, err = b.districts(p.subject); err != nil {
		return err
	}
	if p.OverTime, err = b.overTime(p.subject); err != nil {
		return err
	}
	if p.Unitaries, err = b.unitaries(p.subject); err != nil {
		return err
	}
	p.Marks, p.ShownOn = p.marksUsed(), b.shownOn(p.subject, p.Districts != nil)
	return b.render("measures/"+p.ID+".html", "measure.html", page{Title: p.Title, Nav: "measures.html", Root: "../", Body: &p})
}

// shownOn are the pages of improvement areas, of districts and of agencies that show a measure.
func (b *builder) shownOn(s *subject, byDistrict bool) []shownOn {
	var pages []shownOn
	for _, a := range b.board.Areas {
		if contains(a.Measures, s.Measure.ID) {
			pages = append(pages, shownOn{a.Href(), a.Title})
		}
	}
	if byDistrict {
		pages = append(pages, shownOn{"districts/index.html", b.fixed.text("title.districts")})
	}
	for _, name := range b.board.Agencies.Breakdowns {
		if len(b.Partnership.Agencies) > 0 && len(b.agencyLines(s, name)) > 0 {
			return append(pages, shownOn{"agencies.html", b.fixed.text("title.agencies")})
		}
	}
	return pages
}

// half is a chart at the widths that half a page and a telephone need.
func (b *builder) half(c charts.Chart, id string) ([]template.HTML, error) {
	drawing, err := b.drawer.Draw(c, id)
	if err != nil {
		return nil, err
	}
	return widths(drawing, charts.Mid, charts.Narrow), nil
}

// widths is a drawing at some widths; the style sheet shows the one that fits the screen.
func widths(d *charts.Drawing, sizes ...charts.Size) []template.HTML {
	var svgs []template.HTML
	for _, size := range sizes {
		svgs = append(svgs, template.HTML(d.SVG(size))) //nolint:gosec // charts reads and escapes what it draws
	}
	return svgs
}

// sentence makes a phrase stand by itself: a capital first, a stop last.
func sentence(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	s = changeFirst(s, upperFirst)
	if !strings.HasSuffix(englishOf(s), ".") {
		s += "."
	}
	return s
}

func upperFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// longest is how many bytes the label of a drawing may have: more is too much to hear out.
const longest = 600

// clip keeps of the label of a drawing, which is English, what may be heard out, to the end of a word.
func clip(s string) string {
	s = englishOf(s)
	if len(s) <= longest {
		return s
	}
	kept := strings.ToValidUTF8(s[:longest-3], "")
	if cut := strings.LastIndexByte(kept, ' '); cut > 0 {
		kept = kept[:cut]
	}
	return kept + "..."
}

// whatIsMeasured says in a phrase what a measure's figures are.
func (w words) whatIsMeasured(m *queries.Measure) string {
	key, unit := map[queries.Kind]string{queries.Proportion: "measured.share", queries.Rate: "measured.rate", queries.Duration: "measured.days", queries.Mean: "measured.average",
		queries.PairedChange: "measured.change", queries.Estimate: "measured.estimate"}[m.Kind], m.MeasuredIn
	switch {
	case key == "":
		key = "measured.number"
	case key == "measured.share" && m.Met == "":
		key = "measured.share.of"
	case (m.Kind == queries.Mean || m.Kind == queries.PairedChange || m.Kind == queries.Estimate) && unit == "":
		key += ".plain"
	}
	return w.text(key, "counts", m.Counts, "met", m.Met, "per", thousands(float64(m.Per), 0), "unit", unit)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
