package intake

import (
	"encoding/xml"
	"io"
	"os"
	"slices"
	"strings"

	"wherry/pipelines/screen"
)

// rawReturn recognises a statutory return in the form in which a case system writes it: a
// Children in Need census or an Annex A workbook. nil means that it is neither.
func rawReturn(path string) *Refusal {
	start, err := head(path, 4096)
	if err != nil {
		return nil
	}
	switch {
	case found(start) == "zip":
		return rawWorkbook(path)
	case strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(string(start), "\ufeff")), "<"):
		return rawCensus(path)
	}
	return nil
}

func refuseRaw(what string, personal []string) *Refusal {
	slices.Sort(personal)
	return refuse("personal_data",
		"delete it from the inbox; at the agency, run wherry anonymise on it and send what that writes",
		"is %s as the case system wrote it, and holds personal data: %s; nothing of it was loaded",
		what, strings.Join(slices.Compact(personal), ", "))
}

// rawCensus reads the first elements of an XML file.
func rawCensus(path string) *Refusal {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	var personal []string
	census := false
	decoder := xml.NewDecoder(io.LimitReader(f, 1<<20))
	for range 20_000 {
		token, err := decoder.RawToken()
		if err != nil {
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "ChildIdentifiers", "CINdetails", "LAchildID":
			census = true
		}
		if slices.Contains([]string{"LAchildID", "UPN", "FormerUPN", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate"}, start.Name.Local) {
			personal = append(personal, start.Name.Local)
		}
	}
	if !census {
		return nil
	}
	return refuseRaw("a Children in Need census return", personal)
}

// rawWorkbook opens a packed file to look at it.
func rawWorkbook(path string) *Refusal {
	b, err := openBook(path, 1<<28)
	if err != nil {
		return nil
	}
	defer b.Close()
	var tops [][]topRow
	for _, s := range b.sheets {
		single, _, err := b.top(s)
		if err == nil {
			tops = append(tops, single)
		}
	}
	return annexA(tops)
}

// annexA looks at the first row of every sheet.
func annexA(sheets [][]topRow) *Refusal {
	var personal []string
	found := false
	for _, top := range sheets {
		if len(top) == 0 {
			continue
		}
		for _, name := range top[0].fields {
			found = found || normal(name) == "child unique id" || normal(name) == "individual adopter identifier"
			if kind := screen.Header(name); kind != "" {
				personal = append(personal, screen.Of(nil).Title(kind))
			}
		}
	}
	if !found {
		return nil
	}
	return refuseRaw("an Annex A workbook", personal)
}
