package audit

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"
)

// workbook is an audience's workbook as its parts give it. What is not of a known form is
// refused: a comment, a name for a range, a hidden sheet, a formula, a property.
type workbook struct {
	*copies
	file  string // below the edition
	parts map[string][]byte
}

// checkWorkbook holds the workbook against the data files, cell by cell, and its frame against
// the forms that it may have.
func (c *copies) checkWorkbook(r *Report, file string) error {
	own := *c
	own.tables = slices.DeleteFunc(slices.Clone(c.tables), func(t dataTable) bool { return len(t.lines) == 0 })
	w := &workbook{copies: &own, file: c.folder + "/data/" + c.workbookFile(), parts: map[string][]byte{}}
	if err := w.unpack(r, file); err != nil {
		return err
	}
	w.checkFrame(r)
	found := make([]Report, len(own.tables)+len(otherSheets))
	var work errgroup.Group
	for i := range found {
		work.Go(func() error {
			w.checkSheet(&found[i], i)
			return nil
		})
	}
	err := work.Wait()
	for _, f := range found {
		r.Checked += f.Checked
		r.Findings = append(r.Findings, f.Findings...)
	}
	return err
}

// sheetName is that of the sheet at a place in the order.
func (w *workbook) sheetName(at int) string {
	if at < len(otherSheets) {
		return otherSheets[at]
	}
	return w.tables[at-len(otherSheets)].measure.ID
}

// otherSheets are the sheets before those of measures. They hold no figure.
var otherSheets = []string{"Cover", "Contents", "Notes"}

func sheetPart(at int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", at+1) }

// tablePart is the part of a sheet's table; the first sheet has none.
func tablePart(at int) string { return fmt.Sprintf("xl/tables/table%d.xml", at) }

// frameParts are the parts of every workbook beside its sheets and tables.
var frameParts = []string{"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/theme/theme1.xml", "xl/workbook.xml"}

// unpack reads the parts. The archive may hold nothing else: no part too many or twice, no
// comment, no time but the edition's, no byte between.
func (w *workbook) unpack(r *Report, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return fmt.Errorf("%s: %w", w.workbookFile(), err)
	}
	known := map[string]bool{}
	for _, name := range frameParts {
		known[name] = true
	}
	for i := range len(w.tables) + len(otherSheets) {
		known[sheetPart(i)] = true
		if i > 0 {
			known[tablePart(i)], known[relsOf(sheetPart(i))] = true, true
		}
	}
	const header, directory, after, end = 30, 46, 16, 22 // bytes about each part and the whole
	size := end
	for _, f := range z.File {
		r.Checked++
		size += header + directory + after + 2*len(f.Name) + 2*len(f.Extra) + int(f.CompressedSize64)
		if f.Comment != "" || len(f.Extra) > 9 || f.Modified.UTC().Format(time.DateOnly) != w.AsAt {
			r.add(w.file, f.Name, RuleCopy, "a part has a comment, or a time of its own")
		}
		if !known[f.Name] {
			r.add(w.file, f.Name, RuleUnknown, "the auditor does not know this part of a workbook")
			continue
		}
		delete(known, f.Name)
		in, err := f.Open()
		if err != nil {
			return err
		}
		if w.parts[f.Name], err = io.ReadAll(in); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for name := range known {
		if name != relsOf(sheetPart(0)) {
			r.add(w.file, name, RuleUnknown, "the workbook lacks a part")
		}
	}
	if z.Comment != "" || size != len(text) {
		r.add(w.file, "archive", RuleCopy, "the archive holds more than its parts")
	}
	return nil
}

func relsOf(part string) string { return path.Dir(part) + "/_rels/" + path.Base(part) + ".rels" }

// frameForms are the tags that parts beside styles and theme may have.
var frameForms = map[string]*regexp.Regexp{
	"[Content_Types].xml": regexp.MustCompile(`^<(Types xmlns="http://schemas\.openxmlformats\.org/package/2006/content-types"|Default Extension="(rels|xml)" ContentType="application/[a-z.+-]+"|Override PartName="/(xl|docProps)/[a-z/]+\d{0,3}\.xml" ContentType="application/vnd\.openxmlformats-[a-z.+-]+")>$`),
	"_rels/.rels":         relationForm,
	"docProps/app.xml":    regexp.MustCompile(`^<(Properties( xmlns(:vt)?="http://schemas\.openxmlformats\.org/officeDocument/2006/[A-Za-z-]+")+|Company|Application)>$`),
	"docProps/core.xml": regexp.MustCompile(`^<(coreProperties xmlns="http://schemas\.openxmlformats\.org/package/2006/metadata/core-properties"( xmlns:(dc|dcterms|dcmitype|xsi)="http://[a-zA-Z0-9./-]+")+` +
		`|dc:title|dc:subject|dc:creator|keywords|lastModifiedBy|dc:language|dcterms:(created|modified) xsi:type="dcterms:W3CDTF")>$`),
	"xl/_rels/workbook.xml.rels": relationForm,
	"xl/workbook.xml": regexp.MustCompile(`^<(workbook( xmlns(:r)?="http://schemas\.openxmlformats\.org/[a-zA-Z0-9/-]+")+` +
		`|workbookPr filterPrivacy="true" defaultThemeVersion="164011"|bookViews|workbookView xWindow="0" yWindow="0" windowWidth="14805" windowHeight="8010"|sheets|sheet name="[^"]*" sheetId="\d+" r:id="rId\d+")>$`),
}

var relationForm = regexp.MustCompile(`^<(Relationships xmlns="http://schemas\.openxmlformats\.org/package/2006/relationships"|Relationship Id="rId\d+" Target="(\.\./)?[a-zA-Z/]+\d{0,3}\.xml" Type="http://schemas\.openxmlformats\.org/[a-zA-Z0-9/-]+")>$`)

// looks are the SHA-256 of the parts that say how a workbook looks, which are always the same.
var looks = map[string]string{
	"xl/styles.xml":       "91807f2dfead6f439d7ba76f9e5636b696d8c589ab8e44280749623155338672",
	"xl/theme/theme1.xml": "7132e0167227dc0a9b8a8348fe3b66ceaf802138e2216148da069bb0f9942b5c",
}

// checkFrame holds the parts that hold no cells against their forms.
func (w *workbook) checkFrame(r *Report) {
	for part, want := range looks {
		r.Checked++
		if sum := sha256.Sum256(w.parts[part]); hex.EncodeToString(sum[:]) != want {
			r.add(w.file, part, RuleUnknown, "the auditor does not know how this workbook looks")
		}
	}
	for part, form := range frameForms {
		w.checkForm(r, part, form)
	}
	w.checkOrder(r)
}

// checkForm holds each tag of a part against a form, and each text against what may be said.
func (w *workbook) checkForm(r *Report, part string, form *regexp.Regexp) {
	markup(w.parts[part], func(text, tag string) bool {
		r.Checked++
		if !strings.HasPrefix(tag, "</") && tag != xmlHeader && !form.MatchString(tag) {
			r.add(w.file, part, RuleUnknown, "the auditor does not know what stands here")
			return false
		}
		said := html.UnescapeString(strings.TrimSpace(text))
		if said != w.AsAt+"T00:00:00Z" && !w.quiet(said) {
			r.add(w.file, part, RuleCopy, "it says a number that the catalogue does not")
		}
		return true
	})
}

const xmlHeader = `<?xml version="1.0" encoding="UTF-8"?>`

// markup goes through a part: the text before each tag, and the tag. do says whether to go on.
func markup(part []byte, do func(text, tag string) bool) {
	rest := string(part)
	for rest != "" {
		from := strings.IndexByte(rest, '<')
		to := strings.IndexByte(rest[max(from, 0):], '>')
		if from < 0 || to < 0 {
			do(rest, "")
			return
		}
		if !do(rest[:from], rest[from:from+to+1]) {
			return
		}
		rest = rest[from+to+1:]
	}
}

var (
	sheetForm    = regexp.MustCompile(`<sheet name="([^"]*)" sheetId="(\d+)" r:id="(rId\d+)">`)
	relationsOne = regexp.MustCompile(`Id="(rId\d+)" Target="([^"]*)"`)
)

// checkOrder holds the list of sheets against the measures of the catalogue: no other, and none
// hidden.
func (w *workbook) checkOrder(r *Report) {
	targets := map[string]string{}
	for _, m := range relationsOne.FindAllStringSubmatch(string(w.parts["xl/_rels/workbook.xml.rels"]), -1) {
		targets[m[1]] = "xl/" + m[2]
	}
	sheets := sheetForm.FindAllStringSubmatch(string(w.parts["xl/workbook.xml"]), -1)
	if len(sheets) != len(w.tables)+len(otherSheets) {
		r.add(w.file, "sheets", RuleCopy, "the sheets are not those of the measures")
		return
	}
	for i, s := range sheets {
		r.Checked++
		if s[1] != w.sheetName(i) || s[2] != fmt.Sprint(i+1) || targets[s[3]] != sheetPart(i) {
			r.add(w.file, w.sheetName(i), RuleCopy, "a sheet is not that of its measure")
		}
	}
}
