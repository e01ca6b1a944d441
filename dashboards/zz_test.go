package dashboards
import ("testing";"os")
func TestZZ(t *testing.T) {
	for _, a := range []string{"board", "public"} {
		s := madeUp(a)
		s.Editorial = editorial(t)
		if a == "board" { s.Previous = written(t, func() Site { x := madeUp("board"); x.Results[0].Figures[35].Value -= 3; x.Results = x.Results[:9]; return x }()) }
		os.RemoveAll("/tmp/wh/site/" + a)
		if err := Write("/tmp/wh/site/"+a, s, drawer(t)); err != nil { t.Fatal(err) }
	}
}
