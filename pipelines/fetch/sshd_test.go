package fetch

import (
	"crypto/ed25519"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"wherry/config"
)

// sftpUser is a user that every Debian has, and that may do nothing; the server shuts it in a
// folder.
const sftpUser = "nobody"

// host is an OpenSSH server that gives one user SFTP in a folder of its own and nothing else.
type host struct {
	source     config.Source
	drop       string // what the user sees as /out
	knownHosts string
	stranger   ssh.PublicKey // a host key that is not its own
	address    string
}

func sshd(t *testing.T) host {
	t.Helper()
	const program = "/usr/sbin/sshd"
	if _, err := os.Stat(program); err != nil {
		t.Skip("OpenSSH's server is not installed: make .make/sshd")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can start an SSH server that shuts a user in a folder")
	}
	// Every folder above a chroot must be root's alone, which t.TempDir is not.
	dir, err := os.MkdirTemp("/var/lib", "wherry-sshd-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	h := host{drop: filepath.Join(dir, "jail", "out"), knownHosts: filepath.Join(dir, "known_hosts")}
	if err := os.MkdirAll(h.drop, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
		t.Fatal(err)
	}
	mine, key := newKey(t, filepath.Join(dir, "client"))
	hostKey, _ := newKey(t, filepath.Join(dir, "host"))
	h.stranger, _ = newKey(t, filepath.Join(dir, "stranger"))
	put(t, filepath.Join(dir, "authorized_keys"), string(ssh.MarshalAuthorizedKey(mine)))
	port := freePort(t)
	put(t, filepath.Join(dir, "sshd_config"), fmt.Sprintf(`Port %s
ListenAddress 127.0.0.1
HostKey %s
PidFile none
AuthorizedKeysFile %s
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowUsers %s
Subsystem sftp internal-sftp
ChrootDirectory %s
ForceCommand internal-sftp
`, port, filepath.Join(dir, "host"), filepath.Join(dir, "authorized_keys"), sftpUser, filepath.Join(dir, "jail")))
	start(t, exec.Command(program, "-D", "-e", "-f", filepath.Join(dir, "sshd_config")), port)
	h.address = "127.0.0.1:" + port
	h.trust(t, hostKey)
	h.source = config.Source{Agency: "health", URL: "sftp://" + sftpUser + "@" + h.address + "/out", KeyFile: key, KnownHosts: h.knownHosts}
	return h
}

// trust makes a key the only one that known_hosts has for the host.
func (h host) trust(t *testing.T, key ssh.PublicKey) {
	t.Helper()
	put(t, h.knownHosts, knownhosts.Line([]string{h.address}, key)+"\n")
}

// newKey writes a private key for its owner alone, and returns its public half.
func newKey(t *testing.T, path string) (ssh.PublicKey, string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return key, path
}

func TestSFTP(t *testing.T) {
	h := sshd(t)
	p := partnership(t, h.source)
	long := strings.Repeat("a row of an extract\n", 50_000)
	put(t, filepath.Join(h.drop, "a.csv"), "one")
	put(t, filepath.Join(h.drop, "long.csv"), long)
	put(t, filepath.Join(h.drop, "long.csv.ready"), "")
	put(t, filepath.Join(h.drop, "locked.csv"), "not for them")
	if err := os.Chmod(filepath.Join(h.drop, "locked.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.csv", filepath.Join(h.drop, "link.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(h.drop, "older"), 0o755); err != nil {
		t.Fatal(err)
	}
	rs, said := fetchAll(t, p)
	if len(rs[0].Fetched) != 2 || len(rs[0].Refused) != 1 || !strings.Contains(rs[0].Problem, "copying locked.csv: ") || !strings.Contains(rs[0].Problem, "ermission denied") {
		t.Fatalf("%+v\n%s", rs[0], said)
	}
	holds(t, p, "health", map[string]string{"a.csv": "one", "long.csv": long})

	put(t, filepath.Join(h.drop, "a.csv"), "three")
	if err := os.Remove(filepath.Join(h.drop, "locked.csv")); err != nil {
		t.Fatal(err)
	}
	if rs, _ := fetchAll(t, p); len(rs[0].Fetched) != 1 || rs[0].Before != 1 || rs[0].Problem != "" {
		t.Errorf("a new version: %+v", rs[0])
	}
	holds(t, p, "health", map[string]string{"a.csv": "three", "long.csv": long})
}

func TestSFTPRefusals(t *testing.T) {
	h := sshd(t)
	put(t, filepath.Join(h.drop, "a.csv"), "one")
	_, other := newKey(t, filepath.Join(t.TempDir(), "other"))
	open := filepath.Join(t.TempDir(), "open")
	if b, err := os.ReadFile(h.source.KeyFile); err != nil || os.WriteFile(open, b, 0o640) != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty")
	put(t, empty, "")
	for _, c := range []struct {
		name   string
		change func(*config.Source)
		want   string
	}{
		{"a key of a stranger", func(s *config.Source) { s.KeyFile = other }, "(1 try): the host does not take the key for this user"},
		{"a key open to others", func(s *config.Source) { s.KeyFile = open }, "is open to others (mode 0640): chmod 600"},
		{"no key", func(s *config.Source) { s.KeyFile = open + "x" }, "cannot be read: no such file or directory"},
		{"no private key", func(s *config.Source) { s.KeyFile = h.source.KnownHosts }, "known_hosts"},
		{"a host nobody vouched for", func(s *config.Source) { s.KnownHosts = empty }, "(1 try): " + empty + " holds no key for 127.0.0.1:"},
		{"another user", func(s *config.Source) { s.URL = strings.Replace(s.URL, sftpUser, "root", 1) }, "(1 try): the host does not take the key"},
		{"no such folder", func(s *config.Source) { s.URL += "/gone" }, "(2 tries): listing the folder: file does not exist"},
		{"above its folder", func(s *config.Source) { s.URL = strings.Replace(s.URL, "/out", "/../../../root", 1) }, "listing the folder: file does not exist"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := h.source
			c.change(&s)
			p := partnership(t, s)
			if rs, _ := fetchAll(t, p); !strings.Contains(rs[0].Problem, c.want) {
				t.Errorf("got %q, want %q", rs[0].Problem, c.want)
			}
			holds(t, p, "health", nil)
		})
	}
}

// A host that shows a key other than the one in known_hosts is not spoken to at all.
func TestAHostThatIsNotWhoItShouldBeIsRefused(t *testing.T) {
	h := sshd(t)
	put(t, filepath.Join(h.drop, "a.csv"), "one")
	h.trust(t, h.stranger)
	p := partnership(t, h.source)
	rs, _ := fetchAll(t, p)
	if !strings.Contains(rs[0].Problem, "(1 try): the host key that "+h.address+" shows is not the one in "+h.knownHosts) {
		t.Errorf("%+v", rs[0])
	}
	holds(t, p, "health", nil)
}
