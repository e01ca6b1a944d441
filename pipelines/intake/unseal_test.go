package intake

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// sealed encrypts text, in armour where asked.
func sealed(t *testing.T, text string, armoured bool, to ...age.Recipient) string {
	t.Helper()
	var out bytes.Buffer
	var in io.WriteCloser = nopCloser{&out}
	if armoured {
		in = armor.NewWriter(&out)
	}
	w, err := age.Encrypt(in, to...)
	check(t, err)
	_, err = io.WriteString(w, text)
	check(t, err)
	check(t, w.Close())
	check(t, in.Close())
	return out.String()
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// withKey gives the partnership a key and a passphrase, and returns what seals to them.
func withKey(t *testing.T, p *config.Partnership) (key *age.X25519Identity, phrase *age.ScryptRecipient) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	check(t, err)
	check(t, os.WriteFile(filepath.Join(p.Root, "key"), []byte("# ours\n"+key.String()+"\n"), 0o600))
	check(t, os.WriteFile(filepath.Join(p.Root, "phrase"), []byte("reed sail wind mill\n"), 0o600))
	p.Age = config.Age{IdentityFile: "key", PassphraseFile: "phrase"}
	phrase, err = age.NewScryptRecipient("reed sail wind mill")
	check(t, err)
	phrase.SetWorkFactor(10)
	return key, phrase
}

// However it was encrypted, the same content is the same delivery.
func TestWhatWasSentEncryptedIsWhatWasInIt(t *testing.T) {
	p := partnership(t)
	key, phrase := withKey(t, p)
	text := visits(row(1, good), row(2, good))
	put(t, p, "north/visit_2026-09.csv.age", sealed(t, text, false, key.Recipient()))
	o := one(t, p)
	if o.Status != Loaded || o.Accepted != 2 || o.File != "north/visit_2026-09.csv.age" || o.Feed != "visit" {
		t.Fatalf("%+v", o)
	}
	d := deliveries(t, p)[0]
	if d.Extract != "visit_2026-09.csv" || d.Bytes != int64(len(text)) {
		t.Errorf("%+v", d)
	}
	put(t, p, "north/visit_2026-09.csv.age", sealed(t, text, false, key.Recipient()))
	put(t, p, "north/visit_2026-09_armour.csv.AGE", sealed(t, text, true, key.Recipient()))
	put(t, p, "north/visit_2026-09_phrase.csv.age", sealed(t, text, false, phrase))
	put(t, p, "north/visit_2026-09_plain.csv", text)
	quantum, err := age.GenerateHybridIdentity()
	check(t, err)
	check(t, os.WriteFile(filepath.Join(p.Root, "key"), []byte(key.String()+"\n"+quantum.String()+"\n"), 0o600))
	put(t, p, "north/visit_2026-09_quantum.csv.age", sealed(t, text, false, quantum.Recipient()))
	for _, o := range receive(t, p).Outcomes {
		if o.Status != Unchanged || o.Delivery != d.ID {
			t.Errorf("%+v", o)
		}
	}
	put(t, p, "north/visit_2026-09.csv.age", sealed(t, visits(row(3, good)), false, key.Recipient()))
	if s := receive(t, p); s.Loaded() != 1 || len(deliveries(t, p)) != 2 {
		t.Errorf("a correction: %+v", s.Outcomes)
	}
	nothingLeft(t, p)
}

// nothingLeft says that no decrypted file is anywhere in the warehouse's folder.
func nothingLeft(t *testing.T, p *config.Partnership) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(p.Root, "warehouse", "unfinished-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestSealedFilesThatCannotBeOpened(t *testing.T) {
	p := partnership(t)
	key, _ := withKey(t, p)
	p.Limits.ExtractBytes = 400_000
	other, err := age.GenerateX25519Identity()
	check(t, err)
	wrong, err := age.NewScryptRecipient("not the words")
	check(t, err)
	wrong.SetWorkFactor(10)
	costly, err := age.NewScryptRecipient("reed sail wind mill")
	check(t, err)
	costly.SetWorkFactor(20)
	var rows []string
	for i := range 3000 {
		rows = append(rows, row(i, good))
	}
	whole := sealed(t, visits(rows...), false, key.Recipient())
	flipped := []byte(whole)
	flipped[len(flipped)-1000] ^= 1
	for _, c := range []struct{ name, text, rule, says string }{
		{"another's key", sealed(t, "x", false, other.Recipient()), "wrong_key", "is encrypted to a key or with a passphrase that is not this partnership's"},
		{"other words", sealed(t, "x", false, wrong), "wrong_key", "is encrypted to a key or with a passphrase that is not this partnership's"},
		{"too much work", sealed(t, "x", false, costly), "wrong_key", "work factor above 18"},
		{"cut short", whole[:len(whole)-70_000], "damaged", "cut short or changed"},
		{"cut between chunks", whole[:len(whole)-len(whole)%65552], "damaged", "cut short or changed"},
		{"one bit changed", string(flipped), "damaged", "cut short or changed"},
		{"more after its end", whole + "x", "damaged", "cut short or changed"},
		{"head changed", strings.Replace(whole, "-> X25519 ", "-> X25519 A", 1), "damaged", "cut short or changed"},
		{"not encrypted", visits(row(1, good)), "damaged", "cut short or changed"},
		{"empty", "", "damaged", "cut short or changed"},
		{"too large", sealed(t, strings.Repeat("0", 400_001), false, key.Recipient()), "too_large", "is larger than 400000 bytes"},
		{"sealed twice", sealed(t, whole, false, key.Recipient()), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			put(t, p, "north/visit_2026-09.csv.age", c.text)
			o := one(t, p)
			if o.Status != Refused || (c.rule != "" && o.Rule != c.rule) || !strings.Contains(o.Message, c.says) {
				t.Errorf("%+v", o)
			}
			if ds := deliveries(t, p); len(ds) != 0 {
				t.Errorf("kept: %+v", ds)
			}
			nothingLeft(t, p)
		})
	}
}

// What is wrong with the partnership's own key is for its engineer, not for the sender.
func TestKeysThatAreNotInOrder(t *testing.T) {
	p := partnership(t)
	key, _ := withKey(t, p)
	put(t, p, "north/visit_2026-09.csv.age", sealed(t, visits(row(1, good)), false, key.Recipient()))
	p.Age = config.Age{}
	if o := one(t, p); o.Rule != "wrong_key" || !strings.Contains(o.Message, "no key set to open it with") {
		t.Errorf("%+v", o)
	}
	p.Age = config.Age{IdentityFile: "key"}
	path := filepath.Join(p.Root, "key")
	for want, spoil := range map[string]func() error{
		"open to others (mode 0640)": func() error { return os.Chmod(path, 0o640) },
		"is not an age identity file": func() error {
			return os.WriteFile(path, []byte("AGE-SECRET-KEY-1HUNTER2"), 0o600)
		},
		"no such file": func() error { p.Age.IdentityFile = "gone"; return nil },
	} {
		check(t, os.WriteFile(path, []byte(key.String()), 0o600))
		check(t, os.Chmod(path, 0o600))
		p.Age.IdentityFile = "key"
		check(t, spoil())
		w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
		check(t, err)
		_, err = receiveWith(t, w, p)
		check(t, w.Close())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "HUNTER2") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
