// Package backup puts what cannot be made again into one encrypted file, and takes it out.
//
//  1. Write streams the archive, the contributed files (config, queries, dashboards) and what
//     is published as a tar, sealed with age to the recipients of the settings. Each object of
//     the archive is held against its name on the way: a damaged archive is not backed up.
//  2. Restore opens such a file into a folder that is not there yet: beside it first, and in
//     its place when the last byte has proved authentic. Entries are judged as a stranger's.
//  3. Enter keeps on record that a backup was made, and StillHolding names those that hold what
//     was taken out of the archive since.
//
// The warehouse is made again by wherry rebuild. The inbox and the outbox are not in it: what
// agencies sent is theirs to send again, and what was accepted of it is in the archive.
package backup
