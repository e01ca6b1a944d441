package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// largestSecret bounds the files that hold keys and passphrases, in bytes.
const largestSecret = 64 << 10

// ReadPrivate reads a file that holds a secret. One that others than its owner may read or
// write is refused. No message holds what the file holds.
func ReadPrivate(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		if pe := new(fs.PathError); errors.As(err, &pe) {
			err = pe.Err
		}
		return nil, fmt.Errorf("the secret file %s cannot be read: %w", path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the secret file %s cannot be read: %w", path, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("the secret file %s is not a plain file", path)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("the secret file %s is open to others (mode %04o): chmod 600 %s", path, info.Mode().Perm(), path)
	case info.Size() > largestSecret:
		return nil, fmt.Errorf("the secret file %s is larger than any secret: %d bytes", path, info.Size())
	}
	b, err := io.ReadAll(io.LimitReader(f, largestSecret))
	if err != nil {
		return nil, fmt.Errorf("the secret file %s cannot be read: %w", path, err)
	}
	return b, nil
}

// Secret is what the variable holds, or the first line of the file where no variable is named.
func (p *Partnership) Secret(variable, file string) (string, error) {
	if variable != "" {
		text := os.Getenv(variable)
		if text == "" {
			return "", fmt.Errorf("the variable %s, which should hold a secret, is empty", variable)
		}
		return text, nil
	}
	b, err := ReadPrivate(p.Beside(file))
	if err != nil {
		return "", err
	}
	line, _, _ := bytes.Cut(b, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 {
		return "", fmt.Errorf("the secret file %s is empty", file)
	}
	return string(line), nil
}
