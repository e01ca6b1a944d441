package contracts

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"wherry/config"
)

// text is the contract as its engineer gets it: each guess has beside it what to confirm.
func (d *drafting) text(p *config.Partnership) []byte {
	var b bytes.Buffer
	line := func(words string, args ...any) { fmt.Fprintf(&b, words+"\n", args...) }
	line("# Guessed from a sample of %s. Every line with \"confirm\" is a guess: ask the agency, mend the line and", count(d.sample.Rows, "row"))
	line("# take the remark away. docs/contracts.md says what else can stand here.")
	line("feed: %s", d.feed)
	line("title: %s # confirm: what people call it", quoted(sentenceOf(d.feed)))
	line("grain: one row per line of the sample # confirm: what a row is")
	line("source: the system that the sample came from # confirm: which system or team")
	line("agencies: [%s]", d.agency)
	line("every: %s # confirm%s", d.period.Kind, map[bool]string{true: ": as the sample's name has it", false: ": the sample's name has no period"}[d.named])
	line("starts: %q # confirm: the first period owed", d.period.String())
	line("due_days: 15 # confirm: after the period ends")
	line("retention_years: 6 # confirm: with whoever holds the agreement to share")
	line("file:")
	line("  pattern: %q", d.feed+"_{period}*")
	line("  formats: [%s]", d.sample.Format)
	if d.sample.Encoding != "" {
		line("  encoding: %s # confirm: as found", d.sample.Encoding)
	}
	if d.sample.Delimiter != "" {
		line("  delimiter: %q", d.sample.Delimiter)
	}
	if d.periodBy != "" {
		line("period_by: %s # confirm: every value falls in %s", d.periodBy, d.period)
	}
	if len(d.key) > 0 {
		line("key: [%s] # confirm: no two rows of the sample share it", strings.Join(d.key, ", "))
	} else {
		line("key: [] # confirm: nothing was found that tells every row from every other")
	}
	line("columns:")
	for _, g := range d.columns {
		line("  - %s # confirm: %s", flow(g.column), strings.Join(orType(g), "; "))
	}
	d.example(&b, p)
	return b.Bytes()
}

// orType is what to confirm of a column, which is never nothing.
func orType(g guess) []string {
	if len(g.confirm) == 0 {
		return []string{"its type"}
	}
	return g.confirm
}

// flow is a column as one line of YAML.
func flow(c config.Column) string {
	parts := []string{"name: " + quoted(c.Name)}
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+": "+value)
		}
	}
	add("keep", c.Keep)
	add("type", c.Type)
	if c.Format != "" {
		add("format", fmt.Sprintf("%q", c.Format))
	}
	add("codes", c.Codes)
	if len(c.Values) > 0 {
		values := make([]string, len(c.Values))
		for i, v := range c.Values {
			values[i] = quoted(v)
		}
		add("values", "["+strings.Join(values, ", ")+"]")
	}
	if c.Min != nil {
		add("min", fmt.Sprint(*c.Min))
	}
	add("degrade", c.Degrade)
	if c.Required {
		add("required", "true")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

var plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z_]*( [A-Za-z_]+)*$`)

// quoted is a text as YAML: in quotes unless it can only be read as text.
func quoted(s string) string {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "true", "false", "null", "on", "off":
		return fmt.Sprintf("%q", s)
	}
	if plainWord.MatchString(s) {
		return s
	}
	return fmt.Sprintf("%q", s)
}

func sentenceOf(feed string) string {
	words := strings.ReplaceAll(feed, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// example adds a made-up extract: a good row and, where some column may not be blank, one in
// which it is. Nothing in it is the sample's.
func (d *drafting) example(b *bytes.Buffer, p *config.Partnership) {
	comma := d.sample.Delimiter
	if comma == "" {
		comma = ","
	}
	var header, good, bad []string
	blank := d.blank()
	for i, g := range d.columns {
		header = append(header, field(g.column.Name, comma))
		good = append(good, field(d.madeUp(g.column, 1, p), comma))
		value := d.madeUp(g.column, 2, p)
		if i == blank {
			value = ""
		}
		bad = append(bad, field(value, comma))
	}
	rows := [][]string{header, good}
	quarantined := "{}"
	if blank >= 0 {
		rows, quarantined = append(rows, bad), "{required: 1}"
	}
	fmt.Fprintf(b, "examples:\n  - name: made up, one good row%s\n    period: %q\n    csv: |\n", map[bool]string{true: " and one with a blank that may not be"}[blank >= 0], d.period.String())
	for _, row := range rows {
		fmt.Fprintf(b, "      %s\n", strings.Join(row, comma))
	}
	fmt.Fprintf(b, "    accepted: 1\n    quarantined: %s\n", quarantined)
}

// blank is a column that may not be blank, for choice the last; -1 for none. A row that is blank
// throughout would be no row, so there must be another.
func (d *drafting) blank() int {
	for i := len(d.columns) - 1; i >= 0 && len(d.columns) > 1; i-- {
		if d.columns[i].column.Required {
			return i
		}
	}
	return -1
}

// madeUp is a value that the column takes.
func (d *drafting) madeUp(c config.Column, row int, p *config.Partnership) string {
	switch c.Type {
	case "pseudonym":
		return fmt.Sprintf("%032x", row)
	case "date", "timestamp":
		form := c.Format
		if form == "" {
			form = map[string]string{"date": "%Y-%m-%d", "timestamp": "%Y-%m-%d %H:%M:%S"}[c.Type]
		}
		day := d.period.Start.AddDate(0, 0, row)
		return strings.NewReplacer("%d", day.Format("02"), "%m", day.Format("01"), "%b", day.Format("Jan"), "%Y", day.Format("2006"), "%H", "10", "%M", "00", "%S", "00").Replace(form)
	case "code":
		if list := p.Codes[c.Codes]; list != nil {
			return list.In(d.period)[0]
		}
		return c.Values[0]
	case "integer", "decimal":
		return "1"
	case "list":
		return "a"
	}
	return "made up"
}

func field(value, comma string) string {
	if strings.ContainsAny(value, comma+"\"") {
		return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
	}
	return value
}
