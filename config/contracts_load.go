package config

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// loadContracts reads and checks every config/contracts/*.yaml, against the agencies and
// code lists of p.
func loadContracts(fsys fs.FS, p *Partnership) ([]*Contract, Problems) {
	names, err := fs.Glob(fsys, "contracts/*.yaml")
	if err != nil {
		return nil, Problems{{File: "config/contracts", Msg: "the folder cannot be read: " + reason(err)}}
	}
	if len(names) == 0 {
		return nil, Problems{{File: "config/contracts", Msg: "there is no contract", Hint: "add one .yaml file per feed"}}
	}
	var contracts []*Contract
	var found Problems
	var sources []*source
	for _, name := range names {
		c := &Contract{Path: "config/" + name}
		s := readStrict(fsys, name, "yaml", Contract{}, c)
		if !s.broken {
			checkContract(c, strings.TrimSuffix(path.Base(name), ".yaml"), p, s)
		}
		contracts, sources = append(contracts, c), append(sources, s)
	}
	for i, s := range sources {
		checkReferences(contracts[i], s, contracts)
		found = append(found, s.problems...)
	}
	slices.SortFunc(contracts, func(a, b *Contract) int { return cmp.Compare(a.Feed, b.Feed) })
	return contracts, found
}
