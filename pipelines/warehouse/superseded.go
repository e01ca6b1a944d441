package warehouse

// Current is the deliveries that no later one for the same agency, feed and period supersedes,
// in their order.
func Current(ds []*Delivery) []*Delivery {
	latest := map[[3]string]*Delivery{}
	for _, d := range ds {
		key := [3]string{d.Agency, d.Feed, d.Period}
		if l := latest[key]; l == nil || d.Submission > l.Submission {
			latest[key] = d
		}
	}
	var current []*Delivery
	for _, d := range inOrder(ds) {
		if latest[[3]string{d.Agency, d.Feed, d.Period}] == d {
			current = append(current, d)
		}
	}
	return current
}
