package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"wherry/config"
)

// dialLimit is the longest that a host may take to answer, and again to let us in.
const dialLimit = 20 * time.Second

// server is a folder of an SFTP server.
type server struct {
	*sftp.Client
	folder string
	end    func() error
}

// openSFTP signs in to a server by key, once it has shown a host key that known_hosts has.
func openSFTP(ctx context.Context, p *config.Partnership, s config.Source, u *url.URL) (place, error) {
	at := net.JoinHostPort(u.Hostname(), u.Port())
	if u.Port() == "" {
		at = net.JoinHostPort(u.Hostname(), "22")
	}
	settings, err := signIn(p, s, u.User.Username(), at)
	if err != nil {
		return nil, backoff.Permanent(err)
	}
	conn, err := (&net.Dialer{Timeout: dialLimit}).DialContext(ctx, "tcp", at)
	if err != nil {
		return nil, err
	}
	// Whatever the server does, the connection ends with the time that the source has.
	release := context.AfterFunc(ctx, func() { _ = conn.Close() })
	end := func() error { release(); return conn.Close() }
	_ = conn.SetDeadline(time.Now().Add(dialLimit))
	c, channels, requests, err := ssh.NewClientConn(conn, at, settings)
	if err != nil {
		return nil, errors.Join(whyNotIn(err, at, s.KnownHosts), closed(end()))
	}
	files, err := sftp.NewClient(ssh.NewClient(c, channels, requests))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the host offers no SFTP: %w", err), closed(end()))
	}
	_ = conn.SetDeadline(time.Time{})
	return server{files, u.Path, end}, nil
}

// signIn reads the key and the known hosts. The host is asked for a key of a kind that
// known_hosts holds for it, so that one it does not hold cannot stand in the way.
func signIn(p *config.Partnership, s config.Source, user, at string) (*ssh.ClientConfig, error) {
	text, err := config.ReadPrivate(p.Beside(s.KeyFile))
	if err != nil {
		return nil, err
	}
	key, err := ssh.ParsePrivateKey(text)
	if missing := new(ssh.PassphraseMissingError); errors.As(err, &missing) {
		return nil, fmt.Errorf("the key in %s is locked by a passphrase: use one without, for this purpose alone", s.KeyFile)
	} else if err != nil {
		return nil, fmt.Errorf("%s is not a private key", s.KeyFile)
	}
	check, err := knownhosts.New(p.Beside(s.KnownHosts))
	if err != nil {
		return nil, fmt.Errorf("known_hosts cannot be read: %w", err)
	}
	var known *knownhosts.KeyError
	if err := check(at, &net.TCPAddr{}, key.PublicKey()); !errors.As(err, &known) || len(known.Want) == 0 {
		return nil, fmt.Errorf("%s holds no key for %s: ask the host's owner for it, by another way than this line", s.KnownHosts, at)
	}
	var kinds []string
	for _, k := range known.Want {
		kinds = append(kinds, algorithms(k.Key.Type())...)
	}
	return &ssh.ClientConfig{User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: check,
		HostKeyAlgorithms: slices.Compact(kinds), Timeout: dialLimit}, nil
}

// algorithms are the signatures that a kind of host key makes.
func algorithms(kind string) []string {
	if kind == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{kind}
}

// whyNotIn says why a server was not signed in to. A host that is not who it should be, and a
// key that the host does not take, are not tried again.
func whyNotIn(err error, at, knownHosts string) error {
	var wrong *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	var none *ssh.AlgorithmNegotiationError
	switch {
	case errors.As(err, &wrong), errors.As(err, &revoked):
		return backoff.Permanent(fmt.Errorf("the host key that %s shows is not the one in %s: nothing was sent to it. Ask the host's owner whether the key was changed, by another way than this line", at, knownHosts))
	case errors.As(err, &none):
		return backoff.Permanent(fmt.Errorf("%s shows no host key of the kind in %s, or no cipher that is safe", at, knownHosts))
	case strings.Contains(err.Error(), "unable to authenticate"): // the library gives it no type
		return backoff.Permanent(errors.New("the host does not take the key for this user"))
	}
	return fmt.Errorf("signing in to %s: %w", at, err)
}

// closed leaves out that a connection was closed already.
func closed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (s server) Close() error { return errors.Join(s.Client.Close(), closed(s.end())) }

func (s server) list(ctx context.Context) ([]entry, error) {
	found, err := s.ReadDirContext(ctx, s.folder)
	if err != nil {
		return nil, fmt.Errorf("listing the folder: %w", err)
	}
	if len(found) > mostFiles {
		return nil, errTooMany
	}
	var all []entry
	for _, info := range found {
		if !info.IsDir() {
			all = append(all, ofFile(info))
		}
	}
	return all, nil
}

func (s server) stat(_ context.Context, name string) (entry, error) {
	info, err := s.Lstat(path.Join(s.folder, name))
	if err != nil {
		return entry{}, err
	}
	return ofFile(info), nil
}

func (s server) copy(_ context.Context, name string, to io.Writer) error {
	in, err := s.Open(path.Join(s.folder, name))
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = in.WriteTo(to)
	return err
}
