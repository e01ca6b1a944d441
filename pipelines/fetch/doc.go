// Package fetch copies new extracts from the places that agencies put them to the inbox.
//
// All takes every Source of wherry.yaml side by side, each through the same steps:
//
//  1. look: the files that lie directly in the source's folder, by name, size and time.
//     Names come from strangers: one that could mean another place, or that cannot be
//     shown, is refused, and so are links and files above limits.extract_bytes.
//  2. wait: a file counts when a second look, fetching.settle later, finds the same size
//     and time, or when a marker (name.done, name.ready) no older than it lies beside it.
//  3. copy: to a hidden name in inbox/<agency>/, flushed, then renamed; only if the source
//     still shows the file unchanged. A file of that name in the inbox is replaced, as when
//     a person puts it there; the same bytes are left alone.
//  4. record: archive/fetched/<agency>-<hash of the URL>.json. What is recorded, by name,
//     size, time and checksum where the place gives one, is not fetched again.
//
// Nothing at a source is ever written, moved or deleted. A source that cannot be read is
// tried again with growing waits, within fetching.tries and fetching.timeout, and then
// reported in its Result; the others go on.
//
// The package does not know what an extract is: whether a file fits a contract is for
// pipelines/intake to say. No message holds a secret.
package fetch
