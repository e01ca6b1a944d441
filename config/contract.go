package config

import "time"

// Contract is what agencies promised to send for one feed: one YAML file in
// config/contracts, named after the feed. Where it has versions, its columns are those of all
// of them, and with its rules as they are now; see Version.
type Contract struct {
	Feed      string            `yaml:"feed"`
	Title     string            `yaml:"title"`
	Grain     string            `yaml:"grain"`                        // "one row per DA-flagged incident or crime"
	Source    string            `yaml:"source"`                       // the system or team it comes from
	Agencies  []string          `yaml:"agencies"`                     // who sends it: ids of Settings.Agencies
	InsteadOf string            `yaml:"instead_of" json:",omitempty"` // the feed of rows of which this has counts; such a return is never owed
	Every     PeriodKind        `yaml:"every"`                        // month or quarter
	Starts    string            `yaml:"starts"`                       // first period owed, e.g. 2023-10
	DueDays   int               `yaml:"due_days"`                     // days after the period ends by which it is due
	Retention int               `yaml:"retention_years"`
	File      FileForm          `yaml:"file"`
	PeriodBy  string            `yaml:"period_by"`              // kept column that must fall inside the reporting period; "" for none
	Late      int               `yaml:"late" json:",omitempty"` // how many periods before its own a row of a return may be dated by PeriodBy; 0 for none
	Key       []string          `yaml:"key"`                    // kept columns that name a row; a second row with the same key is a duplicate; [] where no row has a name
	Columns   []Column          `yaml:"columns"`
	Rules     []RowRule         `yaml:"rules"`
	Tolerance string            `yaml:"tolerance" json:",omitempty"` // "10%": with more of its rows kept out, the file goes back whole; "" for however many
	Versions  []Version         `yaml:"versions" json:",omitempty"`  // what changed, in order; the rest of the file is the first
	Examples  []ContractExample `yaml:"examples"`

	Path    string    `yaml:"-"` // the file it was read from
	places  places    // of its keys in that file
	history []inForce // the contract in each version, the first included; nil where there is one
}

// Problem is a fault of the contract at the place of a key of its file, such as
// examples.0.accepted, or of the nearest key above it.
func (c *Contract) Problem(path, msg, hint string) Problem {
	at := c.places.of(path)
	return Problem{c.Path, at.line, at.col, msg, hint}
}

// FileForm says how an extract of the feed is named and written.
type FileForm struct {
	Pattern   string   `yaml:"pattern"`   // "police_da_incident_{period}*": {period} is where the reporting period stands
	Formats   []string `yaml:"formats"`   // csv, xlsx, parquet, arrow, jsonl; each may come in a zip
	Encoding  string   `yaml:"encoding"`  // of csv without a mark: utf-8 (default), windows-1252, utf-16
	Delimiter string   `yaml:"delimiter"` // of csv: one character; "" for what the header shows
	Sheet     string   `yaml:"sheet"`     // of xlsx: sheet name; "" for the one sheet with the header
}

// Column is one column of a feed: as the agency sends it and as Wherry keeps it.
type Column struct {
	Name     string            `yaml:"name"`                      // header as sent
	Aliases  []string          `yaml:"aliases" json:",omitempty"` // other headers it may come under
	Keep     string            `yaml:"keep"`                      // name kept; Name where empty
	Type     string            `yaml:"type"`                      // text code list date timestamp integer decimal pseudonym
	Format   string            `yaml:"format"`                    // of date and timestamp, in strptime form; ISO where empty
	Codes    string            `yaml:"codes"`                     // name of a list in config/codes
	Values   []string          `yaml:"values"`                    // allowed values, for short lists of one column
	Map      map[string]string `yaml:"map"`                       // as sent -> as kept, before the check
	Required bool              `yaml:"required"`
	Min      *int64            `yaml:"min"`
	Max      *int64            `yaml:"max"`
	Small    []string          `yaml:"small" json:",omitempty"` // of integer: what is sent for a count too small to give, such as "<5"; see StateOf
	Degrade  string            `yaml:"degrade"`                 // hour, month: precision is cut on load
	Since    string            `yaml:"since"`                   // first period that has the column, e.g. 2026-04
	Until    string            `yaml:"until"`                   // last period that has it
	Refers   string            `yaml:"refers"`                  // "feed.column" of which every value should be one: police_da_incident.incident_key
	Note     string            `yaml:"note"`                    // meaning and source, for the data dictionary

	Allow []Allowance `yaml:"allow" json:",omitempty"` // kinds of personal data that its values may look like

	// StateOf is the kept name of a count with Small marks, on the column beside it that Wherry
	// adds: kept under that name with _state, it is given, small (the count is null, and not
	// nought) or null for a blank.
	StateOf string `yaml:"-" json:",omitempty"`
}

// RowRule is about rows for which When, an SQL expression over kept columns, is true. They are
// kept out, or where the severity is warn, kept and reported.
type RowRule struct {
	Code string `yaml:"code"`
	When string `yaml:"when"`
	Says string `yaml:"says"` // what the sender reads

	Severity  string `yaml:"severity" json:",omitempty"`  // reject (default), warn
	Tolerance string `yaml:"tolerance" json:",omitempty"` // "2%": with more of its rows like this, the file goes back whole

	At string `yaml:"-" json:"-"` // where it stands in the file: rules.3
}

// ContractExample is a small extract with the outcome it must have; tests run it.
type ContractExample struct {
	Name        string         `yaml:"name"`
	Period      string         `yaml:"period"`
	CSV         string         `yaml:"csv"`
	Accepted    int            `yaml:"accepted"`
	Quarantined map[string]int `yaml:"quarantined"` // rule code -> rows
	Warned      map[string]int `yaml:"warned"`      // rule code -> rows kept and reported
	Refused     string         `yaml:"refused"`     // why the whole file goes back; tolerances hold only in an example that says so, which may be few rows
}

// Warns says whether rows that break the rule are kept and reported.
func (r RowRule) Warns() bool { return r.Severity == "warn" }

// Due is the day by which the return for p is owed.
func (c *Contract) Due(p Period) time.Time { return p.Last().AddDate(0, 0, c.Version(p).DueDays) }

// Earliest is the first day by which a row of the return for p may be dated: that of p or, where
// rows may come late, of a period before it that is owed.
func (c *Contract) Earliest(p Period) time.Time {
	if c.Late < 1 {
		return p.Start
	}
	earliest := p.Shift(-c.Late).Start
	if first, err := ParsePeriod(c.Starts); err == nil {
		if begins := Containing(c.Every, first.Start).Start; earliest.Before(begins) {
			earliest = begins
		}
	}
	return earliest
}

// Kept is the name under which a column is stored.
func (c Column) Kept() string {
	if c.Keep != "" {
		return c.Keep
	}
	return c.Name
}

// Headers is every header under which a column may come.
func (c Column) Headers() []string { return append([]string{c.Name}, c.Aliases...) }
