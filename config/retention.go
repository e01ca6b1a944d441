package config

import "time"

// KeptUntil is the first day on which rows of a period may no longer be kept: retention_years
// after the period ended. A contract that names no years keeps for ever; false.
func (c *Contract) KeptUntil(p Period) (time.Time, bool) {
	if c.Retention < 1 {
		return time.Time{}, false
	}
	return p.End.AddDate(c.Retention, 0, 0), true
}
