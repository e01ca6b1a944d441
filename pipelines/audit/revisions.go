package audit

// checkRevisions looks for counts that an edition prints a little higher or lower than one of
// those before it did: the few who came late, or went, are then known to be few. Two revisions
// that are each large may come to little together, so each earlier edition counts.
func (a *audience) checkRevisions(r *Report, sources []*audience) {
	if a.RoundTo > 1 {
		return // a printed difference does not tell the true one
	}
	for _, old := range sources {
		if old.folder == a.folder && old.release > a.release && old.RoundTo <= 1 {
			a.revisedSince(r, old)
		}
	}
}

func (a *audience) revisedSince(r *Report, old *audience) {
	for _, m := range a.Measures {
		was := old.measure(m.ID)
		if was == nil || !m.people() {
			continue
		}
		rows := map[place]row{}
		for _, row := range was.rows {
			rows[row.place()] = row
		}
		for _, now := range m.rows {
			then, there := rows[now.place()]
			if !there {
				continue
			}
			r.Checked++
			counts := m.printed(now)
			for part, n := range was.printed(then) {
				if few := abs(counts[part] - n); n >= 0 && counts[part] >= 0 && few > 0 && few <= m.HideUpTo {
					r.add(a.folder+"/"+m.file(), now.where(), RuleRevision, "the "+part+" was revised by a few since an earlier edition")
				}
			}
		}
	}
}
