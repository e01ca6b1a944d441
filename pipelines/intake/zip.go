package intake

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
)

// unpack takes the extract out of a zip that holds one; see spread for several. The zip's name says whose it is and for when;
// no name inside becomes the name of a file here. The error is a Refusal where it is not one
// extract, or larger than it may be.
func (e *extract) unpack(scratch string, most int64) error {
	z, err := zip.OpenReader(e.plain)
	if err != nil {
		return refuse("unreadable_file", "pack it again as a plain zip, or send it unpacked", "cannot be opened as a zip")
	}
	defer z.Close()
	member, refusal := oneMember(&z.Reader)
	if refusal == nil {
		refusal = e.isMember(member)
	}
	if refusal != nil {
		return refusal
	}
	limit := unpackedLimit(e.size, most)
	out, err := os.CreateTemp(scratch, "unpacked-*."+e.format)
	if err != nil {
		return fmt.Errorf("unpacking %s: %w", e.file(), err)
	}
	n, err := copyMember(out, member, limit)
	if closed := out.Close(); closed != nil {
		return fmt.Errorf("unpacking %s: %w", e.file(), closed)
	}
	if n > limit {
		return errors.Join(os.Remove(out.Name()), tooLargeUnpacked(limit))
	}
	if err != nil {
		return err
	}
	e.plain = out.Name()
	if r := rawReturn(e.plain); r != nil {
		return r
	}
	if !slices.Contains(e.contract.File.Formats, e.format) {
		return e.unknownFormat(e.format)
	}
	return nil
}

// copyMember unpacks at most a byte more than the limit.
func copyMember(out io.Writer, member *zip.File, limit int64) (int64, error) {
	damaged := refuse("unreadable_file", "pack it again, as a zip without a password, or send it unpacked", "holds a file that cannot be unpacked")
	r, err := member.Open()
	if err != nil {
		return 0, damaged
	}
	defer r.Close()
	from := &watched{from: io.LimitReader(r, limit+1)}
	n, err := io.Copy(out, from)
	if from.err != nil {
		return n, damaged
	}
	return n, err
}

// watched keeps a fault of reading apart from one of writing.
type watched struct {
	from io.Reader
	err  error
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.from.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// filesOf is the places of the files of a zip that are not there for the program that packed it.
func filesOf(z *zip.Reader) ([]int, *Refusal) {
	if len(z.File) > mostMembers {
		return nil, refuse("several_files", "send one extract in each zip", "holds %d files", len(z.File))
	}
	var found []int
	for i, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if path.IsAbs(name) || slices.Contains(strings.Split(name, "/"), "..") || strings.Contains(name, ":") {
			return nil, refuse("unsafe_name", "pack the extract alone, without folders", "holds a file whose name leads out of the zip")
		}
		base := path.Base(name)
		if f.FileInfo().IsDir() || strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") || strings.EqualFold(base, "thumbs.db") || strings.EqualFold(base, "desktop.ini") {
			continue
		}
		found = append(found, i)
	}
	if len(found) == 0 {
		return nil, refuse("empty_file", "pack the extract again", "holds no file")
	}
	return found, nil
}

// oneMember is the one file of a zip.
func oneMember(z *zip.Reader) (*zip.File, *Refusal) {
	found, refusal := filesOf(z)
	if refusal != nil {
		return nil, refusal
	}
	f := z.File[found[0]]
	if len(found) > 1 {
		return nil, refuse("several_files", "give one extract", "holds %d files", len(found))
	}
	if f.Name == contentTypes {
		return nil, workbookNamedZip()
	}
	return f, unreadableMember(f)
}

// contentTypes is a file that every workbook holds.
const contentTypes = "[Content_Types].xml"

func workbookNamedZip() *Refusal {
	return refuse("wrong_format", "name it .xlsx", "is a workbook named .zip")
}

// unreadableMember is why a packed file cannot be unpacked here.
func unreadableMember(f *zip.File) *Refusal {
	switch {
	case !f.Mode().IsRegular():
		return refuse("unsafe_name", "pack the extract itself", "holds a link, not a file")
	case f.Flags&1 != 0:
		return refuse("unreadable_file", "pack it again without a password", "is a zip with a password")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return refuse("unreadable_file", "pack it again as a plain zip, or send it unpacked", "is packed in a way that is not read here")
	}
	return nil
}

// packedEnding says that a name's ending is that of a packed file.
func packedEnding(ending string) bool {
	return slices.Contains([]string{"zip", "gz", "7z", "rar", "tar", "tgz", "bz2", "xz", "zst"}, ending)
}

func nestedZip() *Refusal {
	return refuse("nested_zip", "pack the extract once", "holds another packed file")
}

// isMember takes the format from the name of the file inside, and refuses one that says that
// it is for another period, or holds personal data.
func (e *extract) isMember(f *zip.File) *Refusal {
	base := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
	ending := strings.TrimPrefix(path.Ext(base), ".")
	look := e.look()
	if kind := cmp.Or(look.Label(strings.TrimSuffix(base, path.Ext(base))), look.Label(ending)); kind != "" {
		return refuse("personal_data", "delete the zip from the inbox, name the file in it by its feed and period and send it again",
			"has %s in the name of the file inside; nothing of it was loaded", look.Title(kind))
	}
	ending = strings.ToLower(ending)
	if packedEnding(ending) {
		return nestedZip()
	}
	e.format = formatOf(ending)
	// An XML file is opened: it may be a census return, and is then refused as one.
	if ending != "xml" && !slices.Contains(e.contract.File.Formats, e.format) {
		return e.unknownFormat(ending)
	}
	if text, sure, ok := newPattern(e.contract.File.Pattern).period(strings.TrimSuffix(base, path.Ext(base))); ok && sure && !e.isFor(text) {
		return refuse("name_differs", "give the zip and the file in it the same period", "is named for %s, and the file in it for another period", e.period)
	}
	return nil
}
