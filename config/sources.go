package config

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Source is a place from which the extracts of one agency are copied to the inbox.
type Source struct {
	Agency     string `mapstructure:"agency"`
	URL        string `mapstructure:"url"`         // azblob://container?prefix=drop/, sftp://user@host:22/drop, file:///mnt/drop
	SecretEnv  string `mapstructure:"secret_env"`  // azblob: the variable that holds the connection string
	SecretFile string `mapstructure:"secret_file"` // azblob: or the file, open to its owner alone
	KeyFile    string `mapstructure:"key_file"`    // sftp: the private key, open to its owner alone
	KnownHosts string `mapstructure:"known_hosts"` // sftp: the keys that the host may show, as OpenSSH writes them
}

// Place is the parsed URL. Of a loaded partnership it cannot fail.
func (s Source) Place() *url.URL {
	u, err := url.Parse(s.URL)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// FetchRules say how sources are read.
type FetchRules struct {
	Settle  time.Duration `mapstructure:"settle"`  // a file counts when two looks this far apart find it the same
	Tries   int           `mapstructure:"tries"`   // of one source, with growing waits between them
	Timeout time.Duration `mapstructure:"timeout"` // the longest one source may take, waits and all
}

var (
	variableName  = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	containerName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$`)
)

// sources finds the faults of where files come from. No message repeats a value that could
// be a secret put in the wrong place.
func (c *settingsCheck) sources() {
	if c.Fetching.Settle <= 0 || c.Fetching.Settle > time.Hour {
		c.add("fetching.settle", "settle must be longer than nothing and at most an hour", "give the unit: 30s or 5m")
	}
	if c.Fetching.Timeout <= c.Fetching.Settle {
		c.add("fetching.timeout", "timeout must be longer than settle", "give the unit: 30m or 2h")
	}
	c.between("fetching.tries", int64(c.Fetching.Tries), 1, 20)
	agencies := map[string]bool{}
	for _, a := range c.Agencies {
		agencies[a.ID] = true
	}
	seen := map[[2]string]bool{}
	for i, s := range c.Sources {
		at := fmt.Sprintf("sources.%d.", i)
		if !agencies[s.Agency] {
			c.add(at+"agency", fmt.Sprintf("unknown agency %q", s.Agency), didYouMean(s.Agency, keysOf(agencies)))
		}
		if key := [2]string{s.Agency, s.URL}; seen[key] {
			c.add(at+"url", "this source is named twice for "+s.Agency, "")
		} else {
			seen[key] = true
		}
		c.source(at, s)
	}
}

func (c *settingsCheck) source(at string, s Source) {
	u, err := url.Parse(s.URL)
	if err != nil {
		c.add(at+"url", "the url cannot be read", "write it as sftp://user@host:22/folder, azblob://container?prefix=folder/ or file:///folder")
		return
	}
	if _, secret := u.User.Password(); secret || u.Query().Has("sig") || u.Fragment != "" {
		c.add(at+"url", "the url holds a secret or a fragment", "keep secrets in a file or a variable, and name that")
		return
	}
	switch u.Scheme {
	case "file":
		c.fileSource(at, s, u)
	case "azblob":
		c.azureSource(at, s, u)
	case "sftp":
		c.sftpSource(at, s, u)
	default:
		c.add(at+"url", fmt.Sprintf("no way to read from %q", u.Scheme+"://"), "this build reads azblob://, sftp:// and file://")
	}
}

func (c *settingsCheck) fileSource(at string, s Source, u *url.URL) {
	if u.Host != "" || u.RawQuery != "" || !path.IsAbs(u.Path) || path.Clean(u.Path) == "/" {
		c.add(at+"url", "a file source is an absolute folder and nothing more", "write it as file:///mnt/drop/police")
	}
	c.unused(at, "file", s, nil)
}

func (c *settingsCheck) azureSource(at string, s Source, u *url.URL) {
	if !containerName.MatchString(u.Host) || u.User != nil || strings.Trim(u.Path, "/") != "" {
		c.add(at+"url", "an azblob source is a container and perhaps a prefix", "write it as azblob://container?prefix=folder/")
	}
	for key := range u.Query() {
		if key != "prefix" {
			c.add(at+"url", fmt.Sprintf("an azblob source has no %q", key), "the connection string says which account it is; only prefix may be given here")
		}
	}
	if (s.SecretEnv == "") == (s.SecretFile == "") {
		c.add(strings.TrimSuffix(at, "."), "an azblob source needs secret_env or secret_file, and not both", "it names where the storage account's connection string is kept")
	}
	c.secretNames(at, s.SecretEnv, s.SecretFile)
	c.unused(at, "azblob", s, []string{"secret_env", "secret_file"})
}

// secretNames refuses what is not the name of a variable or a file, as a secret put there is not.
func (c *settingsCheck) secretNames(at, variable, file string) {
	if variable != "" && !variableName.MatchString(variable) {
		c.add(at+"secret_env", "this is not the name of a variable", "name the variable, as in POLICE_STORAGE; never write the secret itself")
	}
	if strings.ContainsAny(file, ";=\n") {
		c.add(at+"secret_file", "this is not the name of a file", "name the file that holds the secret; never write the secret itself")
	}
}

func (c *settingsCheck) sftpSource(at string, s Source, u *url.URL) {
	if u.User.Username() == "" || u.Hostname() == "" || u.RawQuery != "" || !path.IsAbs(u.Path) {
		c.add(at+"url", "an sftp source is a user, a host and a folder", "write it as sftp://user@host:22/folder")
	}
	if s.KeyFile == "" {
		c.add(strings.TrimSuffix(at, "."), "an sftp source needs key_file", "the private key whose public half the host knows; passwords are not used")
	}
	if s.KnownHosts == "" {
		c.add(strings.TrimSuffix(at, "."), "an sftp source needs known_hosts", "ask the host's owner for its public key, by another way than this line; it is always checked")
	}
	c.unused(at, "sftp", s, []string{"key_file", "known_hosts"})
}

// unused refuses the keys that a kind of source does not read.
func (c *settingsCheck) unused(at, kind string, s Source, used []string) {
	for _, x := range []struct{ key, value string }{
		{"secret_env", s.SecretEnv}, {"secret_file", s.SecretFile}, {"key_file", s.KeyFile}, {"known_hosts", s.KnownHosts},
	} {
		if x.value != "" && !slices.Contains(used, x.key) {
			c.add(at+x.key, fmt.Sprintf("a source by %s has no %s", kind, x.key), "")
		}
	}
}

// Beside is a file that settings name: below the partnership's directory unless absolute.
func (p *Partnership) Beside(file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(p.Root, file)
}
