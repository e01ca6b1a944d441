package config

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"
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
		c, s := readContract(fsys, name, p)
		contracts, sources = append(contracts, c), append(sources, s)
	}
	for i, s := range sources {
		checkReferences(contracts[i], s, contracts)
		found = append(found, s.problems...)
	}
	for _, c := range contracts {
		if c.InsteadOf != "" && !slices.ContainsFunc(contracts, func(other *Contract) bool { return other.Feed == c.InsteadOf && other != c }) {
			var feeds []string
			for _, other := range contracts {
				feeds = append(feeds, other.Feed)
			}
			found = append(found, c.Problem("instead_of", fmt.Sprintf("unknown feed %q", c.InsteadOf), didYouMean(c.InsteadOf, feeds)))
		}
	}
	slices.SortFunc(contracts, func(a, b *Contract) int { return cmp.Compare(a.Feed, b.Feed) })
	return contracts, found
}

// readContract reads and checks one contract of a config folder.
func readContract(fsys fs.FS, name string, p *Partnership) (*Contract, *source) {
	c := &Contract{Path: "config/" + name}
	s := readStrict(fsys, name, "yaml", Contract{}, c)
	c.places = s.places
	if !s.broken {
		checkContract(c, strings.TrimSuffix(path.Base(name), ".yaml"), p, s)
	}
	return c, s
}

// ReadContract reads and checks a contract that may stand anywhere, against the agencies,
// code lists and other contracts of p.
func ReadContract(file string, p *Partnership) (*Contract, Problems) {
	c, s := readContract(os.DirFS(filepath.Dir(file)), filepath.Base(file), p)
	checkReferences(c, s, append([]*Contract{c}, p.Contracts...))
	c.Path = filepath.ToSlash(file)
	for i := range s.problems {
		s.problems[i].File = c.Path
	}
	return c, s.problems
}

// LoadContracts reads every contract of a config folder with what they are checked against and
// nothing else, so that a fault elsewhere keeps none of them from being checked. The faults of
// the rest, which stand in p's settings and code lists, come first.
func LoadContracts(root string, fsys fs.FS, flags *pflag.FlagSet) (*Partnership, Problems) {
	p := &Partnership{Root: root}
	_, all := loadSettings(fsys, flags, &p.Settings)
	var found Problems
	p.Codes, found = loadCodes(fsys)
	all = append(all, found...)
	p.Contracts, found = loadContracts(fsys, p)
	return p, append(all, found...)
}
