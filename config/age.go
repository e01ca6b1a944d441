package config

import (
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// Age says how what is encrypted with age is opened, and to whom the archive's rows and backups
// are encrypted. It names where secrets are kept, and holds none.
type Age struct {
	IdentityFile      string   `mapstructure:"identity_file"`      // the partnership's keys, open to their owner alone
	PassphraseEnv     string   `mapstructure:"passphrase_env"`     // the variable that holds a passphrase agreed with agencies
	PassphraseFile    string   `mapstructure:"passphrase_file"`    // or the file, open to its owner alone
	Recipients        []string `mapstructure:"recipients"`         // public keys that backups are encrypted to
	ArchiveRecipients []string `mapstructure:"archive_recipients"` // public keys that rows are sealed to in the archive; none where they lie plain
}

// age finds the faults of how files are encrypted. No message repeats what could be a secret.
func (c *settingsCheck) age() {
	a := c.Age
	if a.PassphraseEnv != "" && a.PassphraseFile != "" {
		c.add("age.passphrase_env", "a passphrase is kept in a variable or in a file, not in both", "")
	}
	if a.PassphraseEnv != "" && !variableName.MatchString(a.PassphraseEnv) {
		c.add("age.passphrase_env", "this is not the name of a variable", "name the variable, as in DROP_PASSPHRASE; never write the secret itself")
	}
	if strings.HasPrefix(a.IdentityFile, "AGE-") {
		c.add("age.identity_file", "this is not the name of a file", "name the file that holds the key; never write the key itself. This one is no longer secret: make another")
	}
	c.recipients("age.recipients", a.Recipients)
	c.recipients("age.archive_recipients", a.ArchiveRecipients)
}

// recipients checks public keys, each and together: one of the two kinds cannot stand with the
// other.
func (c *settingsCheck) recipients(key string, keys []string) {
	var all []age.Recipient
	for i, text := range keys {
		to, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil || !strings.HasPrefix(text, "age1") {
			c.add(fmt.Sprintf("%s.%d", key, i), "this is not a public key of age", "it begins with age1; age-keygen -y prints it. A key that begins with AGE-SECRET-KEY never stands here")
			return
		}
		all = append(all, to...)
	}
	if len(all) == 0 {
		return
	}
	if _, err := age.Encrypt(io.Discard, all...); err != nil {
		c.add(key, "these keys cannot be used together", "name either post-quantum keys (age1pq1...) or others, not both")
	}
}
