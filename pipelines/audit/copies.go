package audit

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/sync/errgroup"
)

// RuleCopy is broken where a workbook, a file for reuse or a description of data holds what the
// data files do not.
const RuleCopy = "copy"

// copies is what an audience's workbook and files for reuse may say: its data files line by line,
// and the words of its catalogue.
type copies struct {
	*audience
	words  catalogueWords
	tables []dataTable
	known  map[string]bool // texts that may hold a number: see quiet
}

// dataTable is a data file with its measure's words.
type dataTable struct {
	measureWords
	*measure
	lines  [][]string
	beside besideBook
}

type catalogueWords struct {
	Partnership, Title, For, Marking, Handling, Contact, Help, Workbook string
	NextRelease                                                         string `json:"next_release"`
	Illustrative                                                        bool
	Names                                                               struct {
		Breakdowns map[string]string
		Categories map[string]map[string]string
	}
	Measures []measureWords
}

type measureWords struct {
	ID, Title, Question, Counts, Met, Source, Note string
	CannotTell                                     string `json:"cannot_tell"`
}

// workbookFile is what the workbook of an audience is called.
func (a *audience) workbookFile() string {
	return "tables-" + filepath.Base(a.dir) + "-" + strings.ToLower(strings.ReplaceAll(a.Quarter, " ", "-")) + ".xlsx"
}

const (
	jsonFile    = "figures.json"
	parquetFile = "figures.parquet"
	describes   = "-metadata.json" // after the name of the data file
)

// isCopy says whether a file of data/ is one that holds the data files' rows in another form, or
// describes them.
func (a *audience) isCopy(file string) bool {
	described, describing := strings.CutSuffix(file, ".csv"+describes)
	if !describing {
		return file == a.workbookFile() || file == jsonFile || file == parquetFile
	}
	for _, m := range a.Measures {
		if strings.ToLower(m.ID) == described {
			return true
		}
	}
	return false
}

// checkCopies holds every file that repeats or describes the data files against them.
func (a *audience) checkCopies(r *Report) error {
	c, err := a.copies()
	if err != nil {
		return err
	}
	checks := []func(*Report, string) error{c.checkJSON, c.checkParquet, c.checkWorkbook, c.checkDescriptions}
	files := []string{jsonFile, parquetFile, a.workbookFile(), ""}
	found := make([]Report, len(checks))
	var work errgroup.Group
	for i, check := range checks {
		file := filepath.Join(a.dir, "data", files[i])
		if _, err := os.Stat(file); os.IsNotExist(err) {
			continue
		}
		work.Go(func() error { return check(&found[i], file) })
	}
	if err := work.Wait(); err != nil {
		return err
	}
	for _, f := range found {
		r.Checked += f.Checked
		r.Findings = append(r.Findings, f.Findings...)
	}
	return nil
}

func (a *audience) copies() (*copies, error) {
	c := &copies{audience: a}
	text, err := os.ReadFile(filepath.Join(a.dir, "data", "catalogue.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &c.words); err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	for i, m := range a.Measures {
		lines, err := readLines(filepath.Join(a.dir, m.file()))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", m.file(), err)
		}
		beside, err := a.readBeside(m)
		if err != nil {
			return nil, err
		}
		c.tables = append(c.tables, dataTable{c.words.Measures[i], m, lines[1:], beside})
	}
	c.known = c.knownTexts()
	return c, nil
}

func readLines(path string) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return csv.NewReader(file).ReadAll()
}

// knownTexts are the texts of the catalogue, and those of the workbook that hold a number.
func (c *copies) knownTexts() map[string]bool {
	w := c.words
	marked := strings.TrimSpace(w.Marking + ". " + w.Handling)
	known := map[string]bool{marked: true, w.Partnership + ": " + w.Title: true, "For: " + w.For: true, "Next release: " + w.NextRelease: true, "Data received to " + c.longAsAt(): true, c.AsAt: true}
	for _, text := range []string{w.Partnership, w.Title, w.Marking, w.Contact, w.Help} {
		known[text] = true
	}
	for _, m := range w.Measures {
		for _, text := range []string{m.ID, m.Title, m.Title + ": numbers beside its figures", m.ID + ": " + m.Title, m.Question, m.Source, m.Note, m.CannotTell, "Question: " + m.Question, "Counts: " + m.Counts,
			"Met when: " + m.Met, "How it is counted: " + m.Note, "Does not tell you: " + m.CannotTell, "Source: " + m.Source} {
			known[strings.TrimSpace(text)] = true
		}
	}
	for _, text := range c.ruleTexts() {
		known[text] = true
	}
	return known
}

// ruleTexts are those that say what is hidden and how to read the rest.
func (c *copies) ruleTexts() []string {
	least := 1
	if c.Zeros == "hidden" {
		least = 0
	}
	hiding := fmt.Sprintf("Counts from %d to %d are hidden, and so is any other figure from which one of them could be worked out.", least, c.HideUpTo)
	texts := []string{hiding, hiding + " Measures about people at particular risk are held to stricter rules, which data/catalogue.json gives for each.",
		fmt.Sprintf("Counts are rounded to the nearest %d, and percentages and rates are worked out from the rounded counts.", c.RoundTo),
		fmt.Sprintf("Percentages, rates and medians are not given for fewer than %d cases.", c.MinBase),
		"Columns between the denominator and the status hold what pages print beside a figure, such as people or shares done by a day.",
		"The 95% interval is the range that the true level is likely to lie in, given how many cases a figure rests on.",
		"Lower end of the 95% interval", "Upper end of the 95% interval",
		"Every figure of every measure that these readers may see, one measure to a worksheet.",
		"This worksheet has one table, which lists the worksheets of measures.",
		"This worksheet has one table, of shorthand and notes for every other worksheet.",
		"This worksheet has one table. Shorthand in square brackets and notes are explained in the worksheet Notes."}
	for n := range 9 {
		texts = append(texts, fmt.Sprintf("note %d", n+1))
	}
	return texts
}

func (a *audience) longAsAt() string {
	if day, ok := dayOf(a.AsAt); ok {
		return day.Format("2 January 2006")
	}
	return ""
}

var saysANumber = regexp.MustCompile(`(?i)\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|single)\b`)

// quiet says whether a text tells no number but what the catalogue does.
func (c *copies) quiet(text string) bool {
	return c.known[text] || !saysANumber.MatchString(text)
}

// head is what the files for reuse say of themselves.
func (c *copies) head() [][2]string {
	return [][2]string{{"partnership", c.words.Partnership}, {"title", c.words.Title}, {"audience", filepath.Base(c.dir)}, {"marking", c.words.Marking}, {"handling", c.words.Handling},
		{"quarter", c.Quarter}, {"as_at", c.AsAt}, {"illustrative", fmt.Sprint(c.words.Illustrative)}}
}
