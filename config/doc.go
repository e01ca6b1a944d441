// Package config holds what people decide: who the partnership is, what agencies promised
// to send, which codes and places exist, and when things are due.
//
// Load reads it in one go: wherry.yaml by viper (flags over WHERRY_* over the file over
// defaults), then every contract, code list, area and reference file, strictly. All faults
// in all files come back together as Problems, each with its file and line; a Partnership
// is returned only where there are none. The files of the Norfolk example are embedded as
// Files, and a partnership of one's own is a copy of them.
//
// The package knows nothing of databases, SQL, measures or pages, reads no clock, and
// never sees a row that an agency sent. It holds no secret; a setting that ever needs one
// must name a file that holds it, so that no value can be printed.
package config
