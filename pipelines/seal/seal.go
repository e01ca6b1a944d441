package seal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"wherry/config"
)

// Ending is how the names of sealed files end.
const Ending = ".age"

// workFactor is the most work (2^n) that the passphrase of a stranger's file may ask for:
// age's own, a quarter of a gigabyte and about a second.
const workFactor = 18

// WrongKey is the Rule of a file that the keys at hand do not open.
const WrongKey = "wrong_key"

// Fault is what is wrong with a sealed file: Says completes "<file> ...".
type Fault struct {
	Rule string // WrongKey or damaged
	Says string
	Hint string
}

func (f *Fault) Error() string { return f.Says }

func wrongKey(says, hint string) *Fault { return &Fault{WrongKey, says, hint} }

func damaged() *Fault {
	return &Fault{"damaged", "is encrypted, and was cut short or changed on the way", "send it again"}
}

// Keys are what opens files sealed to the partnership, nil where its settings name nothing.
func Keys(p *config.Partnership) ([]age.Identity, error) {
	var keys []age.Identity
	if p.Age.IdentityFile != "" {
		text, err := config.ReadPrivate(p.Beside(p.Age.IdentityFile))
		if err != nil {
			return nil, err
		}
		if keys, err = age.ParseIdentities(bytes.NewReader(text)); err != nil {
			return nil, fmt.Errorf("%s is not an age identity file, as age-keygen writes it", p.Age.IdentityFile)
		}
	}
	if p.Age.PassphraseEnv != "" || p.Age.PassphraseFile != "" {
		words, err := p.Secret(p.Age.PassphraseEnv, p.Age.PassphraseFile)
		if err != nil {
			return nil, err
		}
		key, err := age.NewScryptIdentity(words)
		if err != nil {
			return nil, errors.New("the passphrase of age cannot be used")
		}
		key.SetMaxWorkFactor(workFactor)
		keys = append(keys, key)
	}
	return keys, nil
}

// Open gives what is in a sealed file. What its Read returns may be a *Fault too.
func Open(in io.Reader, keys []age.Identity) (io.Reader, error) {
	if len(keys) == 0 {
		return nil, wrongKey("is encrypted, and this partnership has no key set to open it with", "the partnership sets age in wherry.yaml, or the file is sent without encryption by a safe way")
	}
	buffered := bufio.NewReader(in)
	in = buffered
	if start, _ := buffered.Peek(len(armor.Header)); string(start) == armor.Header {
		in = armor.NewReader(buffered)
	}
	out, err := age.Decrypt(in, keys...)
	var none *age.NoIdentityMatchError
	switch {
	case err == nil:
		return content{out}, nil
	case errors.As(err, &none):
		return nil, wrongKey("is encrypted to a key or with a passphrase that is not this partnership's", "encrypt it to the partnership's public key, which begins with age1")
	case strings.Contains(err.Error(), "work factor too large"): // the library gives it no type
		return nil, wrongKey(fmt.Sprintf("is encrypted with a passphrase at a work factor above %d", workFactor), "use age itself, or encrypt it to the partnership's public key")
	}
	return nil, damaged()
}

// content is an opened file. Whatever is wrong with it while it is read is damage.
type content struct{ from io.Reader }

func (c content) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged()
	}
	return n, err
}

// Write seals what is written to it, for those who hold the keys of the recipients. It is
// whole when Close returns nil.
func Write(out io.Writer, recipients []string) (io.WriteCloser, error) {
	to, err := age.ParseRecipients(strings.NewReader(strings.Join(recipients, "\n")))
	if err != nil {
		return nil, errors.New("a recipient is not a public key of age")
	}
	return age.Encrypt(out, to...)
}

// Opens says whether the keys open what is sealed to the recipients.
func Opens(keys []age.Identity, recipients []string) bool {
	if len(keys) == 0 || len(recipients) == 0 {
		return false
	}
	var b bytes.Buffer
	w, err := Write(&b, recipients)
	if err != nil || w.Close() != nil {
		return false
	}
	_, err = Open(&b, keys)
	return err == nil
}
