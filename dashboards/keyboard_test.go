package dashboards

import (
	"context"
	"testing"
	"time"

	"wherry/dashboards/browser"
)

// TestByKeyboard goes through a page of each kind by the Tab key alone.
func TestByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	dir := written(t, madeUp("board"))
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	at := time.Now()
	found, err := browser.Walk(ctx, dir, "index.html", "exceptions.html", "measures.html", "measures/rq1.html", "actions.html", "methods.html", "needs/index.html", "catalogue.html", "queries/rq1.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
	t.Logf("walked in %v", time.Since(at))
}
