package attack

import "fmt"

// revised compares what each edition prints of a count with what every earlier one did: the
// few who came late, or went, between the two are then known.
func (r *Report) revised(reader string, held []*files) {
	for _, now := range held {
		for _, then := range held {
			if now.Audience == reader && then.Audience == reader && then.release > now.release {
				r.between(now, then)
			}
		}
	}
}

// between is the revisions from one edition of an audience to a later one.
func (r *Report) between(now, then *files) {
	for _, m := range now.Measures {
		if m.Protects == "nobody" {
			continue
		}
		for _, old := range then.Measures {
			if old.ID != m.ID || m.RoundTo > 1 || old.RoundTo > 1 {
				continue
			}
			before := map[key]row{}
			for _, o := range old.rows {
				before[o.key()] = o
			}
			for _, n := range m.rows {
				o, there := before[n.key()]
				if !there {
					continue
				}
				was := m.counts(o)
				for part, count := range m.counts(n) {
					few := max(count-was[part], was[part]-count)
					if count >= 0 && was[part] >= 0 && few > 0 && few <= m.HideUpTo {
						r.Known = append(r.Known, Recovered{Edition: now.edition, Audience: now.Audience, Measure: m.ID, Cell: n.key().cell(),
							Count: fmt.Sprintf("%s revised since %s", part, then.edition), Low: few, High: few, Methods: []string{methodNames[4]}})
					}
				}
			}
		}
	}
}

// key is the row as a reader names it.
func (r row) key() key {
	return key{period: r.period, area: r.area, breakdown: r.breakdown, category: r.category}
}
