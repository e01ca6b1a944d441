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

// NewKey makes a key of 32 random bytes and writes it in hexadecimal to a file that only
// its owner can read. A file that is there already is never overwritten: with another key
// every pseudonym would change.
func NewKey(path string) error {
	key := make([]byte, keyBytes)
	if _, err := rand.Read(key); err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("making a key: %s is there already, and is not overwritten", path)
	}
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing the key: %w", err)
	}
	return nil
}

// ReadKey reads a key file. It is refused where others may read it, or where it is not 32
// bytes in hexadecimal. No error holds any of its content.
func ReadKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("reading the key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the key file %s can be read by others: run chmod 600 on it, and consider a new key", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(key) != keyBytes {
		return nil, fmt.Errorf("the key file %s does not hold 64 hexadecimal digits: make one with --new-key", path)
	}
	return key, nil
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
