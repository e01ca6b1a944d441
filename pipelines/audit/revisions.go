package audit

// checkRevisions looks for counts that an edition prints a little higher or lower than the
// one before it did: the few who came late, or went, are then known to be few.
func (a *audience) checkRevisions(r *Report, sources []*audience) {
	if a.RoundTo > 1 {
		return // a printed difference does not tell the true one
	}
	old := a.before(sources)
	if old == nil || old.RoundTo > 1 {
		return
	}
	for _, m := range a.Measures {
		was := old.measure(m.ID)
		if was == nil || !m.people() {
			continue
		}
		rows := map[place]row{}
		for _, r := range was.rows {
			rows[r.place()] = r
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

// before is the same audience in the latest of the earlier releases, or nil.
func (a *audience) before(sources []*audience) *audience {
	var latest *audience
	for _, s := range sources {
		if s.folder == a.folder && s.release > a.release && (latest == nil || s.release < latest.release) {
			latest = s
		}
	}
	return latest
}
