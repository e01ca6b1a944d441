package dashboards

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
	"wherry/dashboards/browser"
)

// mostStyleBytes is what the style sheet of a site may take.
const mostStyleBytes = 20 << 10

func TestTheStyleSheetIsSmall(t *testing.T) {
	for _, audience := range []string{"board", "public"} {
		s := madeUp(audience)
		s.Partnership.Theme = config.Theme{Brand: "#7A1F2B", Link: "#144E8C", Accent: "#AF7F0A"}
		if css := read(t, written(t, s), "assets/site.css"); len(css) >= mostStyleBytes {
			t.Errorf("%s: the style sheet is %d bytes, and must be less than %d", audience, len(css), mostStyleBytes)
		} else {
			t.Logf("%s: %d bytes", audience, len(css))
		}
	}
}

func TestLean(t *testing.T) {
	for given, want := range map[string]string{
		"/* a */\na, b > c {\n  color: red;\n}\n/* d */\n\n.e { margin: 0 }\n":                                                               "a,b>c{color:red}.e{margin:0}\n",
		`.q::after { content: "a:  b; /c/ }"; }`:                                                                                             `.q::after{content:"a:  b; /c/ }"}` + "\n",
		"@media screen and (max-width: 9px) { .a { width: calc(100vw - 64px); } }":                                                           "@media screen and (max-width:9px){.a{width:calc(100vw - 64px)}}\n",
		":root { --ink: #112233; --soft: 1px solid var(--ink); --n: 1px solid } b { border: var(--n); color: var(--ink); top: var(--soft) }": ":root{--soft:1px solid #123;--n:1px solid}b{border:var(--n);color:#123;top:var(--soft)}\n",
		":root { --navy: #000000; } b { color: var(--navy); background: #A1B2C3; }":                                                          ":root{}b{color:#ABCDEF;background:#A1B2C3}\n",
	} {
		if got := lean(given, map[string]string{"navy": "#ABCDEF", "link": ""}); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

// sometimes are the selectors of what a reader makes by filtering and sorting, and of what the
// made-up sites have not: an edition without a headline, an agency that owes a return in some
// months, a square of the grid with many measures.
var sometimes = []string{"[hidden]", `[aria-sort="ascending"] .sort::after`, `[aria-sort="descending"] .sort::after`,
	".needs h2 + p", ".not-owed", ".grid details", ".grid summary"}

// TestEveryRuleHasAUse: a selector that matches nothing on any page is left over from a page that
// is gone.
func TestEveryRuleHasAUse(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	css, err := fs.ReadFile(Files, "assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
	defer cancel()
	none, err := browser.Unmatched(ctx, string(css)+".left-over > :is(p, td), h1 { top: 0 }", written(t, madeUp("board")), written(t, madeUp("public")), written(t, unlike()))
	if err != nil {
		t.Fatal(err)
	}
	none = slices.DeleteFunc(none, func(s string) bool { return slices.Contains(sometimes, s) })
	if want := []string{".left-over > :is(p, td)"}; !cmp.Equal(none, want) {
		t.Errorf("no page has anything for %s", strings.Join(none, "; "))
	}
}

// unlike is a site with what the made-up ones lack: a logo and local helplines.
func unlike() Site {
	s := madeUp("board")
	s.Partnership.Logo = &config.Logo{Name: "logo.svg", Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), Width: 120, Alt: "A council"}
	s.Partnership.Helplines = config.Helplines{Local: []config.Helpline{{Name: "A service", Number: "0300 561 0077", Hours: "weekdays"}}}
	return s
}
