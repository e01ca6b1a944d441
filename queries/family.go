package queries

// Family is a group of measures: a folder of measures/ and a page of the site.
type Family struct {
	Slug, Title string
}

// families is every family, in the order of the board pack.
func families() []Family {
	return []Family{
		{"referral-quality", "Referral quality"},
		{"information-sharing", "Information-sharing"},
		{"marac", "MARAC"},
		{"cumulative-harm", "Cumulative harm"},
		{"voice-of-the-child", "Voice of the child"},
		{"training", "Training"},
		{"service-impact", "Service impact"},
		{"safe-accommodation", "Safe accommodation"},
		{"perpetrators", "Perpetrators"},
		{"equality", "Equality and coverage"},
		{"action-plan", "Action plan and data assurance"},
	}
}

func familySlugs() []string {
	var slugs []string
	for _, f := range families() {
		slugs = append(slugs, f.Slug)
	}
	return slugs
}
