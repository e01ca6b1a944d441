package fetch

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// entry is a file at a source.
type entry struct {
	name     string
	size     int64
	modified time.Time
	sum      string // a checksum that the place gives, "" for none
	plain    bool   // neither a link nor a device
}

func (e entry) same(o entry) bool {
	return e.name == o.name && e.size == o.size && e.modified.Equal(o.modified) && e.sum == o.sum
}

// markers are the endings of the empty files by which senders say that a file is whole.
var markers = []string{".done", ".ready"}

// looked is the files of a source, sorted out.
type looked struct {
	before  int     // on record
	marked  []entry // new, and said to be whole
	unsure  []entry // new, and perhaps still being written
	refused []Refusal
}

// sortOut sorts a first look at a source.
func sortOut(all []entry, known *record, largest int64) looked {
	l := looked{refused: []Refusal{}}
	all = slices.SortedFunc(slices.Values(all), func(a, b entry) int { return strings.Compare(a.name, b.name) })
	byName := map[string]entry{}
	for _, e := range all {
		byName[e.name] = e
	}
	for _, e := range all {
		why := unfit(e, largest)
		switch {
		case isMarker(e.name, byName):
		case why != "":
			l.refused = append(l.refused, Refusal{shown(e.name), why})
		case strings.HasPrefix(e.name, "."):
		case known.has(e):
			l.before++
		case isMarked(e, byName):
			l.marked = append(l.marked, e)
		default:
			l.unsure = append(l.unsure, e)
		}
	}
	return l
}

// compare says which files a second look finds the same, and which have changed. A file that
// has gone was being put somewhere else.
func compare(first, second []entry) (settled []entry, moving []string) {
	now := map[string]entry{}
	for _, e := range second {
		now[e.name] = e
	}
	for _, e := range first {
		switch again, there := now[e.name]; {
		case there && again.same(e):
			settled = append(settled, e)
		case there:
			moving = append(moving, e.name)
		}
	}
	return settled, moving
}

// isMarker says whether a name is that of another file with a marker's ending, or could be
// nothing else.
func isMarker(name string, all map[string]entry) bool {
	return slices.ContainsFunc(markers, func(ending string) bool {
		of, ok := strings.CutSuffix(name, ending)
		_, there := all[of]
		return ok && (there || all[name].size == 0)
	})
}

// isMarked says whether a marker lies beside the file that is not older than it: one left
// from an earlier file of the name says nothing of this one.
func isMarked(e entry, all map[string]entry) bool {
	return slices.ContainsFunc(markers, func(ending string) bool {
		m, there := all[e.name+ending]
		return there && m.plain && !m.modified.Before(e.modified)
	})
}

// longestName is the longest name that is copied, in bytes; the hidden name must fit too.
const longestName = 200

// unfit is why a file is not copied, "" for one that may be.
func unfit(e entry, largest int64) string {
	n := e.name
	switch {
	case n == "" || len(n) > longestName:
		return fmt.Sprintf("has a name of %d bytes; at most %d are taken", len(n), longestName)
	case !utf8.ValidString(n) || strings.ContainsFunc(n, func(c rune) bool { return !unicode.IsPrint(c) }):
		return "has a name with characters that cannot be shown"
	case strings.ContainsAny(n, `/\:*?"<>|`) || n != strings.TrimSpace(n) || strings.HasPrefix(n, "-"):
		return "has a name that could mean another place"
	case !e.plain:
		return "is a link or a device; only plain files are taken"
	case e.size > largest:
		return tooLarge(largest)
	}
	return ""
}

func tooLarge(largest int64) string {
	return fmt.Sprintf("is larger than limits.extract_bytes, which is %d", largest)
}

// shown is a name that is safe to print: quoted and cut short where it is not plain.
func shown(name string) string {
	plain := utf8.ValidString(name) && !strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) })
	if plain && len(name) <= longestName {
		return name
	}
	return fmt.Sprintf("%.80q", name)
}
