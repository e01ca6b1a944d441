package main

import (
	"os"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"

	"wherry/pipelines/seal"
)

// agekey makes an age key: agekey FILE VARIABLE writes the identity file, open to its owner
// alone, and sets the variable to its public half.
func agekey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: agekey FILE VARIABLE")
	}
	key, err := age.GenerateX25519Identity()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(key.String()+"\n"), 0o600))
	ts.Setenv(args[1], key.Recipient().String())
}

// sealed encrypts a file as an agency would: sealed FROM TO RECIPIENT.
func sealed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: sealed FROM TO RECIPIENT")
	}
	out, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	w, err := seal.Write(out, args[2:])
	ts.Check(err)
	_, err = w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(out.Close())
}
