package fetch

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
	"gocloud.dev/blob"
	"gocloud.dev/blob/azureblob"

	"wherry/config"
)

// The account that the emulator is given: made up, and good for nothing else.
const (
	emulated    = "countydrop"
	emulatedKey = "d2hlcnJ5IHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldCBhdCBhbGwu"
)

// azurite starts the emulator of Azure Blob and returns the connection string of its account.
func azurite(t *testing.T) string {
	t.Helper()
	program, err := filepath.Abs("../../.ci/azurite/node_modules/.bin/azurite-blob")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("the Azure emulator is not installed: make .make/azurite")
	}
	port := freePort(t)
	cmd := exec.Command("node", program, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
		"--blobHost", "127.0.0.1", "--blobPort", port)
	cmd.Env = append(os.Environ(), "AZURITE_ACCOUNTS="+emulated+":"+emulatedKey)
	start(t, cmd, port)
	return fmt.Sprintf("DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=http://127.0.0.1:%s/%s;", emulated, emulatedKey, port, emulated)
}

// start starts a server, waits until it answers, and ends it with the test.
func start(t *testing.T, cmd *exec.Cmd, port string) {
	t.Helper()
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
		if t.Failed() {
			t.Log(out.String())
		}
	})
	for range 600 {
		select {
		case <-ended:
			t.Fatalf("%s ended before it answered", cmd.Path)
		default:
		}
		if c, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			_ = c.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s did not answer in a minute", cmd.Path)
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// upload makes the container where it is not there, and puts blobs in it.
func upload(t *testing.T, connection string, blobs map[string]string) *blob.Bucket {
	t.Helper()
	client, err := azblob.NewClientFromConnectionString(connection, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = client.CreateContainer(context.Background(), "drop", nil)
	b, err := azureblob.OpenBucket(t.Context(), client.ServiceClient().NewContainerClient("drop"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	for name, text := range blobs {
		if err := b.WriteAll(t.Context(), name, []byte(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestAzureBlob(t *testing.T) {
	connection := azurite(t)
	long := strings.Repeat("a row of an extract\n", 40_000)
	b := upload(t, connection, map[string]string{"police/a.csv": "one", "police/long.csv": long, "police/long.csv.done": "",
		"police/older/c.csv": "not directly there", "health/h.csv": "of another", "police/up\\..\\x.csv": "x"})
	secret := filepath.Join(t.TempDir(), "police.storage")
	if err := os.WriteFile(secret, []byte(connection+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HEALTH_STORAGE", connection)
	p := partnership(t, config.Source{Agency: "police", URL: "azblob://drop?prefix=police", SecretFile: secret},
		config.Source{Agency: "health", URL: "azblob://drop?prefix=health/", SecretEnv: "HEALTH_STORAGE"})
	rs, said := fetchAll(t, p)
	if len(rs[0].Fetched) != 2 || len(rs[1].Fetched) != 1 || rs[0].Problem+rs[1].Problem != "" {
		t.Fatalf("%+v\n%s", rs, said)
	}
	holds(t, p, "police", map[string]string{"a.csv": "one", "long.csv": long})
	holds(t, p, "health", map[string]string{"h.csv": "of another"})

	// The same again is nothing to do; a blob written anew comes anew.
	time.Sleep(1100 * time.Millisecond) // the emulator counts in seconds
	if err := b.WriteAll(t.Context(), "police/a.csv", []byte("two"), nil); err != nil {
		t.Fatal(err)
	}
	if rs, _ = fetchAll(t, p); len(rs[0].Fetched) != 1 || rs[0].Before != 1 || rs[1].Before != 1 {
		t.Errorf("again: %+v", rs)
	}
	holds(t, p, "police", map[string]string{"a.csv": "two", "long.csv": long})
	if n := count(t, b); n != 6 {
		t.Errorf("the container holds %d blobs, want the 6 that were put there", n)
	}
}

func count(t *testing.T, b *blob.Bucket) (n int) {
	t.Helper()
	objects := b.List(nil)
	for {
		if _, err := objects.Next(t.Context()); err != nil {
			return n
		}
		n++
	}
}

// Whatever is wrong with an account, its secret is not in what is said.
func TestAzureRefusals(t *testing.T) {
	connection := azurite(t)
	upload(t, connection, map[string]string{"a.csv": "one"})
	wrongKey := strings.ReplaceAll(connection, emulatedKey, "bm90IHRoZSBrZXkgb2YgdGhpcyBhY2NvdW50IGF0IGFsbC4uLi4u")
	signed := "BlobEndpoint=http://127.0.0.1:1/" + emulated + ";SharedAccessSignature=sv=2021-08-06&sr=c&sp=rl&sig=c2VjcmV0c2VjcmV0"
	for _, c := range []struct{ name, container, secret, want string }{
		{"wrong key", "drop", wrongKey, "(1 try): the storage account answers 403 (AuthorizationFailure)"},
		{"no such container", "nowhere", connection, "(1 try): the storage account answers 404 (ContainerNotFound)"},
		{"no connection string", "drop", "hunter2hunter2", "(1 try): what the settings name is not the connection string"},
		{"empty", "drop", "", "(1 try): the variable POLICE_STORAGE, which should hold a secret, is empty"},
		{"in clear", "drop", strings.ReplaceAll(connection, "127.0.0.1", "drop.example.org"), "(1 try): the connection string is not for https"},
		{"out of reach", "drop", signed, "(2 tries): dial tcp 127.0.0.1:1: connect: connection refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("POLICE_STORAGE", c.secret)
			p := partnership(t, config.Source{Agency: "police", URL: "azblob://" + c.container, SecretEnv: "POLICE_STORAGE"})
			rs, said := fetchAll(t, p)
			if !strings.Contains(rs[0].Problem, c.want) {
				t.Errorf("got %q, want %q", rs[0].Problem, c.want)
			}
			for _, secret := range []string{emulatedKey, "bm90IHRoZSBr", "c2VjcmV0", "hunter2"} {
				if strings.Contains(said+rs[0].Problem, secret) {
					t.Errorf("a secret is in %q", said)
				}
			}
			holds(t, p, "police", nil)
		})
	}
}
