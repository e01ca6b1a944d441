package main

import (
	"errors"
	"fmt"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/publish"
	"wherry/queries/disclosure"
)

// explainOlder says, where an edition is refused because of what it would give away, or because it
// contradicts what was told, and a later quarter is out already, that this is why, and what may be done. Any other error is as it was.
func explainOlder(p *pipelines.Project, q config.Period, refused error) error {
	var exposed *disclosure.Exposed
	var leak *publish.LeakError
	var unequal *disclosure.Unequal
	if !errors.As(refused, &exposed) && !errors.As(refused, &leak) && !errors.As(refused, &unequal) {
		return explainLeak(refused)
	}
	newest, err := publish.NewestQuarter(p.Partnership)
	if err != nil {
		return errors.Join(refused, err)
	}
	if q.String() >= newest {
		return explainLeak(refused)
	}
	if leak != nil {
		refused = withFindings(refused, leak)
	}
	return hinted{fmt.Errorf("%s cannot be published after %s: readers who kept the later editions could work out small numbers by it; nothing was published, and what is published stands: %w", q, newest, refused),
		fmt.Sprintf("publish quarters in order. To correct %s, send its extracts again: the next edition counts them. If nobody outside the team has had the later editions, take them back (wherry withdraw EDITION --unseen) and publish again from the earliest", q)}
}
