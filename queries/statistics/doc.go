// Package statistics holds the pure functions that turn counts into intervals, series
// into signals and waiting times into medians. It knows numbers only: nothing of
// measures, periods, people, files or databases.
//
// Flow: a caller hands over counts (interval.go, poisson.go), a series of values with NaN
// where one is missing (xmr.go, season.go) or a histogram of whole days (survival.go), and
// gets plain numbers back. What they mean for a reader is decided by package queries.
//
// Methods: Wilson and Byar as used by Public Health England's Fingertips; exact Poisson
// limits by Garwood; XmR with the rules of NHS England's Making Data Count; Kaplan-Meier
// with log-log limits as R's survfit gives them.
package statistics
