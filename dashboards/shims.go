package dashboards

import (
	"wherry/config"
	"wherry/queries"
)

func periodName(p config.Period) string { return inEnglish.periodName(p) }

func axisLabel(p config.Period) string { return inEnglish.axisLabel(p) }

func whatIsMeasured(m *queries.Measure) string { return inEnglish.whatIsMeasured(m) }
