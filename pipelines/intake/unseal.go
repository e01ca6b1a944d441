package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"wherry/pipelines/seal"
)

// unseal decrypts an extract that was sent encrypted into scratch, where only this account can
// read it, and makes it the extract. So a delivery is named by what was in the file: the same
// rows encrypted again are a file received before. A file that cannot be opened to its very
// end is a Refusal, and nothing of it is kept. age does not compress, so that what was in a
// file is never larger than it.
func (e *extract) unseal(scratch string, keys func() ([]age.Identity, error)) (err error) {
	if e.sealed == "" || e.path != e.lies {
		return nil
	}
	held, err := keys()
	if err != nil {
		return fmt.Errorf("opening %s: %w", e.file(), err)
	}
	in, err := os.Open(e.lies)
	if err != nil {
		return fmt.Errorf("opening %s: %w", e.file(), err)
	}
	defer in.Close()
	name := sha256.Sum256([]byte(e.file()))
	path := filepath.Join(scratch, "opened-"+hex.EncodeToString(name[:8])+"."+e.format)
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("opening %s: %w", e.file(), err)
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	content, err := seal.Open(in, held)
	if err == nil {
		e.size, err = io.Copy(out, content)
	}
	var fault *seal.Fault
	switch {
	case errors.As(err, &fault):
		return refuse(fault.Rule, fault.Hint, "%s", fault.Says)
	case err != nil:
		return fmt.Errorf("opening %s: %w", e.file(), err)
	}
	e.path = path
	return nil
}
