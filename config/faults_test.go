package config_test

import (
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"wherry/config"
)

// fault is one change to one file of the small partnership and what must be said of it.
type fault struct {
	name, file, old, new string
	want                 string // file:line: message, as far as given
	hint                 string // part of the hint
}

// publicKeys is a new key of each kind.
func publicKeys() (classic, postQuantum string) {
	a, err := age.GenerateX25519Identity()
	if err != nil {
		panic(err)
	}
	b, err := age.GenerateHybridIdentity()
	if err != nil {
		panic(err)
	}
	return a.Recipient().String(), b.Recipient().String()
}

// contractFaults are faults of a contract as a whole.
func contractFaults() []fault {
	const contract = "contracts/visit.yaml"
	return []fault{
		{"unknown key", contract, "title: Visits", "titel: Visits\ntitle: Visits", `config/contracts/visit.yaml:2: unknown key "titel"`, `"title"`},
		{"unknown key of a column", contract, "type: date, required", "typ: date, type: date, required", `config/contracts/visit.yaml:17: unknown key "typ"`, `"type"`},
		{"not YAML", contract, "title: Visits", "title: [Visits", "config/contracts/visit.yaml:3: is not valid YAML", "indentation"},
		{"key twice", contract, "title: Visits", "title: Visits\ntitle: More", "config/contracts/visit.yaml:3: is not valid YAML", ""},
		{"anchor", contract, "title: Visits", "title: &t Visits", "config/contracts/visit.yaml:2: anchors", "write the value out"},
		{"two documents", contract, "rules:", "---\nrules:", "config/contracts/visit.yaml: the file must hold exactly one", "---"},
		{"number for text", contract, "title: Visits", "title: 12", "config/contracts/visit.yaml:2: 12 is not text", "quotes"},
		{"text for number", contract, "due_days: 10", "due_days: ten", "config/contracts/visit.yaml:8: ten is not a whole number", ""},
		{"list for text", contract, "title: Visits", "title: [a]", "config/contracts/visit.yaml:2: this is a list", ""},
		{"block for list", contract, "agencies: [police]", "agencies: {a: b}", "config/contracts/visit.yaml:5: this has keys", ""},
		{"feed is not the file", contract, "feed: visit", "feed: visits", `config/contracts/visit.yaml:1: feed "visits" is not the name of the file`, "feed: visit"},
		{"no grain", contract, "grain: one row per visit", `grain: ""`, "config/contracts/visit.yaml:3: grain is missing", ""},
		{"unknown agency", contract, "agencies: [police]", "agencies: [polise]", `config/contracts/visit.yaml:5: unknown agency "polise"`, `"police"`},
		{"agency twice", contract, "agencies: [police]", "agencies: [police, police]", `config/contracts/visit.yaml:5: agency "police" is named twice`, ""},
		{"unknown period kind", contract, "every: month", "every: moth", `config/contracts/visit.yaml:6: unknown kind of period "moth"`, `"month"`},
		{"unknown period", contract, "starts: 2025-04", "starts: 2025-13", `config/contracts/visit.yaml:7: unknown period "2025-13"`, "2026-07"},
		{"no retention", contract, "retention_years: 2", "retention_years: 0", "config/contracts/visit.yaml:9: retention_years is missing", "years"},
		{"pattern without period", contract, "visit_{period}*", "visit_*", "config/contracts/visit.yaml:11: the pattern must hold {period} once", "visit_{period}*"},
		{"pattern with folder", contract, "visit_{period}*", "a/visit_{period}*", "config/contracts/visit.yaml:11: \"a/visit_{period}*\" is not a pattern for file names", "visit_{period}*"},
		{"unknown format", contract, "formats: [csv]", "formats: [csw]", `config/contracts/visit.yaml:12: unknown format "csw"`, `"csv"`},
		{"unknown encoding", contract, "formats: [csv]", "formats: [csv]\n  encoding: latin-1", `config/contracts/visit.yaml:13: unknown encoding "latin-1"`, "windows-1252"},
		{"long delimiter", contract, "formats: [csv]", "formats: [csv]\n  delimiter: \"||\"", `config/contracts/visit.yaml:13: "||" is not a delimiter`, "one character"},
		{"period_by unknown", contract, "period_by: seen_on", "period_by: seen_at", `config/contracts/visit.yaml:13: period_by column "seen_at" is not a column`, `"seen_on"`},
		{"period_by not a date", contract, "period_by: seen_on", "period_by: minutes", `config/contracts/visit.yaml:13: period_by column "minutes" is not a date`, ""},
		{"key unknown", contract, "key: [visit_key]", "key: [visitkey]", `config/contracts/visit.yaml:14: key column "visitkey" is not a column`, `"visit_key"`},
		{"key may be blank", contract, "key: [visit_key]", "key: [visit_key, minutes]", `config/contracts/visit.yaml:14: key column "minutes" may be blank`, "required: true"},
		{"late by nothing", contract, "key: [visit_key]", "key: [visit_key]\nlate: 0", "config/contracts/visit.yaml:15: 0 is outside 1 to 36", "leave it out"},
		{"late by too much", contract, "key: [visit_key]", "key: [visit_key]\nlate: 37", "config/contracts/visit.yaml:15: 37 is outside 1 to 36", ""},
		{"late beyond retention", contract, "key: [visit_key]", "key: [visit_key]\nlate: 25", "config/contracts/visit.yaml:15: rows 25 periods old may not be kept", "retention_years is 2"},
		{"late without a key", contract, "key: [visit_key]", "key: []\nlate: 2", "config/contracts/visit.yaml:15: rows that come late cannot be told from those received before without a key", "name the columns"},
		{"late without period_by", contract, "period_by: seen_on", "late: 2", "config/contracts/visit.yaml:13: rows cannot be told to be late without period_by", ""},
		{"no key", contract, "key: [visit_key]\n", "", "config/contracts/visit.yaml:1: there is no key", "name the columns"},
	}
}

// columnFaults are faults of its columns, rules and examples.
func columnFaults() []fault {
	const contract = "contracts/visit.yaml"
	return []fault{
		{"unknown type", contract, "type: integer", "type: intger", `config/contracts/visit.yaml:19: unknown type "intger"`, `"integer"`},
		{"unknown code list", contract, "codes: reason", "codes: reasons", `config/contracts/visit.yaml:18: unknown code list "reasons"`, `"reason"`},
		{"code without list", contract, "codes: reason, map: {A: a}", "note: none", `config/contracts/visit.yaml:18: column "reason" is a code without a list`, "codes:"},
		{"codes and values", contract, "codes: reason, map", "values: [a], codes: reason, map", "config/contracts/visit.yaml:18: a column has codes or values", ""},
		{"map to nowhere", contract, "map: {A: a}", "map: {A: z}", `config/contracts/visit.yaml:18: "A" is kept as "z"`, ""},
		{"refers to no feed", contract, "name: minutes,", "name: minutes, refers: vist.reason,", `config/contracts/visit.yaml:19: column "minutes" refers to "vist.reason", which is no column of a feed`, `"visit"`},
		{"refers to no column", contract, "name: minutes,", "name: minutes, refers: visit.raeson,", `config/contracts/visit.yaml:19: column "minutes" refers to "visit.raeson", which is no column of visit`, `"reason"`},
		{"column twice", contract, "name: minutes", "name: reason", `config/contracts/visit.yaml:19: column "reason" is kept twice`, ""},
		{"column cannot be kept", contract, "name: minutes", "name: Minutes spent", `config/contracts/visit.yaml:19: column "Minutes spent" cannot be kept`, "keep:"},
		{"reserved column", contract, "name: minutes", "name: line", `config/contracts/visit.yaml:19: column name "line" is reserved`, "keep:"},
		{"a name", contract, "name: minutes", "name: worker_name", `config/contracts/visit.yaml:19: column "worker_name" looks like personal data`, "anonymise"},
		{"a date of birth", contract, "name: minutes", "keep: minutes, name: DateOfBirth", `config/contracts/visit.yaml:19: column "DateOfBirth" looks like personal data`, "anonymise"},
		{"a post code", contract, "name: minutes", "name: home_post_code", `config/contracts/visit.yaml:19: column "home_post_code" looks like personal data`, "anonymise"},
		{"an NHS number", contract, "name: minutes", "name: nhs_no", `config/contracts/visit.yaml:19: column "nhs_no" looks like personal data`, "anonymise"},
		{"min over max", contract, "min: 0", "min: 601", "config/contracts/visit.yaml:19: min 601 is more than max 600", ""},
		{"min of a date", contract, "type: date, required", "type: date, min: 1, required", "config/contracts/visit.yaml:17: a column of type date has no min", ""},
		{"format of a number", contract, "type: integer,", `type: integer, format: "%d/%m/%Y",`, "config/contracts/visit.yaml:19: a column of type integer has no format", "date"},
		{"unknown date format", contract, "type: date,", `type: date, format: "%Q/%Y",`, `config/contracts/visit.yaml:17: unknown format "%Q"`, "strptime"},
		{"format without a year", contract, "type: date,", `type: date, format: "dd-mm",`, "config/contracts/visit.yaml:17: format \"dd-mm\" has no year", "strptime"},
		{"unknown degrade", contract, "type: date,", "type: date, degrade: week,", `config/contracts/visit.yaml:17: unknown degrade "week"`, "month"},
		{"date cut to the hour", contract, "type: date,", "type: date, degrade: hour,", "config/contracts/visit.yaml:17: a column of type date cannot be cut to the hour", ""},
		{"column ends first", contract, "type: integer,", "type: integer, since: 2025-06, until: 2025-05,", `config/contracts/visit.yaml:19: column "minutes" ends before it begins`, ""},
		{"column since nowhere", contract, "type: integer,", "type: integer, since: June,", `config/contracts/visit.yaml:19: unknown period "June"`, "2026-07"},
		{"rule code", contract, "code: too_short", "code: Too-Short", `config/contracts/visit.yaml:21: "Too-Short" is not a rule code`, "small letters"},
		{"rule code in use", contract, "code: too_short", "code: not_a_date", `config/contracts/visit.yaml:21: rule code "not_a_date" is already in use`, "own"},
		{"rule says nothing", contract, "says: A visit takes a minute.", `says: ""`, "config/contracts/visit.yaml:21: says is missing", "sender"},
		{"rule of two statements", contract, "when: minutes < 1", "when: minutes < 1; drop table x", "config/contracts/visit.yaml:21: when must be one SQL expression", "semicolons"},
		{"allows what is not known", contract, "type: integer,", "type: integer, allow: [{pattern: postcod, because: it is of a building}],", `config/contracts/visit.yaml:19: unknown pattern "postcod"`, `"postcode"`},
		{"allows without a reason", contract, "type: integer,", "type: integer, allow: [{pattern: postcode}],", `config/contracts/visit.yaml:19: it is not said why "postcode" is safe`, "because:"},
		{"allows twice", contract, "type: integer,", "type: integer, allow: [{pattern: upn, because: a good reason why}, {pattern: upn, because: a good reason why}],", `config/contracts/visit.yaml:19: pattern "upn" is allowed twice`, ""},
		{"no examples", contract, visit[strings.Index(visit, "examples:"):], "examples: []\n", "config/contracts/visit.yaml:22: there are no examples", "small extract"},
		{"example of another period", contract, "period: 2025-05", "period: 2025-26 Q1", `config/contracts/visit.yaml:24: "2025-26 Q1" is not a month`, ""},
		{"example of an unknown rule", contract, "{too_short: 1}", "{to_short: 1}", `config/contracts/visit.yaml:30: unknown rule "to_short"`, `"too_short"`},
	}
}

// settingsFaults are faults of wherry.yaml.
func settingsFaults() []fault {
	const settings = "wherry.yaml"
	classic, postQuantum := publicKeys()
	return []fault{
		{"unknown setting", settings, "place:", "plaice: x\nplace:", `config/wherry.yaml:2: unknown key "plaice"`, `"place"`},
		{"capital letters", settings, "place:", "Place:", `config/wherry.yaml:2: unknown key "Place"`, `"place"`},
		{"setting in a list", settings, "{id: police, name", "{ident: police, id: police, name", `config/wherry.yaml:9: unknown key "ident"`, "id, name"},
		{"no unit", settings, "place:", "limits: {query: 30}\nplace:", `config/wherry.yaml:2: "30" is not a length of time`, "30s, 5m or 2h"},
		{"no unit, in quotes", settings, "place:", "limits: {query: \"30\"}\nplace:", `config/wherry.yaml:2: "30" is not a length of time`, "30s, 5m or 2h"},
		{"no time at all", settings, "place:", "limits: {query: 0s}\nplace:", "config/wherry.yaml:2: query must be longer than nothing", "30s"},
		{"no name", settings, "name: Broadland Partnership", `name: ""`, "config/wherry.yaml:1: name is missing", ""},
		{"unknown area", settings, "area: E1", "area: E9", `config/wherry.yaml:3: area "E9" is not in config/geography/areas.csv`, `"E1"`},
		{"not a day", settings, "place:", "as_at: 31 October\nplace:", `config/wherry.yaml:2: "31 October" is not a date`, "2026-10-31"},
		{"first period", settings, `first_period: "2025-04"`, "first_period: 2025-26", `config/wherry.yaml:5: "2025-26" is not a month`, "2023-10"},
		{"agency id", settings, "id: police", "id: The Police", `config/wherry.yaml:9: "The Police" is not an id`, "small letters"},
		{"audience shows hidden counts", settings, "min_base: 6", "min_base: 5", "config/wherry.yaml:11: min_base 5 would show a percentage of a hidden count", "6"},
		{"audience hides nothing", settings, "hide_up_to: 5", "hide_up_to: 0", "config/wherry.yaml:11: 0 is outside 1 to 1000", ""},
		{"event", settings, "place:", "events: [{on: 2025-09-01, title: x, measures: [rq1]}]\nplace:", `config/wherry.yaml:2: "rq1" is not the id of a measure`, "RQ1"},
		{"ask", settings, "place:", "asks: [{title: x, owner: y, quarter: 2025-09}]\nplace:", `config/wherry.yaml:2: "2025-09" is not a quarter`, "2026-27 Q2"},
		{"boundaries without their property", settings, "place:", "boundaries: {file: geography/a.geojson}\nplace:", "config/wherry.yaml:2: boundaries need a file and a code", "LAD24CD"},
		{"path outside", settings, "place:", "paths: {inbox: ../inbox}\nplace:", `config/wherry.yaml:2: "../inbox" is not a folder below`, "without .."},
		{"source of nobody", settings, "place:", "sources: [{agency: polise, url: \"file:///mnt/drop\"}]\nplace:", `config/wherry.yaml:2: unknown agency "polise"`, `"police"`},
		{"source twice", settings, "place:", "sources: [{agency: police, url: \"file:///mnt/drop\"}, {agency: police, url: \"file:///mnt/drop\"}]\nplace:", "config/wherry.yaml:2: this source is named twice for police", ""},
		{"source of no kind", settings, "place:", "sources: [{agency: police, url: \"ftp://host/drop\"}]\nplace:", `config/wherry.yaml:2: no way to read from "ftp://"`, "sftp://"},
		{"source in a relative folder", settings, "place:", "sources: [{agency: police, url: \"file://drop\"}]\nplace:", "config/wherry.yaml:2: a file source is an absolute folder", "file:///"},
		{"password in a url", settings, "place:", "sources: [{agency: police, url: \"sftp://a:hunter2@host/drop\"}]\nplace:", "config/wherry.yaml:2: the url holds a secret", "a file or a variable"},
		{"signature in a url", settings, "place:", "sources: [{agency: police, url: \"azblob://drop?sig=abc\"}]\nplace:", "config/wherry.yaml:2: the url holds a secret", "a file or a variable"},
		{"account in a url", settings, "place:", "sources: [{agency: police, url: \"azblob://drop?storage_account=x\", secret_env: A}]\nplace:", `config/wherry.yaml:2: an azblob source has no "storage_account"`, "prefix"},
		{"container of no kind", settings, "place:", "sources: [{agency: police, url: \"azblob://Drop_1\", secret_env: A}]\nplace:", "config/wherry.yaml:2: an azblob source is a container", "azblob://container"},
		{"azblob without a secret", settings, "place:", "sources: [{agency: police, url: \"azblob://drop\"}]\nplace:", "config/wherry.yaml:2: an azblob source needs secret_env or secret_file", "connection string"},
		{"secret in place of a variable", settings, "place:", "sources: [{agency: police, url: \"azblob://drop\", secret_env: \"AccountKey=abc==\"}]\nplace:", "config/wherry.yaml:2: this is not the name of a variable", "never write the secret"},
		{"secret in place of a file", settings, "place:", "sources: [{agency: police, url: \"azblob://drop\", secret_file: \"AccountKey=abc==\"}]\nplace:", "config/wherry.yaml:2: this is not the name of a file", "never write the secret"},
		{"sftp without a key", settings, "place:", "sources: [{agency: police, url: \"sftp://a@host/drop\", known_hosts: k}]\nplace:", "config/wherry.yaml:2: an sftp source needs key_file", "passwords are not used"},
		{"sftp without known hosts", settings, "place:", "sources: [{agency: police, url: \"sftp://a@host/drop\", key_file: k}]\nplace:", "config/wherry.yaml:2: an sftp source needs known_hosts", "always checked"},
		{"sftp without a user", settings, "place:", "sources: [{agency: police, url: \"sftp://host/drop\", key_file: k, known_hosts: k}]\nplace:", "config/wherry.yaml:2: an sftp source is a user, a host and a folder", "sftp://user@host"},
		{"key of a folder", settings, "place:", "sources: [{agency: police, url: \"file:///mnt/drop\", key_file: k}]\nplace:", "config/wherry.yaml:2: a source by file has no key_file", ""},
		{"identity in place of its file", settings, "place:", "age: {identity_file: AGE-SECRET-KEY-1XYZ}\nplace:", "config/wherry.yaml:2: this is not the name of a file", "make another"},
		{"passphrase in place of a variable", settings, "place:", "age: {passphrase_env: open sesame}\nplace:", "config/wherry.yaml:2: this is not the name of a variable", "never write the secret"},
		{"passphrase in two places", settings, "place:", "age: {passphrase_env: A, passphrase_file: b}\nplace:", "config/wherry.yaml:2: a passphrase is kept in a variable or in a file", ""},
		{"recipient of no kind", settings, "place:", "age: {recipients: [age1abc]}\nplace:", "config/wherry.yaml:2: this is not a public key of age", "age1"},
		{"recipient of the archive that is a secret", settings, "place:", "age: {archive_recipients: [AGE-SECRET-KEY-1XYZ]}\nplace:", "config/wherry.yaml:2: this is not a public key of age", "never stands here"},
		{"recipients of two kinds", settings, "place:", "age: {archive_recipients: [" + classic + ", " + postQuantum + "]}\nplace:", "config/wherry.yaml:2: these keys cannot be used together", "not both"},
		{"no time to settle", settings, "place:", "fetching: {settle: 0s}\nplace:", "config/wherry.yaml:2: settle must be longer than nothing", "30s"},
		{"timeout within settle", settings, "place:", "fetching: {settle: 1m, timeout: 1m}\nplace:", "config/wherry.yaml:2: timeout must be longer than settle", "30m"},
		{"no try at all", settings, "place:", "fetching: {tries: 0}\nplace:", "config/wherry.yaml:2: 0 is outside 1 to 20", ""},
		{"paths the same", settings, "place:", "paths: {inbox: data, outbox: data}\nplace:", "config/wherry.yaml:2: inbox and outbox are the same folder", "its own"},
		{"time zone", settings, "place:", "schedule: {time_zone: Norfolk}\nplace:", `config/wherry.yaml:2: "Norfolk" is not a time zone`, "Europe/London"},
		{"cron", settings, "place:", "schedule: {receive: nightly}\nplace:", `config/wherry.yaml:2: "nightly" is not a cron expression`, "five fields"},
		{"id of a key", settings, "place:", "screen: {key_ids: [abc]}\nplace:", `config/wherry.yaml:2: "abc" is not the id of a key`, "show-id"},
		{"form of a reference", settings, "place:", "screen: {local_ids: [{name: ref, title: references, form: \"[\"}]}\nplace:", "config/wherry.yaml:2: the form is not a regular expression", "RE2"},
		{"form that finds anything", settings, "place:", "screen: {local_ids: [{name: ref, title: references, form: \"a*\"}]}\nplace:", "config/wherry.yaml:2: the form finds something in every text", ""},
		{"reference already known", settings, "place:", "screen: {local_ids: [{name: postcode, title: references, form: \"x\"}]}\nplace:", `config/wherry.yaml:2: local reference "postcode" is already known`, ""},
		{"memory", settings, "place:", "limits: {memory: lots}\nplace:", `config/wherry.yaml:2: "lots" is not a size of memory`, "2GB"},
		{"threads", settings, "place:", "limits: {threads: -1}\nplace:", "config/wherry.yaml:2: -1 is outside 1 to 1024", ""},
	}
}

// tableFaults are faults of the CSV files.
func tableFaults() []fault {
	return []fault{
		{"code twice", "codes/reason.csv", "b,Briefing", "a,Again", `config/codes/reason.csv:3: code "a" is already in the list`, "valid_to"},
		{"code without label", "codes/reason.csv", "a,Advice", "a,", "config/codes/reason.csv:2: a code and its label are both needed", ""},
		{"code ends first", "codes/reason.csv", "2025-12-31", "2025-03-31", `config/codes/reason.csv:3: code "b" ends before it begins`, ""},
		{"code from no day", "codes/reason.csv", "2025-04-01", "April", `config/codes/reason.csv:3: valid_from "April" is not a date`, "2026-10-31"},
		{"header", "codes/reason.csv", "code,label", "label,code", "config/codes/reason.csv:1: the first line must be: code,label,valid_from,valid_to", ""},
		{"too few values", "codes/reason.csv", "a,Advice,,", "a,Advice", "config/codes/reason.csv:2: the line is not valid CSV", "4 values"},
		{"area parent", "geography/areas.csv", "district,E1\nE3", "district,E8\nE3", `config/geography/areas.csv:3: parent "E8" is not in this file`, ""},
		{"area kind", "geography/areas.csv", "West,district", "West,parish", `config/geography/areas.csv:3: unknown kind of area "parish"`, "district"},
		{"area twice", "geography/areas.csv", "E3,East", "E2,East", `config/geography/areas.csv:4: area "E2" is already on line 3`, ""},
		{"tile of nowhere", "geography/tiles.csv", "E3,", "E7,", `config/geography/tiles.csv:3: "E7" is not a district`, ""},
		{"tile twice", "geography/tiles.csv", "E3,2", "E2,2", `config/geography/tiles.csv:3: "E2" has a tile already`, ""},
		{"tile from nought", "geography/tiles.csv", "E3,2", "E3,0", "config/geography/tiles.csv:3: a tile needs a column and a row from 1 to 60", "from the left"},
		{"two tiles in one place", "geography/tiles.csv", "E3,2", "E3,1", "config/geography/tiles.csv:3: the tile of line 2 is already at column 1, row 1", ""},
		{"no tile", "geography/tiles.csv", "E3,2,1\n", "", "config/geography/tiles.csv: East has no tile", "take the file away"},
		{"population of nowhere", "reference/population.csv", "E3,", "E7,", `config/reference/population.csv:3: area "E7" is not a district`, ""},
		{"population of no sex", "reference/population.csv", "E3,female", "E3,all", `config/reference/population.csv:3: sex "all" is not female or male`, ""},
		{"population too old", "reference/population.csv", "E3,female,30", "E3,female,91", `config/reference/population.csv:3: age "91" is not`, ""},
		{"population twice", "reference/population.csv", "E3,", "E2,", "config/reference/population.csv:3: this area, sex and age are already", ""},
		{"holidays in order", "reference/bank_holidays.csv", "2025-12-26", "2025-12-24", "config/reference/bank_holidays.csv:3: the days must be in order", ""},
		{"school year", "reference/school_terms.csv", "2025-26,Autumn", "2025,Autumn", `config/reference/school_terms.csv:2: "2025" is not a school year`, "2025-26"},
		{"term without a day", "reference/school_terms.csv", "2026-01-09,yes", ",yes", "config/reference/school_terms.csv:2: a term needs its name, both days", ""},
		{"term ends first", "reference/school_terms.csv", "2025-12-22,2026-01-09", "2025-12-22,2025-12-19", "config/reference/school_terms.csv:2: the term ends before it begins", ""},
		{"terms in order", "reference/school_terms.csv", "2025-26,Spring,2026-01-12", "2025-26,Spring,2026-01-09", "config/reference/school_terms.csv:3: the terms must be in order", ""},
		{"term verified", "reference/school_terms.csv", "yes,the county", "Y,the county", `config/reference/school_terms.csv:2: verified "Y" is not yes or no`, "read the days"},
	}
}

// Each fault is found, alone, at its line, with a hint where there is something to do.
func TestEveryFaultAtItsLine(t *testing.T) {
	// faults from which others follow, in the same file or in those that name it
	leading := []string{"area twice", "area parent", "rule code", "rule code in use", "agency id", "header", "too few values", "category in two groups", "name of another category", "second step under a name that the first had"}
	for _, c := range slices.Concat(contractFaults(), columnFaults(), settingsFaults(), themeFaults(), protectionFaults(), tableFaults()) {
		t.Run(c.name, func(t *testing.T) {
			files := with(c.file, c.old, c.new)
			logos(files)
			found := problems(t, files)
			if slices.Contains(leading, c.name) {
				found = slices.DeleteFunc(found, func(p config.Problem) bool { return p.File != "config/"+c.file })
				found = found[:min(len(found), 1)]
			}
			if len(found) != 1 {
				t.Fatalf("want one problem, got %d:\n%v", len(found), found)
			}
			got := found[0]
			col := got.Col
			got.Col = 0
			if !strings.HasPrefix(got.String(), c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if !strings.Contains(got.Hint, c.hint) {
				t.Errorf("hint %q does not hold %q", got.Hint, c.hint)
			}
			if strings.HasSuffix(got.File, ".yaml") && got.Line > 0 && col == 0 {
				t.Error("a place in YAML has a column")
			}
		})
	}
}
