package audit

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func is(tag string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == tag }
}

// find is the nodes below n that match, in document order.
func find(n *html.Node, match func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if match(d) {
			found = append(found, d)
		}
	}
	return found
}

// texts is the text of the nodes that pass keep (all where it is nil), spaces joined.
func texts(nodes []*html.Node, keep func(*html.Node) bool) []string {
	var ts []string
	for _, n := range nodes {
		if keep == nil || keep(n) {
			ts = append(ts, text(n))
		}
	}
	return ts
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	for _, c := range strings.Fields(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// number is one number as printed.
type number struct {
	text     string
	value    float64
	decimals int
}

var numberForm = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

// numbersIn is the numbers of a table cell. Marks such as [c] hold none.
func numbersIn(s string) []number {
	var ns []number
	for _, t := range numberForm.FindAllString(s, -1) {
		t = strings.TrimRight(strings.ReplaceAll(t, ",", ""), ".")
		v, err := strconv.ParseFloat(t, 64)
		if err != nil {
			continue // the form above holds only digits and one stop
		}
		_, rest, _ := strings.Cut(t, ".")
		ns = append(ns, number{t, v, len(rest)})
	}
	return ns
}

func (n number) exact() *big.Rat {
	r, _ := new(big.Rat).SetString(n.text)
	return r
}

// isOneOf says whether n may be one of the numbers of a data file, printed to fewer
// decimals. The files hold one decimal, which may itself be rounded.
func (n number) isOneOf(printed ...string) bool {
	slack := 0.5*math.Pow10(-n.decimals) + 0.05 + 1e-9
	for _, p := range printed {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil {
			continue // not printed
		}
		v = math.Abs(v) // the form of a number leaves out its sign
		if math.Abs(v-n.value) <= slack && (n.decimals > 0 || v != math.Trunc(v) || v == n.value) {
			return true
		}
	}
	return false
}

// around is the nearest element around n that matches, or nil.
func around(n *html.Node, match func(*html.Node) bool) *html.Node {
	for n = n.Parent; n != nil; n = n.Parent {
		if match(n) {
			return n
		}
	}
	return nil
}
