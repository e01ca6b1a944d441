package dashboards

import (
	"context"
	"strings"
	"testing"
	"time"

	"wherry/dashboards/browser"
)

const (
	// rowsShown is the ids of the measures that the catalogue shows, in order.
	rowsShown = `document.getElementById('measures').closest('section').querySelectorAll('tbody tr:not([hidden])').length + ': ' +
		[...document.getElementById('measures').closest('section').querySelectorAll('tbody tr:not([hidden]) td:nth-child(2)')].slice(0, 3).map(c => c.textContent).join(' ')`
	typed = `new Promise(done => { const box = document.getElementById('find'); box.focus(); box.value = 'WORDS'; box.dispatchEvent(new Event('input'));
		setTimeout(() => done(document.querySelector('.find [role=status]').textContent + '; hidden parts: ' + [...document.querySelectorAll('.find-part[hidden] h2')].map(h => h.id).join(' ')), 400) })`
	sorted = `(() => { const b = document.getElementById('measures').closest('section').querySelectorAll('th button')[1]; b.click();
		return b.parentNode.getAttribute('aria-sort') + '; ' + document.querySelector('main > [role=status]').textContent })()`
	controls = `String(document.querySelectorAll('button, input').length)`
)

// TestTheScriptInABrowser: under the page's own policy the catalogue finds as one types, sorts up,
// down and back, and offers to copy; the page says nothing on the console and asks for nothing.
func TestTheScriptInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	dir := written(t, madeUp("board"))
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	gave, found, err := browser.Act(ctx, dir, "catalogue.html", true,
		rowsShown, strings.Replace(typed, "WORDS", "marac RETURN", 1), rowsShown, strings.Replace(typed, "WORDS", "xyzzy", 1), strings.Replace(typed, "WORDS", "", 1),
		sorted, rowsShown, sorted, rowsShown, sorted, rowsShown)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
	for i, want := range []string{"16: RQ1 RQ2 IS1", "2 of 25 lines; hidden parts: feeds views", "2: MA2 AP3", "0 of 25 lines; hidden parts: measures feeds views", "; hidden parts: ",
		"ascending; Sorted by Id, ascending", "16: AP3 CH1 IS1", "descending; Sorted by Id, descending", "16: VC2 TR1 SI4", "null; In the first order again", "16: RQ1 RQ2 IS1"} {
		if gave[i] != want {
			t.Errorf("step %d gave %q, want %q", i+1, gave[i], want)
		}
	}
	gave, found, err = browser.Act(ctx, dir, "queries/rq1.html", true, `String(document.querySelectorAll('button.copy').length)`,
		`new Promise(done => { const b = document.querySelector('button.copy'); b.click(); setTimeout(() => done(b.textContent + '; ' + document.querySelector('main > [role=status]').textContent + '; ' + (document.activeElement === b)), 500) })`)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
	if gave[0] == "0" || gave[1] != "Copied; Copied; true" && gave[1] != "Not allowed; The browser did not allow copying; true" {
		t.Errorf("copying gave %q", gave)
	}
}

// TestTheCatalogueIsWholeWithoutScript: with scripts off every row is there, and no control that
// would do nothing.
func TestTheCatalogueIsWholeWithoutScript(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	dir := written(t, madeUp("board"))
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	gave, found, err := browser.Act(ctx, dir, "catalogue.html", false, rowsShown, controls, `document.querySelector('#feeds').closest('section').querySelectorAll('tbody tr').length + ''`)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
	if gave[0] != "16: RQ1 RQ2 IS1" || gave[1] != "0" || gave[2] != "7" {
		t.Errorf("without scripts the page gives %q", gave)
	}
}
