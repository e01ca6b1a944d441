package pipelines

import (
	"fmt"
	"time"

	"wherry/pipelines/warehouse"
)

// checkClock refuses to work by a clock that has gone backwards: what came after the day it
// gives would be left out of every figure. A day's difference may be a time zone. A day that
// somebody set is theirs to set.
func (p *Project) checkClock() error {
	if p.Settings.AsAt != "" {
		return nil
	}
	deliveries, err := warehouse.Deliveries(p.Partnership)
	if err != nil {
		return err
	}
	last := ""
	for _, d := range deliveries {
		last = max(last, d.ArrivedOn)
	}
	if today := p.AsAt.Format(time.DateOnly); last > p.AsAt.AddDate(0, 0, 1).Format(time.DateOnly) {
		return fmt.Errorf("this machine's clock says %s, and an extract came on %s: nothing was changed; set the clock right, or say which day it is with --as-at", today, last)
	}
	return nil
}
