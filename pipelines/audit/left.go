package audit

import "strconv"

// protectionFile is the auditor's own report of what an audience's data files hide.
const protectionFile = "protection.csv"

// protectionColumns are its columns, in order. least and most are the whole numbers between
// which a reader of everything published can still place the count, most empty where nothing
// limits it; both are empty for a value that is hidden beside a count that is not.
var protectionColumns = []string{"measure", "period", "area", "breakdown", "category", "hidden", "why", "level", "least", "most"}

// Left is one number that an audience may not read, and what is left to guess.
type Left struct {
	Folder      string // the audience's
	Measure     string
	Period      string
	Area        string
	Breakdown   string
	Category    string
	Hidden      string // "count", "how many met it" or "value"
	Why         string // whyFew and so on; never which of several reasons where that would tell
	Level       int64  // promised by the measure's rules
	Least, Most int64  // -1 for no limit
}

// Why a number is hidden, as far as a reader may know, in words that protection.html explains.
// That a count is few and that it protects another look alike: to tell them apart would tell of
// both.
const (
	whyFew   = "few"   // few, or a few could be worked out from it
	whyRests = "rests" // it rests on a hidden count
	whyBase  = "base"  // it rests on fewer cases than a value may
	whyPart  = "part"  // few met it, or few did not, or a few could be worked out from it
)

// left is what readers of everything in the system cannot place exactly of what a hides of
// some measures, in the order of its files.
func (s *system) left(a *audience, ids []string) []Left {
	var all []Left
	for _, id := range ids {
		m := a.measure(id)
		if m == nil {
			continue
		}
		for _, r := range m.rows {
			for _, h := range m.hides(r) {
				l := Left{a.folder, m.ID, r.period, r.area, r.breakdown, r.category, h.name, h.why, max(1, m.Level), -1, -1}
				if v := s.held(key{a.release, m.ID, r.place(), h.part}); h.part != "" && v >= 0 {
					if l.Least = s.lo[v]; s.hi[v] < far {
						l.Most = s.hi[v]
					}
				}
				all = append(all, l)
			}
		}
	}
	return all
}

// hiding is one number that a row hides; part is "" where no count stands for it.
type hiding struct{ name, part, why string }

// hides is the numbers that a row marks as hidden to protect people.
func (m *measure) hides(r row) []hiding {
	part := m.Kind == "rate" || m.isPart(r)
	switch {
	case part && r.markValue == "c" && m.Kind == "rate":
		return []hiding{{"how many met it", partMet, whyFew}}
	case part && r.markValue == "c":
		return []hiding{{"count", partBase, whyFew}}
	case part:
		return nil
	}
	var all []hiding
	if r.markBase == "c" {
		all = append(all, hiding{"count", partBase, whyFew})
	}
	switch {
	case r.markValue != "c", m.Kind == "count", m.Kind == "distribution":
	case m.Kind == "proportion" && r.base < 0:
		all = append(all, hiding{"how many met it", partMet, whyRests})
	case m.Kind == "proportion" && m.mostBehind(r.base) >= m.fewest():
		all = append(all, hiding{"how many met it", partMet, whyPart})
	case m.Kind == "proportion":
		all = append(all, hiding{"how many met it", partMet, whyBase})
	case r.base < 0:
		all = append(all, hiding{"value", "", whyRests})
	default:
		all = append(all, hiding{"value", "", whyBase})
	}
	return all
}

// fields are the line of l in the report.
func (l Left) fields() []string {
	return []string{l.Measure, l.Period, l.Area, l.Breakdown, l.Category, l.Hidden, l.Why, strconv.FormatInt(l.Level, 10), limit(l.Least), limit(l.Most)}
}

func limit(n int64) string {
	if n < 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
