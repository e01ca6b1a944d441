package config

// Unknown is the code of places out of area or not recorded.
const Unknown = "unknown"

// Contract is the contract of a feed, and whether there is one.
func (p *Partnership) Contract(feed string) (*Contract, bool) {
	for _, c := range p.Contracts {
		if c.Feed == feed {
			return c, true
		}
	}
	return nil, false
}

// Agency is the partner with this id, and whether there is one.
func (s *Settings) Agency(id string) (Agency, bool) {
	for _, a := range s.Agencies {
		if a.ID == id {
			return a, true
		}
	}
	return Agency{}, false
}

// AreaOf is the area or unitary with this code, and whether there is one. Unknown and
// UnknownUnitary always are.
func (p *Partnership) AreaOf(code string) (Area, bool) {
	for _, a := range p.Areas {
		if a.Code == code {
			return a, true
		}
	}
	for _, u := range p.Unitaries {
		if u.Code == code {
			return Area{u.Code, u.Name, "unitary", p.Area}, true
		}
	}
	if code == UnknownUnitary {
		return Area{UnknownUnitary, "New council not known", Unknown, p.Area}, true
	}
	if code == Unknown {
		return Area{Unknown, "Not known or out of area", Unknown, p.Area}, true
	}
	return Area{}, false
}

// Sends says whether the contract expects this agency's returns.
func (c *Contract) Sends(agency string) bool {
	for _, id := range c.Agencies {
		if id == agency {
			return true
		}
	}
	return false
}

// Column is the column kept under this name, and whether there is one.
func (c *Contract) Column(kept string) (Column, bool) {
	for _, col := range c.Columns {
		if col.Kept() == kept {
			return col, true
		}
	}
	return Column{}, false
}

// In says whether an extract for p has the column; an empty Since or Until is open.
func (c Column) In(p Period) bool {
	if since, err := ParsePeriod(c.Since); err == nil && p.Start.Before(since.Start) {
		return false
	}
	if until, err := ParsePeriod(c.Until); err == nil && !p.Start.Before(until.End) {
		return false
	}
	return true
}
