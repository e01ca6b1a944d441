package intake

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"wherry/config"
)

// mostPacked is how many extracts one zip may hold.
const mostPacked = 500

// inZip is where an extract lies that was sent in a zip beside others.
type inZip struct {
	name string // of the zip, without the ending of what is sealed
	path string // of the zip, unsealed
	at   int    // its place among the zip's files
}

// spread puts the extracts of each zip that holds several in the place of the zip. A zip of one
// stays as it is: its own name says whose and when. The name of one of several is its own, and its
// identity is that of its bytes, so that the same file sent alone is one received before.
func (r *receiver) spread(extracts []*extract) ([]*extract, error) {
	var all []*extract
	spread, patterns := false, patternsOf(r.partnership)
	for _, e := range extracts {
		members, err := r.members(e, patterns)
		if err != nil {
			return nil, err
		}
		if len(members) < 2 {
			all = append(all, e)
			continue
		}
		all, spread = append(all, members...), true
	}
	if spread {
		slices.SortStableFunc(all, compareExtracts)
	}
	return all, nil
}

// members is the extracts of a zip that holds several. Where the zip as a whole cannot be taken
// it gets a refusal and there are none.
func (r *receiver) members(e *extract, patterns map[string]pattern) ([]*extract, error) {
	limit := r.partnership.Limits.ExtractBytes
	if formatOf(strings.ToLower(strings.TrimPrefix(filepath.Ext(e.name), "."))) != "zip" || limit > 0 && e.size > limit {
		return nil, nil
	}
	if info, err := os.Lstat(e.lies); err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	if err := e.withholdName(r.partnership); err != nil || e.refusal != nil && e.refusal.ofPlace() {
		return nil, err
	}
	var refusal *Refusal
	if err := e.unseal(r.scratch, r.keys); errors.As(err, &refusal) {
		e.refusal = refusal
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	z, err := zip.OpenReader(e.path)
	if err != nil {
		return nil, nil // said when it is read
	}
	defer z.Close()
	found, refusal := filesOf(&z.Reader)
	if len(found) > 1 {
		refusal = several(z.File, found)
	}
	if refusal != nil {
		e.refusal = refusal
	}
	if refusal != nil || len(found) < 2 {
		return nil, nil
	}
	left := unpackedLimit(e.size, 0)
	members := make([]*extract, len(found))
	for i, at := range found {
		if members[i], err = r.member(e, z.File[at], at, &left, patterns); err != nil {
			return nil, err
		}
	}
	return members, nil
}

// ofPlace says that a file is refused for where it lies or what it is, whatever is in it.
func (r *Refusal) ofPlace() bool { return r.Rule == "personal_data" || r.Rule == "unknown_agency" }

// several refuses a zip of several files that cannot be told apart.
func several(all []*zip.File, found []int) *Refusal {
	if slices.ContainsFunc(found, func(at int) bool { return all[at].Name == contentTypes }) {
		return workbookNamedZip()
	}
	if len(found) > mostPacked {
		return refuse("several_files", "send them in several zips", "holds %d files, and may hold %d extracts", len(found), mostPacked)
	}
	names := map[string]bool{}
	for _, at := range found {
		name := baseOf(all[at])
		switch {
		case names[strings.ToLower(name)]:
			return refuse("several_files", "give each file in it a name of its own", "holds two files of the same name")
		case len(name) > 150 || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }):
			return refuse("unsafe_name", "name each file in it by its feed and period", "holds a file whose name no file should have")
		}
		names[strings.ToLower(name)] = true
	}
	return nil
}

// baseOf is the name of a packed file without its folders, as text.
func baseOf(f *zip.File) string {
	return strings.ToValidUTF8(path.Base(strings.ReplaceAll(f.Name, `\`, "/")), "_")
}

// member is one of the extracts of a zip, or why it cannot be one. left is how many bytes may
// still come out of the zip.
func (r *receiver) member(e *extract, f *zip.File, at int, left *int64, patterns map[string]pattern) (*extract, error) {
	m := &extract{agency: e.agency, name: baseOf(f), path: e.path, modified: e.modified, sealed: e.sealed, lies: e.lies, lying: e.lying, localIDs: e.localIDs,
		zip: &inZip{e.name, e.path, at}}
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(m.name), "."))
	if m.refusal = unreadableMember(f); m.refusal == nil && packedEnding(ending) {
		m.refusal = nestedZip()
	}
	if m.refusal != nil {
		return m, nil
	}
	sum := sha256.New()
	limit, tooLarge := *left, refuse("too_large", "send it alone, or in a zip of its own", "is more than may come out of one zip with what stands before it in it")
	if most := r.partnership.Limits.ExtractBytes; most > 0 && most < limit {
		limit, tooLarge = most, tooLargeUnpacked(most)
	}
	n, err := copyMember(sum, f, limit)
	*left = max(0, *left-n)
	var refusal *Refusal
	switch {
	case n > limit:
		m.refusal = tooLarge
	case errors.As(err, &refusal):
		m.refusal = refusal
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", m.file(), err)
	}
	if m.refusal != nil {
		return m, nil
	}
	m.size, m.sha256 = n, hex.EncodeToString(sum.Sum(nil))
	if ending == "xml" || ending == "xlsx" { // it may be a return as a case system writes it
		if err := m.takeOut(r.scratch); err != nil {
			return nil, err
		}
	}
	m.refusal = m.place(r.partnership, patterns, r.asAt)
	return m, nil
}

// takeOut unpacks an extract that lies in a zip. No name inside becomes the name of a file here.
func (e *extract) takeOut(scratch string) error {
	if e.zip == nil || e.path != e.zip.path {
		return nil
	}
	z, err := zip.OpenReader(e.zip.path)
	if err != nil {
		return fmt.Errorf("unpacking %s: %w", e.file(), err)
	}
	defer z.Close()
	out, err := os.CreateTemp(scratch, "unpacked-*")
	if err != nil {
		return fmt.Errorf("unpacking %s: %w", e.file(), err)
	}
	_, err = copyMember(out, z.File[e.zip.at], e.size)
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("unpacking %s: %w", e.file(), err)
	}
	e.path = out.Name()
	return nil
}

// patternsOf is the names that the extracts of each feed have.
func patternsOf(p *config.Partnership) map[string]pattern {
	patterns := map[string]pattern{}
	for _, c := range p.Contracts {
		patterns[c.Feed] = newPattern(c.File.Pattern)
	}
	return patterns
}
