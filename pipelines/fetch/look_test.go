package fetch

import (
	"strings"
	"testing"
	"time"
)

func at(minute int) time.Time { return time.Date(2026, 11, 1, 9, minute, 0, 0, time.UTC) }

func file(name string, size int64, minute int) entry {
	return entry{name: name, size: size, modified: at(minute), plain: true}
}

func TestNamesFromStrangers(t *testing.T) {
	for name, want := range map[string]string{
		"police_da_incident_2026-09.csv": "",
		"visit 2026-09 (1) [final].csv":  "",
		"März.csv":                       "",
		"../../etc/cron.d/x":             "another place",
		`..\x.csv`:                       "another place",
		"a/b.csv":                        "another place",
		"C:x.csv":                        "another place",
		"-rf":                            "another place",
		"x.csv ":                         "another place",
		"a\nb.csv":                       "cannot be shown",
		"a\x1b[2Jb.csv":                  "cannot be shown",
		"csv.\u202egpj.csv":              "cannot be shown",
		"a\xffb.csv":                     "cannot be shown",
		"":                               "0 bytes",
		strings.Repeat("x", 201):         "201 bytes",
	} {
		got := unfit(file(name, 1, 0), 10)
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
		if s := shown(name); strings.ContainsAny(s, "\n\x1b\u202e") || len(s) > 400 {
			t.Errorf("%q would be printed as %q", name, s)
		}
	}
	if got := unfit(file("x.csv", 11, 0), 10); !strings.Contains(got, "limits.extract_bytes") {
		t.Errorf("a large file: %q", got)
	}
	link := file("x.csv", 1, 0)
	link.plain = false
	if got := unfit(link, 10); !strings.Contains(got, "link") {
		t.Errorf("a link: %q", got)
	}
}

// A marker speaks for the file that lay there when it was put, and for no later one.
func TestMarkersSpeakForTheFileBesideThem(t *testing.T) {
	known := &record{Files: map[string]taken{"old.csv": {Bytes: 5, Modified: at(1)}, "changed.csv": {Bytes: 5, Modified: at(1)}}}
	l := sortOut([]entry{
		file("whole.csv", 5, 2), file("whole.csv.done", 0, 3),
		file("ready.csv", 5, 2), file("ready.csv.ready", 0, 2),
		file("again.csv", 9, 7), file("again.csv.done", 0, 3),
		file("old.csv", 5, 1), file("changed.csv", 6, 1), file("new.csv", 5, 1),
		file("gone.csv.done", 0, 1), file(".hidden", 5, 1),
	}, known, 100)
	names := func(es []entry) string {
		var ns []string
		for _, e := range es {
			ns = append(ns, e.name)
		}
		return strings.Join(ns, " ")
	}
	if got := names(l.marked); got != "ready.csv whole.csv" {
		t.Errorf("marked: %s", got)
	}
	if got := names(l.unsure); got != "again.csv changed.csv new.csv" {
		t.Errorf("unsure: %s", got)
	}
	if l.before != 1 || len(l.refused) != 0 {
		t.Errorf("before %d, refused %v", l.before, l.refused)
	}
}

func TestOnlyWhatStaysTheSameCounts(t *testing.T) {
	first := []entry{file("same.csv", 5, 1), file("grows.csv", 5, 1), file("touched.csv", 5, 1), file("gone.csv", 5, 1)}
	settled, moving := compare(first, []entry{file("same.csv", 5, 1), file("grows.csv", 6, 1), file("touched.csv", 5, 2), file("late.csv", 5, 2)})
	if len(settled) != 1 || settled[0].name != "same.csv" {
		t.Errorf("settled: %v", settled)
	}
	if strings.Join(moving, " ") != "grows.csv touched.csv" {
		t.Errorf("moving: %v", moving)
	}
}
