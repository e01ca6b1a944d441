package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// csvwWords are the texts with a number in it, and the names, that a description of a data file
// has: addresses of vocabularies, datatypes, and the members of the vocabulary itself.
var csvwWords = []string{"http://www.w3.org/ns/csvw", "@context", "@language"}

// checkDescriptions reads the description of every data file: it may say what the catalogue and
// the data file say of themselves, and otherwise no number at all.
func (c *copies) checkDescriptions(r *Report, _ string) error {
	for _, t := range c.tables {
		name := strings.TrimPrefix(t.file(), "data/")
		text, err := os.ReadFile(filepath.Join(c.dir, "data", name+describes))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		file := c.folder + "/data/" + name + describes
		own := []string{name, strings.TrimSuffix(name, ".csv") + "-beside.csv"}
		reading := json.NewDecoder(bytes.NewReader(text))
		for {
			token, err := reading.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				r.add(file, "file", RuleUnknown, "the auditor cannot read this description")
				break
			}
			r.Checked++
			switch v := token.(type) {
			case float64:
				r.add(file, "number", RuleCopy, "a description of data holds a number")
			case string:
				if !c.quiet(v) && !slices.Contains(csvwWords, v) && !slices.Contains(own, v) {
					r.add(file, "text", RuleCopy, "a text has a number that the catalogue does not have")
				}
			}
		}
	}
	return nil
}
