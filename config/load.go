package config

import (
	"io/fs"

	"github.com/spf13/pflag"
)

// Load reads the partnership whose config folder is fsys; root is the directory that
// Settings.Paths are below. flags may be nil; the ones it has of as-at, memory and threads
// override settings where the user gave them. The error is Problems: every fault of every
// file, or of a flag or variable.
func Load(root string, fsys fs.FS, flags *pflag.FlagSet) (*Partnership, error) {
	p := &Partnership{Root: root}
	var all Problems
	note := func(found Problems) { all = append(all, found...) }

	where, found := loadSettings(fsys, flags, &p.Settings)
	note(found)
	p.Areas, found = loadAreas(fsys)
	note(found)
	p.Unitaries, found = loadUnitaries(fsys, p.Areas)
	note(found)
	p.Tiles, found = loadTiles(fsys, p.Areas)
	note(found)
	note(checkSettings(p, where))
	p.Logo, found = loadLogo(fsys, p, where)
	note(found)
	p.Codes, found = loadCodes(fsys)
	note(found)
	note(checkMerges(p, where))
	p.Contracts, found = loadContracts(fsys, p)
	note(found)
	if len(found) == 0 {
		note(checkFeedNames(p, where))
	}
	p.Population, found = loadPopulation(fsys, p.Areas, p.Area)
	note(found)
	p.BankHolidays, found = loadBankHolidays(fsys)
	note(found)
	p.SchoolTerms, found = loadSchoolTerms(fsys)
	note(found)
	p.Definitions, found = loadDefinitions(fsys, p)
	note(found)
	p.Published, found = loadPublished(fsys)
	note(found)
	if err := all.Err(); err != nil {
		return nil, err
	}
	return p, nil
}
