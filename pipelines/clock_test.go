package pipelines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"wherry/config"
)

// TestAClockThatGoesBackwardsChangesNothing receives an extract, and again with the clock a
// month back: that is refused, and what was published stays.
func TestAClockThatGoesBackwardsChangesNothing(t *testing.T) {
	p, err := Open(t.TempDir(), pflag.NewFlagSet("", pflag.ContinueOnError), "test", config.Day(2026, time.October, 31))
	if err != nil {
		t.Fatal(err)
	}
	p.Settings.AsAt = "" // the clock's, as for a partnership with real data
	inbox := filepath.Join(p.Path(p.Paths.Inbox), "training_hub")
	if err := os.MkdirAll(inbox, 0o750); err != nil {
		t.Fatal(err)
	}
	c, _ := p.Contract("training_event")
	var header []string
	for _, col := range c.Columns {
		header = append(header, col.Name)
	}
	extract := filepath.Join(inbox, "training_event_2026-09.csv")
	if err := os.WriteFile(extract, []byte(strings.Join(header, ",")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	came := config.Day(2026, time.October, 20)
	if err := os.Chtimes(extract, came, came); err != nil {
		t.Fatal(err)
	}
	quiet := func(string, string, time.Duration) {}
	if _, _, err := p.Receive(t.Context(), quiet); err != nil {
		t.Fatal(err)
	}
	pointer := filepath.Join(p.Path(p.Paths.Warehouse), "CURRENT")
	before, err := os.ReadFile(pointer)
	if err != nil {
		t.Fatal(err)
	}
	p.AsAt = config.Day(2026, time.September, 20)
	_, _, err = p.Receive(t.Context(), quiet)
	if err == nil || !strings.Contains(err.Error(), "clock says 2026-09-20") || !strings.Contains(err.Error(), "came on 2026-10-20") {
		t.Errorf("receiving with the clock a month back: %v", err)
	}
	if _, err := p.Rebuild(t.Context()); err == nil {
		t.Error("a rebuild with the clock a month back went through")
	}
	if after, err := os.ReadFile(pointer); err != nil || string(after) != string(before) {
		t.Errorf("the pointer was %s and is %s, %v", before, after, err)
	}
	p.AsAt = config.Day(2026, time.October, 19) // a time zone
	if _, _, err := p.Receive(t.Context(), quiet); err != nil {
		t.Errorf("a day's difference: %v", err)
	}
}
