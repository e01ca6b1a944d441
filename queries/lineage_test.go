package queries_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
	"wherry/queries"
)

func TestLineageIsReadFromTheViews(t *testing.T) {
	l, err := queries.ReadLineage(fstest.MapFS{
		"core/stay.sql":  {Data: []byte("-- One row per stay,\n-- with landing.nothing in a comment.\ncreate or replace view core.stay as\nselect feed.*, 'core.quoted' as x\nfrom landing.stay as feed\nwhere delivery_id in (select delivery_id from ledger.current);\n")},
		"core/child.sql": {Data: []byte("create or replace view core.child as select * from core.stay join reference.area using (code)")},
	})
	if err != nil {
		t.Fatal(err)
	}
	stay, child := l["stay"], l["child"]
	if stay.Says != "One row per stay, with landing.nothing in a comment." || !strings.HasPrefix(stay.SQL, "create") {
		t.Errorf("the view says %q and is %q", stay.Says, stay.SQL)
	}
	if !slices.Equal(stay.Feeds, []string{"stay"}) || stay.Views != nil || stay.Others != nil {
		t.Errorf("stay reads %v, %v and %v", stay.Feeds, stay.Views, stay.Others)
	}
	if child.Feeds != nil || !slices.Equal(child.Views, []string{"stay"}) || !slices.Equal(child.Others, []string{"reference.area"}) {
		t.Errorf("child reads %v, %v and %v", child.Feeds, child.Views, child.Others)
	}
	behind, err := l.Behind("select 1 as at from core.child -- and core.nothing")
	if err != nil || len(behind) != 2 || behind[0] != child || behind[1] != stay {
		t.Errorf("behind it are %v, %v", behind, err)
	}
	if _, err := l.Behind("select 1 from core.nothing"); err == nil || !strings.Contains(err.Error(), "there is no core/nothing.sql") {
		t.Errorf("got %v", err)
	}
}

// TestEveryMeasureReadsWhatItsHeaderNames: behind the SELECT of every shipped measure stand the
// extracts that its header names, by views and contracts that there are.
func TestEveryMeasureReadsWhatItsHeaderNames(t *testing.T) {
	l, err := queries.ReadLineage(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := queries.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	p, err := config.Load("", config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range catalogue.Measures {
		if !strings.HasPrefix(m.Text, "/*\nid: "+m.ID+"\n") || !strings.HasSuffix(m.Text, m.SQL) {
			t.Errorf("%s: the text is not the whole file", m.ID)
		}
		views, err := l.Behind(m.SQL)
		if err != nil {
			t.Errorf("%s: %v", m.ID, err)
		}
		var feeds []string
		for _, v := range views {
			feeds = append(feeds, v.Feeds...)
		}
		for _, f := range feeds {
			if _, ok := p.Contract(f); !ok {
				t.Errorf("%s rests on %s, which has no contract", m.ID, f)
			}
		}
		for _, f := range m.Feeds {
			if !slices.Contains(feeds, f) {
				t.Errorf("%s names %s, which it does not read", m.ID, f)
			}
		}
	}
}
