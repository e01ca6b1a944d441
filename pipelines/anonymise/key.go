package anonymise

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

const keyBytes = 32

// Key makes pseudonyms. Its secret never leaves it.
type Key struct{ secret []byte }

// ID names the key: eight hexadecimal digits that tell nothing of it. Every pseudonym begins
// with it, so that those of two keys are never taken for one another.
func (k Key) ID() string { return Pseudonym(k.secret, "wherry-key-id:v1", "")[:8] }

// Pseudonym is the keyed pseudonym of an identifier with the key's id before it.
func (k Key) Pseudonym(domain, identifier string) string {
	return k.ID() + "-" + Pseudonym(k.secret, domain, identifier)
}

// NewKey makes a key of 32 random bytes and writes it in hexadecimal to a file that only
// its owner can read. A file that is there already is never overwritten: with another key
// every pseudonym would change.
func NewKey(path string) (Key, error) {
	key := make([]byte, keyBytes)
	if _, err := rand.Read(key); err != nil {
		return Key{}, fmt.Errorf("making a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return Key{}, fmt.Errorf("making a key: %s is there already, and is not overwritten", path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("making a key: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return Key{}, fmt.Errorf("writing the key: %w", err)
	}
	return Key{key}, nil
}

// RotateKey puts a new key in the place of another, which is kept beside it as
// <path>.<id of the old key> for as long as both are needed.
func RotateKey(path string) (before, after Key, kept string, err error) {
	if before, err = ReadKey(path); err != nil {
		return Key{}, Key{}, "", err
	}
	kept = path + "." + before.ID()
	// A second name first: whatever happens next, the old key is not lost.
	if err := os.Link(path, kept); err != nil {
		return Key{}, Key{}, "", fmt.Errorf("keeping the old key: %w", err)
	}
	fresh := path + ".new"
	if after, err = NewKey(fresh); err != nil {
		return Key{}, Key{}, "", errors.Join(err, os.Remove(kept))
	}
	if err := os.Rename(fresh, path); err != nil {
		return Key{}, Key{}, "", fmt.Errorf("putting the new key in place: %w", err)
	}
	return before, after, kept, nil
}

// ReadKey reads a key file. It is refused where others may read it, or where it is not 32
// bytes in hexadecimal. No error holds any of its content.
func ReadKey(path string) (Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Key{}, fmt.Errorf("reading the key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return Key{}, fmt.Errorf("the key file %s can be read by others: run chmod 600 on it, and consider a new key", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("reading the key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(key) != keyBytes {
		return Key{}, fmt.Errorf("the key file %s does not hold 64 hexadecimal digits: make one with wherry key new", path)
	}
	return Key{key}, nil
}

// Pseudonym is the keyed pseudonym of an identifier: 64 hexadecimal digits. One domain for
// each kind of thing keeps a referral's pseudonym from being a child's. The identifier must
// be in canonical form.
func Pseudonym(key []byte, domain, identifier string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(domain))
	mac.Write([]byte{0})
	mac.Write([]byte(identifier))
	return hex.EncodeToString(mac.Sum(nil))
}

// The domains of the feeds. A new version is a new domain.
const (
	childDomain      = "csc-child:v1"
	contactDomain    = "csc-contact:v1"
	referralDomain   = "csc-referral:v1"
	assessmentDomain = "csc-assessment:v1"
)

// canonical is an identifier in the one form that is hashed: capitals, without any space.
func canonical(id string) string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(id, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' || r == '\ufeff'
	}), ""))
}
