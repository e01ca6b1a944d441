package rules

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

// book is a workbook as its parts give it.
type book struct {
	parts  map[string][]byte
	sheets []*sheet
	styles styles
	core   core
	active int // the sheet that it opens with
}

// core is the document properties.
type core struct {
	Title    string `xml:"title"`
	Creator  string `xml:"creator"`
	Language string `xml:"language"`
	Created  string `xml:"created"`
}

type styles struct {
	Fonts []struct {
		Bold *struct{} `xml:"b"`
		Size struct {
			Val float64 `xml:"val,attr"`
		} `xml:"sz"`
		Align *struct{} `xml:"vertAlign"`
	} `xml:"fonts>font"`
	Fills []struct {
		Pattern struct {
			Type string `xml:"patternType,attr"`
		} `xml:"patternFill"`
		Gradient *struct{} `xml:"gradientFill"`
	} `xml:"fills>fill"`
	Cells []cellStyle `xml:"cellXfs>xf"`
}

type cellStyle struct {
	Font      int `xml:"fontId,attr"`
	Fill      int `xml:"fillId,attr"`
	Alignment struct {
		Wrap string `xml:"wrapText,attr"`
	} `xml:"alignment"`
}

type sheet struct {
	name, state string
	view        struct {
		Pane      *struct{} `xml:"pane"`
		Selection []struct {
			Active string `xml:"activeCell,attr"`
		} `xml:"selection"`
	}
	hiddenColumns bool
	rows          []row
	tables        []table
	merged        int
	others        []string // elements that are neither cells nor how they look
	filter        bool
}

type row struct {
	Number int    `xml:"r,attr"`
	Hidden string `xml:"hidden,attr"`
	Cells  []cell `xml:"c"`
}

type cell struct {
	Ref     string `xml:"r,attr"`
	Style   int    `xml:"s,attr"`
	Type    string `xml:"t,attr"`
	Value   string `xml:"v"`
	Text    string `xml:"is>t"`
	Formula *struct {
		Text string `xml:",chardata"`
	} `xml:"f"`
	Rich []struct{} `xml:"is>r"`
}

// text is what the cell says.
func (c cell) text() string {
	if c.Type == "inlineStr" {
		return c.Text
	}
	return c.Value
}

func (c cell) isNumber() bool { return c.Type == "" || c.Type == "n" }

// table is a marked table.
type table struct {
	Name    string    `xml:"displayName,attr"`
	Ref     string    `xml:"ref,attr"`
	Heads   *int      `xml:"headerRowCount,attr"`
	Totals  int       `xml:"totalsRowCount,attr"`
	Filter  *struct{} `xml:"autoFilter"`
	Columns []struct {
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
}

type relationships struct {
	All []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func read(file string) (*book, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b := &book{parts: map[string][]byte{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		b.parts[f.Name], err = io.ReadAll(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		if err := r.Close(); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if err := b.part("docProps/core.xml", &b.core); err != nil {
		return nil, err
	}
	if err := b.part("xl/styles.xml", &b.styles); err != nil {
		return nil, err
	}
	return b, b.readSheets()
}

func (b *book) part(name string, into any) error {
	text, there := b.parts[name]
	if !there {
		return fmt.Errorf("there is no %s", name)
	}
	if err := xml.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (b *book) readSheets() error {
	var list struct {
		Views []struct {
			Active int `xml:"activeTab,attr"`
		} `xml:"bookViews>workbookView"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.part("xl/workbook.xml", &list); err != nil {
		return err
	}
	if len(list.Views) > 0 {
		b.active = list.Views[0].Active
	}
	targets, err := b.targets("xl/workbook.xml")
	if err != nil {
		return err
	}
	for _, s := range list.Sheets {
		read, err := b.readSheet(targets[s.ID])
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
		read.name, read.state = s.Name, s.State
		b.sheets = append(b.sheets, read)
	}
	return nil
}

// targets is the parts that a part refers to, by the id of the reference.
func (b *book) targets(of string) (map[string]string, error) {
	found := map[string]string{}
	name := path.Dir(of) + "/_rels/" + path.Base(of) + ".rels"
	if _, there := b.parts[name]; !there {
		return found, nil
	}
	var rels relationships
	if err := b.part(name, &rels); err != nil {
		return nil, err
	}
	for _, r := range rels.All {
		if strings.HasPrefix(r.Target, "/") {
			found[r.ID] = r.Target[1:]
		} else {
			found[r.ID] = path.Join(path.Dir(of), r.Target)
		}
	}
	return found, nil
}

func (b *book) readSheet(part string) (*sheet, error) {
	var x struct {
		Views []struct {
			Pane      *struct{} `xml:"pane"`
			Selection []struct {
				Active string `xml:"activeCell,attr"`
			} `xml:"selection"`
		} `xml:"sheetViews>sheetView"`
		Columns []struct {
			Hidden string `xml:"hidden,attr"`
		} `xml:"cols>col"`
		Rows   []row      `xml:"sheetData>row"`
		Merged []struct{} `xml:"mergeCells>mergeCell"`
		Filter *struct{}  `xml:"autoFilter"`
		Tables []struct {
			ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"tableParts>tablePart"`
		Others []struct {
			XMLName xml.Name
		} `xml:",any"`
	}
	if err := b.part(part, &x); err != nil {
		return nil, err
	}
	s := &sheet{rows: x.Rows, merged: len(x.Merged), filter: x.Filter != nil}
	if len(x.Views) > 0 {
		s.view.Pane, s.view.Selection = x.Views[0].Pane, x.Views[0].Selection
	}
	for _, c := range x.Columns {
		s.hiddenColumns = s.hiddenColumns || c.Hidden != "" && c.Hidden != "0"
	}
	for _, o := range x.Others {
		s.others = append(s.others, o.XMLName.Local)
	}
	targets, err := b.targets(part)
	if err != nil {
		return nil, err
	}
	for _, t := range x.Tables {
		var read table
		if err := b.part(targets[t.ID], &read); err != nil {
			return nil, err
		}
		s.tables = append(s.tables, read)
	}
	return s, nil
}
