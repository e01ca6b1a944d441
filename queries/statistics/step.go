package statistics

// StepIn is the place in a run on one side of a centre from which a step fits best, where
// apart are the distances from the centre: the most likely first point of a lasting change of
// level, given the level before (Samuel, Pignatiello and Calvin, 1998). Chance puts the first
// points of half of all runs before the change itself. What lies before the place is, on
// average, less than half as far from the centre as what follows.
func StepIn(apart []float64) int {
	place, best, sum := 0, 0.0, 0.0
	for i := len(apart) - 1; i >= 0; i-- {
		sum += apart[i]
		if fit := sum * sum / float64(len(apart)-i); fit >= best {
			place, best = i, fit
		}
	}
	return place
}
