package dashboards

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"wherry/config"
	"wherry/queries"
)

// listed is one measure as the analysts' pages tell it.
type listed struct {
	*subject
	lineage
}

// KindWords says what kind of number a measure is.
func (l listed) KindWords() string { return kindWords[l.Measure.Kind] }

// QueryHref is the page of the measure's SQL, from the site's folder.
func (l listed) QueryHref() string { return "queries/" + l.ID + ".html" }

var kindWords = map[queries.Kind]string{
	queries.Count: "Count", queries.Proportion: "Percentage", queries.Rate: "Rate", queries.Duration: "Wait in days", queries.Mean: "Average",
	queries.PairedChange: "Change between two scores", queries.Distribution: "Shares of a whole", queries.Estimate: "Estimate",
}

// cataloguePage is the body of catalogue.html.
type cataloguePage struct {
	Measures []listed
	Feeds    []listedFeed
	Views    []listedView
	Lists    int // code lists
}

// listedFeed is one contract, with what reads it.
type listedFeed struct {
	*config.Contract
	Senders []string
	Views   []*queries.View // that read it themselves
	Readers []listed        // measures that rest on it
}

// Href is the extract's page, from the site's folder.
func (f listedFeed) Href() string { return feedHref(f.Feed) }

func feedHref(feed string) string { return "feeds/" + feed + ".html" }

// Often is how often it is owed, in a word.
func (f listedFeed) Often() string {
	return map[config.PeriodKind]string{config.Month: "Every month", config.Quarter: "Every quarter"}[f.Every]
}

// listedView is one core view, with the measures that it stands behind.
type listedView struct {
	*queries.View
	Readers []listed
}

// analysts makes the pages for analysts: the catalogue, and one for each measure, each extract
// and the code lists.
func (b *builder) analysts() error {
	var all []listed
	for _, s := range b.subjects {
		l, err := b.lineageOf(s.Measure)
		if err != nil {
			return err
		}
		all = append(all, listed{s, l})
	}
	feeds := b.listedFeeds(all)
	body := cataloguePage{Measures: all, Feeds: feeds, Views: b.listedViews(all), Lists: len(b.Partnership.Codes)}
	if err := b.render("catalogue.html", "catalogue.html", page{Title: "Catalogue for analysts", Body: body, Enhanced: true}); err != nil {
		return err
	}
	for _, l := range all {
		if err := b.query(l); err != nil {
			return err
		}
	}
	for _, f := range feeds {
		if err := b.feed(f); err != nil {
			return err
		}
	}
	if err := b.codes(); err != nil {
		return err
	}
	js, err := fs.ReadFile(Files, "assets/enhance.js")
	if err != nil {
		return fmt.Errorf("reading the script of the catalogue: %w", err)
	}
	b.put("assets/enhance.js", js)
	return nil
}

func (b *builder) listedFeeds(all []listed) []listedFeed {
	var feeds []listedFeed
	for _, c := range b.Partnership.Contracts {
		f := listedFeed{Contract: c}
		for _, a := range c.Agencies {
			f.Senders = append(f.Senders, b.Agency(a))
		}
		for _, name := range slices.Sorted(maps.Keys(b.Lineage)) {
			if v := b.Lineage[name]; slices.Contains(v.Feeds, c.Feed) {
				f.Views = append(f.Views, v)
			}
		}
		for _, l := range all {
			if slices.ContainsFunc(l.Feeds, func(in feedInput) bool { return in.Feed == c.Feed }) {
				f.Readers = append(f.Readers, l)
			}
		}
		feeds = append(feeds, f)
	}
	return feeds
}

func (b *builder) listedViews(all []listed) []listedView {
	var views []listedView
	for _, name := range slices.Sorted(maps.Keys(b.Lineage)) {
		v := listedView{View: b.Lineage[name]}
		for _, l := range all {
			if slices.Contains(l.Views, v.View) {
				v.Readers = append(v.Readers, l)
			}
		}
		views = append(views, v)
	}
	return views
}
