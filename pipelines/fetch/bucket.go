package fetch

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
	"github.com/cenkalti/backoff/v5"
	"gocloud.dev/blob"
	"gocloud.dev/blob/azureblob"

	"wherry/config"
)

// bucket is what lies directly under a prefix of a bucket.
type bucket struct {
	*blob.Bucket
	prefix string // "" or ending in /
}

// openAzure opens a container of Azure Blob by the connection string that the settings name.
// The library's own retries are off: a source has one set of them.
func openAzure(ctx context.Context, p *config.Partnership, s config.Source, u *url.URL) (place, error) {
	secret, err := p.Secret(s.SecretEnv, s.SecretFile)
	if err != nil {
		return nil, backoff.Permanent(err)
	}
	client, err := container.NewClientFromConnectionString(secret, u.Host, &container.ClientOptions{
		ClientOptions: azcore.ClientOptions{Retry: policy.RetryOptions{MaxRetries: -1}}})
	if err != nil {
		return nil, backoff.Permanent(errors.New("what the settings name is not the connection string of a storage account"))
	}
	if at, err := url.Parse(client.URL()); err != nil || (at.Scheme != "https" && !loopback(at.Hostname())) {
		return nil, backoff.Permanent(errors.New("the connection string is not for https: files would cross the network in clear"))
	}
	b, err := azureblob.OpenBucket(ctx, client, nil)
	if err != nil {
		return nil, plainly(err)
	}
	prefix := u.Query().Get("prefix")
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	return bucket{b, prefix}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func (b bucket) list(ctx context.Context) ([]entry, error) {
	var all []entry
	objects := b.List(&blob.ListOptions{Prefix: b.prefix, Delimiter: "/"})
	for {
		o, err := objects.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, plainly(err)
		case len(all) == mostFiles:
			return nil, errTooMany
		case o.IsDir || o.Key == b.prefix:
			continue
		}
		all = append(all, entry{name: strings.TrimPrefix(o.Key, b.prefix), size: o.Size, modified: o.ModTime.UTC(),
			sum: hex.EncodeToString(o.MD5), plain: true})
	}
}

func (b bucket) stat(ctx context.Context, name string) (entry, error) {
	a, err := b.Attributes(ctx, b.prefix+name)
	if err != nil {
		return entry{}, plainly(err)
	}
	return entry{name: path.Base(name), size: a.Size, modified: a.ModTime.UTC(), sum: hex.EncodeToString(a.MD5), plain: true}, nil
}

func (b bucket) copy(ctx context.Context, name string, to io.Writer) error {
	in, err := b.NewReader(ctx, b.prefix+name, nil)
	if err != nil {
		return plainly(err)
	}
	defer in.Close()
	if _, err = io.Copy(to, in); errors.Is(err, errMoving) {
		return errMoving
	}
	return plainly(err)
}

var codeWord = regexp.MustCompile(`^[A-Za-z]{1,60}$`)

// plainly is an error of a storage account without addresses, headers and bodies, which may
// hold a signature. A refusal of who asks, or of what is asked for, is not tried again.
func plainly(err error) error {
	if err == nil {
		return nil
	}
	answer := new(azcore.ResponseError)
	if !errors.As(err, &answer) {
		return bare(err)
	}
	says := fmt.Errorf("the storage account answers %d", answer.StatusCode)
	if codeWord.MatchString(answer.ErrorCode) {
		says = fmt.Errorf("%w (%s)", says, answer.ErrorCode)
	}
	switch answer.StatusCode {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return backoff.Permanent(says)
	}
	return says
}
