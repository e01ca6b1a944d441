// Package statistics holds the pure functions that turn counts into intervals, series
// into signals and waiting times into medians. It knows numbers only: nothing of
// measures, periods, people, files or databases.
//
// Flow: a caller hands over counts (interval.go, poisson.go, repeats.go, standard.go), two
// groups to compare (difference.go, funnel.go, logrank.go), values (mean.go, paired.go), a
// series with NaN where one is missing (xmr.go, control.go, run.go, season.go, step.go), a
// histogram of whole days (survival.go) or a survey's findings (demand.go), and gets plain numbers
// back. What they mean for a reader is decided by package queries.
//
// Methods: Wilson, Byar, directly and indirectly standardised rates as used by Public
// Health England's Fingertips; exact Poisson limits by Garwood; Newcombe's hybrid score for
// a difference of shares; XmR with the rules of NHS England's Making Data Count; p, u, c, g
// and t charts as Montgomery and Laney give them, run charts by Anhoej, the start of a step by
// Samuel, Pignatiello and Calvin; funnels and
// over-dispersion by Spiegelhalter; Kaplan-Meier as R's survfit gives it.
package statistics
