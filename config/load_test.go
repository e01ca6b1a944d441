package config_test

import (
	"errors"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"wherry/config"
)

// tree is a small partnership: one contract, one code list, two districts.
func tree() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"wherry.yaml": `name: Broadland Partnership
place: Broadland
area: E1
board: The board
first_period: "2025-04"
contact:
  team: Analysts
agencies:
  - {id: police, name: The police}
audiences:
  - {id: board, title: Board, hide_up_to: 5, round_to: 1, min_base: 6}
`,
		"contracts/visit.yaml":        visit,
		"codes/reason.csv":            "code,label,valid_from,valid_to\na,Advice,,\nb,Briefing,2025-04-01,2025-12-31\n",
		"geography/areas.csv":         "code,name,kind,parent\nE1,Whole,partnership,\nE2,West,district,E1\nE3,East,district,E1\n",
		"geography/tiles.csv":         "area,column,row\nE2,1,1\nE3,2,1\n",
		"reference/population.csv":    "area,sex,age,population\nE2,female,30,10\nE3,female,30,5\n",
		"definitions.yaml":            "definitions: []\n",
		"reference/published.csv":     "key,title,value,low,high,unit,period,area,source,url,as_of,review_by,verified\n",
		"reference/school_terms.csv":  "school_year,term,first_day,last_day,verified,source\n2025-26,Autumn,2025-12-22,2026-01-09,yes,the county\n2025-26,Spring,2026-01-12,2026-01-30,no,assumed\n",
		"reference/bank_holidays.csv": "day,title\n2025-12-25,Christmas Day\n2025-12-26,Boxing Day\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

const visit = `feed: visit
title: Visits
grain: one row per visit
source: the visit book
agencies: [police]
every: month
starts: 2025-04
due_days: 10
retention_years: 2
file:
  pattern: "visit_{period}*"
  formats: [csv]
period_by: seen_on
key: [visit_key]
columns:
  - {name: visit_key, type: pseudonym, required: true}
  - {name: seen_on, type: date, required: true}
  - {name: reason, type: code, codes: reason, map: {A: a}}
  - {name: minutes, type: integer, min: 0, max: 600}
rules:
  - {code: too_short, when: minutes < 1, says: A visit takes a minute.}
examples:
  - name: one good, one short
    period: 2025-05
    csv: |
      visit_key,seen_on,reason,minutes
      00000000000000000000000000000001,2025-05-06,a,20
      00000000000000000000000000000002,2025-05-06,a,0
    accepted: 1
    quarantined: {too_short: 1}
`

// with is the small partnership with one file changed.
func with(name, old, new string) fstest.MapFS {
	files := tree()
	text := string(files[name].Data)
	if !strings.Contains(text, old) {
		panic("the file " + name + " does not hold " + old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
	return files
}

func problems(t *testing.T, files fs.FS) config.Problems {
	t.Helper()
	p, err := config.Load(t.TempDir(), files, nil)
	var found config.Problems
	if err != nil && !errors.As(err, &found) {
		t.Fatalf("got %T, want Problems", err)
	}
	if (err == nil) != (p != nil) {
		t.Errorf("a partnership and an error: %v", err)
	}
	return found
}

func TestSmallPartnershipLoads(t *testing.T) {
	if found := problems(t, tree()); len(found) > 0 {
		t.Fatal(found)
	}
}

func TestAllProblemsOfAllFilesAtOnce(t *testing.T) {
	files := with("wherry.yaml", "place:", "plaice: x\nplace:")
	other := with("contracts/visit.yaml", "every: month", "every: moth\nevry: month")
	maps.Copy(files, fstest.MapFS{"contracts/visit.yaml": other["contracts/visit.yaml"]})
	files["contracts/second.yaml"] = &fstest.MapFile{Data: []byte("feed: [")}
	files["codes/reason.csv"] = &fstest.MapFile{Data: []byte("code,label,valid_from,valid_to\na,Advice,never,ever\n")}
	delete(files, "reference/bank_holidays.csv")
	var places []string
	for _, p := range problems(t, files) {
		places = append(places, p.File+" "+strings.SplitN(p.Msg, " ", 3)[0]+" "+strings.SplitN(p.Msg, " ", 3)[1])
	}
	want := []string{
		"config/codes/reason.csv valid_from \"never\"",
		"config/codes/reason.csv valid_to \"ever\"",
		"config/contracts/second.yaml is not",
		"config/contracts/visit.yaml unknown kind",
		"config/contracts/visit.yaml unknown key",
		"config/reference/bank_holidays.csv the file",
		"config/wherry.yaml unknown key",
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("want - got +:\n%s", diff)
	}
}

func TestFlagOverVariableOverFileOverDefault(t *testing.T) {
	files := with("wherry.yaml", "place:", "as_at: \"2025-01-31\"\nlimits: {threads: 3, memory: 3GB, query: 3m}\nplace:")
	flags := pflag.NewFlagSet("wherry", pflag.ContinueOnError)
	flags.String("as-at", "", "")
	flags.String("dir", ".", "")
	flags.Int("threads", 9, "")
	if err := flags.Parse([]string{"--as-at=2025-04-30"}); err != nil {
		t.Fatal(err)
	}
	t.Setenv("WHERRY_AS_AT", "2025-03-31")
	t.Setenv("WHERRY_LIMITS_THREADS", "5")
	t.Setenv("WHERRY_LIMITS_QUERY", "90s")
	t.Setenv("WHERRY_SCHEDULE_RETRY_AFTER", "7m") // in no file: the variable alone gives it
	t.Setenv("WHERRY_ILLUSTRATIVE", "true")
	p, err := config.Load("/somewhere", files, flags)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, got, want any }{
		{"a flag that is given", p.AsAt, "2025-04-30"},
		{"a flag that is not given", p.Limits.Threads, 5},
		{"a variable", p.Limits.Query, 90 * time.Second},
		{"a variable of a key in no file", p.Schedule.RetryAfter, 7 * time.Minute},
		{"a variable of yes or no", p.Illustrative, true},
		{"the file", p.Limits.Memory, "3GB"},
		{"a default", p.Paths.Inbox, "inbox"},
		{"a default beside values of the file", p.Limits.ExtractRows, int64(50_000_000)},
		{"the root", p.Root, "/somewhere"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestFaultsOfFlagsAndVariablesNameThem(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"WHERRY_LIMITS_THREADS", "many", `WHERRY_LIMITS_THREADS: "many" is not a whole number`},
		{"WHERRY_LIMITS_QUERY", "30", `WHERRY_LIMITS_QUERY: "30" is not a length of time`},
		{"WHERRY_ILLUSTRATIVE", "perhaps", `WHERRY_ILLUSTRATIVE: "perhaps" is not true or false`},
		{"WHERRY_AS_AT", "today", `WHERRY_AS_AT: "today" is not a date`},
		{"WHERRY_PATHS_INBOX", "/etc", `WHERRY_PATHS_INBOX: "/etc" is not a folder below`},
		{"as-at", "today", `--as-at: "today" is not a date`},
	} {
		t.Run(c.name, func(t *testing.T) {
			flags := pflag.NewFlagSet("wherry", pflag.ContinueOnError)
			flags.String("as-at", "", "")
			if strings.HasPrefix(c.name, "WHERRY") {
				t.Setenv(c.name, c.value)
			} else if err := flags.Parse([]string{"--" + c.name, c.value}); err != nil {
				t.Fatal(err)
			}
			_, err := config.Load("", tree(), flags)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}
