package config

import "time"

// Settings is wherry.yaml: who the partnership is, where files lie, who reads what, and
// when jobs run. Loaded by viper: flags over WHERRY_* over the file over defaults.
type Settings struct {
	Name         string        `mapstructure:"name"`         // Norfolk Domestic Abuse Partnership
	Place        string        `mapstructure:"place"`        // Norfolk
	Area         string        `mapstructure:"area"`         // GSS code of the whole, E10000020
	Board        string        `mapstructure:"board"`        // the board the edition is for
	Illustrative bool          `mapstructure:"illustrative"` // made-up data: every page says so
	AsAt         string        `mapstructure:"as_at"`        // YYYY-MM-DD; empty for today
	FirstPeriod  string        `mapstructure:"first_period"` // first month measured, 2023-10
	CutOffDays   int           `mapstructure:"cut_off_days"` // a quarter is published this many days after its end
	MeetingDays  int           `mapstructure:"meeting_days"` // the board meets this many days after its end
	Contact      Contact       `mapstructure:"contact"`
	Help         Help          `mapstructure:"help"`
	Helplines    Helplines     `mapstructure:"helplines"`
	Theme        Theme         `mapstructure:"theme"`
	Language     string        `mapstructure:"language"` // of the fixed words of pages; empty for English
	Footer       []string      `mapstructure:"footer"`   // lines at the foot of every page, plain text
	Statement    Statement     `mapstructure:"statement"`
	Agencies     []Agency      `mapstructure:"agencies"`
	Audiences    []Audience    `mapstructure:"audiences"`
	Merge        []Merge       `mapstructure:"merge"`
	Events       []Event       `mapstructure:"events"`
	Asks         []Ask         `mapstructure:"asks"`
	Boundaries   Boundaries    `mapstructure:"boundaries"`
	Paths        Paths         `mapstructure:"paths"`
	Schedule     ScheduleRules `mapstructure:"schedule"`
	Sources      []Source      `mapstructure:"sources"` // where extracts are fetched from; none where people put them in the inbox
	Fetching     FetchRules    `mapstructure:"fetching"`
	Age          Age           `mapstructure:"age"`
	Limits       Limits        `mapstructure:"limits"`
	Screen       ScreenRules   `mapstructure:"screen"`
}

// Contact is who answers questions about an edition.
type Contact struct {
	Team  string `mapstructure:"team"`
	Email string `mapstructure:"email"`
}

// Help is the local support service named in the help box of every page.
type Help struct {
	Name string `mapstructure:"name"`
	Text string `mapstructure:"text"`
}

// Agency is a partner that sends extracts; ID is its folder in the inbox.
type Agency struct {
	ID   string `mapstructure:"id"`
	Name string `mapstructure:"name"`
}

// Audience is a readership with its own disclosure tier and marking. See For for the rules
// of one measure.
type Audience struct {
	ID       string      `mapstructure:"id"` // board or public: the folder in the edition
	Title    string      `mapstructure:"title"`
	Marking  string      `mapstructure:"marking"`    // OFFICIAL-SENSITIVE; empty for none
	Handling string      `mapstructure:"handling"`   // one sentence beside the marking
	HideUpTo int64       `mapstructure:"hide_up_to"` // counts 1..HideUpTo are hidden
	RoundTo  int64       `mapstructure:"round_to"`   // shown counts are rounded to this; 0 or 1 for none
	MinBase  int64       `mapstructure:"min_base"`   // no percentage, rate or median on a base below this
	Zeros    string      `mapstructure:"zeros"`      // shown (where empty) or hidden, as small counts are
	Class    string      `mapstructure:"class"`      // off, everybody (where empty) or all_but_one: see ClassCoalition
	Level    int64       `mapstructure:"level"`      // 1 (where 0): hidden is not to be worked out; 2: it may be above HideUpTo, too
	Feeds    []FeedRules `mapstructure:"feeds"`      // stricter rules for what rests on some feeds
	Exit     bool        `mapstructure:"exit"`       // show the "exit this page" button
}

// FeedRules are what an audience holds the measures that rest on some feeds to, where that
// is stricter; what is left out is as for the others.
type FeedRules struct {
	Feeds    []string `mapstructure:"feeds"`
	HideUpTo int64    `mapstructure:"hide_up_to"`
	RoundTo  int64    `mapstructure:"round_to"`
	MinBase  int64    `mapstructure:"min_base"`
	Zeros    string   `mapstructure:"zeros"`
	Class    string   `mapstructure:"class"`
	Level    int64    `mapstructure:"level"`
}

// Event is a dated change that a chart marks; it explains nothing by itself.
type Event struct {
	On       string   `mapstructure:"on"` // YYYY-MM-DD
	Title    string   `mapstructure:"title"`
	Measures []string `mapstructure:"measures"` // measure ids
	Rebase   bool     `mapstructure:"rebase"`   // charts of these measures take new limits from this day
}

// Ask is a decision the board is asked for, written and signed by people.
type Ask struct {
	Title   string `mapstructure:"title"`
	Detail  string `mapstructure:"detail"`
	Owner   string `mapstructure:"owner"`
	Quarter string `mapstructure:"quarter"` // 2026-27 Q2
	Area    string `mapstructure:"area"`    // slug of an improvement area, on whose page it stands too; may be empty
}

// Boundaries is a GeoJSON file of the districts' outlines, from which maps are drawn; without
// one they are maps of tiles.
type Boundaries struct {
	File string `mapstructure:"file"` // below config: geography/districts.geojson
	Code string `mapstructure:"code"` // the property that holds an area's code: LAD24CD
}

// Paths are folders below the partnership's directory.
type Paths struct {
	Inbox     string `mapstructure:"inbox"`
	Outbox    string `mapstructure:"outbox"`
	Archive   string `mapstructure:"archive"`
	Warehouse string `mapstructure:"warehouse"`
	Published string `mapstructure:"published"`
}

// ScheduleRules says when the jobs run, by cron expressions read in TimeZone.
type ScheduleRules struct {
	TimeZone   string        `mapstructure:"time_zone"`
	Receive    string        `mapstructure:"receive"`
	Publish    string        `mapstructure:"publish"`
	Retries    int           `mapstructure:"retries"`
	RetryAfter time.Duration `mapstructure:"retry_after"`
}

// Limits bound what one run may use.
type Limits struct {
	Memory       string        `mapstructure:"memory"` // DuckDB's memory_limit, e.g. 2GB
	Threads      int           `mapstructure:"threads"`
	Query        time.Duration `mapstructure:"query"`         // longest a measure may run
	ExtractBytes int64         `mapstructure:"extract_bytes"` // largest extract, unpacked
	ExtractRows  int64         `mapstructure:"extract_rows"`
}

// CodeList is one config/codes/<name>.csv: code,label,valid_from,valid_to.
type CodeList struct {
	Name  string
	Codes []Code
}

// Code is one allowed value; ValidTo is its last day, and a zero ValidFrom or ValidTo is open.
type Code struct {
	Code, Label        string
	ValidFrom, ValidTo time.Time
}

// Area is a row of config/geography/areas.csv. Parent is the code of the area that holds
// it; the partnership itself has none. The code "unknown" stands for out of area or not
// recorded.
type Area struct {
	Code, Name, Kind, Parent string
}

// Partnership is everything people decided, read and checked: what every later step needs.
type Partnership struct {
	Settings
	Contracts []*Contract // by feed
	Codes     map[string]*CodeList
	Areas     []Area          // the partnership first, then districts by name
	Unitaries []Unitary       // by name; none without a second set of boundaries
	Tiles     map[string]Tile // of every district, by code; none without a file
	Root      string          // directory that Paths are below
	Logo      *Logo           // nil without one

	Population   []Population // districts, then the whole partnership as their sum
	BankHolidays []BankHoliday
	SchoolTerms  []SchoolTerm // in date order
	Definitions  []Definition // the ledger, in the order of the file
	Published    []Published
}
