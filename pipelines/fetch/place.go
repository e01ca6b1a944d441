package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"

	"github.com/cenkalti/backoff/v5"

	"wherry/config"
)

// place is where a source's files lie: a folder, a bucket or an SFTP server. It can be read
// and no more.
type place interface {
	// list is the files that lie directly in the place; folders are left out.
	list(ctx context.Context) ([]entry, error)
	stat(ctx context.Context, name string) (entry, error)
	copy(ctx context.Context, name string, to io.Writer) error
	Close() error
}

// mostFiles bounds how many files a source may hold at once.
const mostFiles = 10_000

var errTooMany = backoff.Permanent(fmt.Errorf("it holds more than %d files: have those that were fetched cleared away", mostFiles))

// open opens the place of a source. What another try cannot mend is a backoff.Permanent error.
func open(ctx context.Context, p *config.Partnership, s config.Source) (place, error) {
	switch u := s.Place(); u.Scheme {
	case "file":
		return openFolder(u.Path)
	case "azblob":
		return openAzure(ctx, p, s, u)
	case "sftp":
		return openSFTP(ctx, p, s, u)
	}
	return nil, backoff.Permanent(errors.New("no way to read from it"))
}

// bare is a network error without the address it was for, which may hold a signature.
func bare(err error) error {
	if e := new(url.Error); errors.As(err, &e) {
		err = e.Err
	}
	if e := new(net.OpError); errors.As(err, &e) {
		return e
	}
	return err
}
