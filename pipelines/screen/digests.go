package screen

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"wherry/config"
)

// Digests knows the MD5, SHA-1 and SHA-256 digests of what identifiers are short enough to
// be tried one by one: NHS numbers of the test range, one in a thousand of the others, whole
// numbers of up to six digits, days of the last 110 years, and a partnership's own
// references where their form has no more than a million. Nine hundred million NHS numbers
// would take minutes; of a column of five thousand, one in a thousand finds some.
type Digests struct {
	locals []config.LocalID
	tables map[int]func() []uint64 // by length in hexadecimal digits: the first eight bytes of each digest, in order
}

// NewDigests works nothing out before it is asked. locals are a partnership's own
// references. It may be used from several goroutines.
func NewDigests(locals []config.LocalID) *Digests {
	d := &Digests{locals: locals}
	d.tables = map[int]func() []uint64{
		2 * md5.Size:    sync.OnceValue(func() []uint64 { return d.table(md5First) }),
		2 * sha1.Size:   sync.OnceValue(func() []uint64 { return d.table(sha1First) }),
		2 * sha256.Size: sync.OnceValue(func() []uint64 { return d.table(sha256First) }),
	}
	return d
}

func md5First(b []byte) uint64 {
	sum := md5.Sum(b)
	return binary.BigEndian.Uint64(sum[:])
}

func sha1First(b []byte) uint64 {
	sum := sha1.Sum(b)
	return binary.BigEndian.Uint64(sum[:])
}

func sha256First(b []byte) uint64 {
	sum := sha256.Sum256(b)
	return binary.BigEndian.Uint64(sum[:])
}

// Unkeyed says whether a pseudonym is the plain digest of such an identifier. By chance one
// in 10^13 would be.
func (d *Digests) Unkeyed(pseudonym string) bool {
	if _, after, ok := strings.Cut(pseudonym, "-"); ok {
		pseudonym = after
	}
	pseudonym, _, _ = strings.Cut(pseudonym, ":")
	table := d.tables[len(pseudonym)]
	if table == nil {
		return false
	}
	first, err := hex.DecodeString(pseudonym[:16])
	if err != nil {
		return false
	}
	_, found := slices.BinarySearch(table(), binary.BigEndian.Uint64(first))
	return found
}

func (d *Digests) table(first func([]byte) uint64) []uint64 {
	all := make([]uint64, 0, 2_600_000)
	add := func(b []byte) { all = append(all, first(b)) }
	text := make([]byte, 0, 16)
	for n := range int64(1_000_000) {
		add(strconv.AppendInt(text, n, 10))
		if number, ok := withCheckDigit(text, 999_000_000+n); ok {
			add(number)
		}
	}
	for n := int64(400_000_000); n < 800_000_000; n += 1000 {
		if number, ok := withCheckDigit(text, n); ok {
			add(number)
		}
	}
	for day := config.Day(1916, time.January, 1); day.Year() < 2027; day = day.AddDate(0, 0, 1) {
		for _, form := range []string{time.DateOnly, "02/01/2006", "02012006", "20060102"} {
			add(day.AppendFormat(text, form))
		}
	}
	for _, id := range []string{"123456789", "1234567890", "9434765919", "4010232137"} { // of handbooks
		add([]byte(id))
	}
	for _, l := range d.locals {
		spelled(l.Form, mostSpelled, add)
	}
	slices.Sort(all)
	return all
}

// withCheckDigit appends the NHS number that nine digits begin, if there is one.
func withCheckDigit(to []byte, nine int64) ([]byte, bool) {
	to = strconv.AppendInt(to, nine, 10)
	sum := 0
	for i, c := range to {
		sum += (10 - i) * int(c-'0')
	}
	check := (11 - sum%11) % 11
	return append(to, byte('0'+check)), check != 10
}
