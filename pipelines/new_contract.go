package pipelines

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"wherry/config"
	"wherry/pipelines/contracts"
	"wherry/pipelines/warehouse"
)

var feedName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// NewContract writes the contract of a feed, guessed from a sample of what the agency sends,
// and returns its path. It overwrites nothing.
func (p *Project) NewContract(ctx context.Context, agency, feed, sample string) (path string, d *contracts.Draft, err error) {
	if p.BuiltIn {
		return "", nil, fmt.Errorf("there is no partnership in %s to add a contract to: write one with wherry init", p.Root)
	}
	if _, ok := p.Agency(agency); !ok {
		return "", nil, fmt.Errorf("%q is no agency of wherry.yaml", agency)
	}
	if !feedName.MatchString(feed) {
		return "", nil, fmt.Errorf("%q is not the name of a feed: use small letters, digits and single underscores", feed)
	}
	path = filepath.Join(p.Root, "config", "contracts", feed+".yaml")
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("config/contracts/%s.yaml is there already, and is left as it is", feed)
	}
	db, err := warehouse.Memory(ctx)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d, err = contracts.New(ctx, db, p.Partnership, agency, feed, sample, config.Containing(config.Quarter, p.AsAt).Shift(-1))
	if err != nil {
		return "", nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", nil, fmt.Errorf("writing the contract: %w", err)
	}
	_, err = f.Write(d.Text)
	return path, d, errors.Join(err, f.Close())
}
