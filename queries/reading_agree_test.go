package queries

import "testing"

func TestAudiencesTellOneStory(t *testing.T) {
	reading := func(c Change) *Result {
		return &Result{Reading: Reading{Change: c, Rule: "shift", Chart: "xmr", Limits: Limits{N: 24, OK: true},
			Assurance: Expected, Points: []Point{{Rule: "shift"}}}}
	}
	for _, c := range []struct{ coarse, fine, want Change }{
		{Improving, Improving, Improving},
		{Improving, NoChange, NotJudged},
		{NoChange, Concern, NotJudged},
		{Different, NotJudged, NotJudged},
		{TooFew, Concern, TooFew},
		{NotJudged, Concern, NotJudged},
	} {
		r := reading(c.coarse)
		r.Agree(reading(c.fine), 5)
		x := r.Reading
		if x.Change != c.want {
			t.Errorf("%s beside %s: %s, want %s", c.coarse, c.fine, x.Change, c.want)
		}
		if left := c.coarse != NotJudged && c.want == NotJudged; left &&
			(x.Why.Key == "" || x.Rule != "" || x.Limits.OK || x.Points[0].Rule != "" || x.Assurance != TooEarly || x.Chart != "trend") {
			t.Errorf("%s beside %s still says more than it may: %+v", c.coarse, c.fine, x)
		}
	}
}
