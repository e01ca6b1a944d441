package intake

import (
	"encoding/binary"
	"errors"
	"io"
)

// The reader of Arrow files makes room for as many fields, buffers and bytes as a file says
// that it has: a file of a few hundred bytes can ask for all of the memory there is, and the
// program would end. So what a file says of itself is held against its size first.

// errFlat tells that a file says of itself what cannot be.
var errFlat = errors.New("not an Arrow file")

// flat is a FlatBuffer, in which Arrow describes schema and batches (Message.fbs, Schema.fbs).
type flat struct {
	b    []byte
	left int // tables that may still be looked at: tables may be shared, so that few bytes hold many
}

// table is where a table of a flat stands, and its fields.
type table struct {
	*flat
	at, fields, size int
}

func (f *flat) u16(at int) (int, error) {
	if at < 0 || at+2 > len(f.b) {
		return 0, errFlat
	}
	return int(binary.LittleEndian.Uint16(f.b[at:])), nil
}

func (f *flat) u32(at int) (int, error) {
	if at < 0 || at+4 > len(f.b) {
		return 0, errFlat
	}
	return int(binary.LittleEndian.Uint32(f.b[at:])), nil
}

// table is the one to which the offset at a place leads.
func (f *flat) table(place int) (table, error) {
	if f.left--; f.left < 0 {
		return table{}, errFlat
	}
	offset, err := f.u32(place)
	if err != nil {
		return table{}, err
	}
	at := place + offset
	back, err := f.u32(at)
	if err != nil {
		return table{}, err
	}
	fields := at - int(int32(back))
	size, err := f.u16(fields)
	if err != nil || size < 4 || fields+size > len(f.b) {
		return table{}, errFlat
	}
	return table{f, at, fields, size}, nil
}

// field is where the value of the field number n stands, 0 where there is none.
func (t table) field(n int) (int, error) {
	if 4+2*n+2 > t.size {
		return 0, nil
	}
	offset, err := t.u16(t.fields + 4 + 2*n)
	if err != nil || offset == 0 {
		return 0, err
	}
	if t.at+offset >= len(t.b) {
		return 0, errFlat
	}
	return t.at + offset, nil
}

// vector is where the entries of a field begin and how many there are; each is of so many
// bytes, which the buffer must have.
func (t table) vector(n, size int) (from, count int, err error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return 0, 0, err
	}
	offset, err := t.u32(at)
	if err != nil {
		return 0, 0, err
	}
	count, err = t.u32(at + offset)
	if err != nil || count > (len(t.b)-at-offset-4)/size {
		return 0, 0, errFlat
	}
	return at + offset + 4, count, nil
}

// tables calls check for each table of a field that is a list of them.
func (t table) tables(n int, check func(table) error) error {
	from, count, err := t.vector(n, 4)
	if err != nil {
		return err
	}
	for i := range count {
		entry, err := t.table(from + 4*i)
		if err == nil {
			err = check(entry)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// one calls check for the table of a field, where there is one.
func (t table) one(n int, check func(table) error) error {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return err
	}
	entry, err := t.table(at)
	if err != nil {
		return err
	}
	return check(entry)
}

func anything(table) error { return nil }

func fieldOfSchema(t table) error {
	const union = 14 // has a list of its own, and no column is one
	if at, err := t.field(2); err != nil || at > 0 && t.b[at] == union {
		return errFlat
	}
	if err := t.tables(5, fieldOfSchema); err != nil {
		return err
	}
	return t.tables(6, anything)
}

func schemaTable(t table) error {
	if err := t.tables(1, fieldOfSchema); err != nil {
		return err
	}
	return t.tables(2, anything)
}

func batchTable(t table) error {
	for field, size := range map[int]int{1: 16, 2: 16, 4: 8} {
		if _, _, err := t.vector(field, size); err != nil {
			return err
		}
	}
	return nil
}

// messageBody looks at the description of a message, and gives the length of what follows.
func messageBody(b []byte) (int64, error) {
	t, err := (&flat{b, 10 * mostColumns}).table(0)
	if err != nil {
		return 0, err
	}
	kind, err := t.field(1)
	if err != nil || kind == 0 {
		return 0, errFlat
	}
	check := map[byte]func(table) error{1: schemaTable, 3: batchTable,
		2: func(d table) error { return d.one(1, batchTable) }}[b[kind]]
	if check == nil {
		return 0, errFlat
	}
	if err := t.one(2, check); err != nil {
		return 0, err
	}
	if err := t.tables(4, anything); err != nil {
		return 0, err
	}
	at, err := t.field(3)
	if err != nil || at == 0 {
		return 0, err
	}
	if at+8 > len(b) {
		return 0, errFlat
	}
	return int64(binary.LittleEndian.Uint64(b[at:])), nil
}

// checkArrow looks at every message of a stream of Arrow, and at no row.
func checkArrow(r *io.SectionReader) error {
	for at := int64(0); ; {
		head := make([]byte, 8)
		n, err := r.ReadAt(head, at)
		if n < 8 && errors.Is(err, io.EOF) {
			return nil // some writers leave the end mark out
		}
		size := int64(binary.LittleEndian.Uint32(head))
		at += 4
		if size == 0xffffffff {
			size = int64(binary.LittleEndian.Uint32(head[4:]))
			at += 4
		}
		if size == 0 {
			return nil
		}
		if size > r.Size()-at || size > 64<<20 {
			return errFlat
		}
		described := make([]byte, size)
		if _, err := r.ReadAt(described, at); err != nil {
			return errFlat
		}
		body, err := messageBody(described)
		if err != nil || body < 0 || body > r.Size()-at-size {
			return errFlat
		}
		at += size + body
	}
}

// arrowStream is the messages of an Arrow file or stream. The file form has the same
// messages between its marks; its index of them is not needed.
func arrowStream(in io.ReaderAt, size int64) (*io.SectionReader, error) {
	mark := make([]byte, 6)
	if _, err := in.ReadAt(mark, 0); err != nil {
		return nil, errFlat
	}
	if string(mark) != "ARROW1" {
		return io.NewSectionReader(in, 0, size), nil
	}
	foot := make([]byte, 10)
	if size < 18 {
		return nil, errFlat
	}
	if _, err := in.ReadAt(foot, size-10); err != nil || string(foot[4:]) != "ARROW1" {
		return nil, errFlat // it was cut short
	}
	footer := int64(binary.LittleEndian.Uint32(foot))
	if footer > size-18 {
		return nil, errFlat
	}
	return io.NewSectionReader(in, 8, size-18-footer), nil
}
