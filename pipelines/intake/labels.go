package intake

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/screen"
)

// personalSheets refuses a workbook one of whose sheets is named with personal data.
func personalSheets(names []string, look *screen.Screen) *Refusal {
	for i, name := range names {
		if kind := look.Label(name); kind != "" {
			return refuse("personal_data", "delete the file from the inbox, name the sheet by what it holds and send it again",
				"has %s in the name of sheet %d; nothing of it was loaded", look.Title(kind), i+1)
		}
	}
	return nil
}

// withheld begins what stands for a file or folder whose own name may not be shown.
const withheld = "withheld-"

// withholdName refuses a file that is named with personal data, or lies in a folder that is.
// From then on it is known by the start of its content's hash.
func (e *extract) withholdName(p *config.Partnership) error {
	look := screen.Of(p.Screen.LocalIDs)
	ending := filepath.Ext(e.name)
	var inFolder string
	inName := cmp.Or(look.Label(strings.TrimSuffix(e.name, ending)), look.Label(strings.TrimPrefix(ending, ".")), look.Label(e.name))
	if _, known := p.Settings.Agency(e.agency); !known {
		inFolder = look.Label(e.agency)
	}
	switch {
	case inFolder != "":
		e.agency = withheld + "folder"
		e.refusal = refuse("personal_data", "delete the folder from the inbox, and name folders by the agency",
			"lies in a folder that has %s in its name; nothing of it was loaded", look.Title(inFolder))
	case inName != "":
		e.refusal = refuse("personal_data", "delete the file from the inbox, name it by its feed and period and send it again",
			"has %s in its name, which is not repeated here; nothing of it was loaded", look.Title(inName))
	default:
		return nil
	}
	if ending = strings.ToLower(ending); !slices.Contains([]string{".csv", ".xlsx", ".xml", ".parquet", ".arrow", ".zip", ".json"}, ending) {
		ending = ""
	}
	if err := e.hash(); err != nil {
		return errors.New("reading a file of the inbox that is named with personal data: it cannot be opened")
	}
	e.name = withheld + e.sha256[:12] + ending
	return nil
}

// stillThere says whether a refused file lies in the inbox.
func stillThere(inbox string, o Outcome) bool {
	if parts := strings.Split(o.File, "/"); len(parts) > 2 { // in a zip, which lies there or does not
		o.File = strings.Join(parts[:2], "/")
	}
	path := filepath.Join(inbox, filepath.FromSlash(o.File))
	if !strings.Contains(o.File, withheld) {
		_, err := os.Lstat(path)
		return err == nil
	}
	folders := []string{filepath.Dir(path)}
	if strings.HasPrefix(o.Agency, withheld) {
		folders, _ = filepath.Glob(filepath.Join(inbox, "*"))
	}
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, entry := range entries {
			e := &extract{path: filepath.Join(folder, entry.Name()), name: entry.Name()}
			if entry.Type().IsRegular() && e.hash() == nil && e.sha256 == o.SHA256 {
				return true
			}
		}
	}
	return false
}
