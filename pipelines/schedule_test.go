package pipelines

import (
	"context"
	"testing"
	"time"

	"wherry/pipelines/warehouse"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestTimingsAreLondonTime(t *testing.T) {
	p := project(t)
	for _, c := range []struct{ now, receiveNext, receiveLast, publishNext, publishLast string }{
		{"2026-07-10T12:00:00Z", "2026-07-11T01:00:00Z", "2026-07-10T01:00:00Z", "2026-08-01T05:00:00Z", "2026-05-01T05:00:00Z"},
		{"2026-11-22T12:00:00Z", "2026-11-23T02:00:00Z", "2026-11-22T02:00:00Z", "2027-02-01T06:00:00Z", "2026-11-01T06:00:00Z"},
	} {
		ts, err := p.Timings(at(t, c.now))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range [][2]string{{c.receiveNext, c.receiveLast}, {c.publishNext, c.publishLast}} {
			if !ts[i].Next.Equal(at(t, want[0])) || !ts[i].Last.Equal(at(t, want[1])) {
				t.Errorf("at %s, %s: next %s, last %s; want %s, %s", c.now, ts[i].Job, ts[i].Next, ts[i].Last, want[0], want[1])
			}
		}
	}
}

func TestTimingsSayWhatIsWrong(t *testing.T) {
	p := project(t)
	p.Schedule.Receive = "at two"
	if _, err := p.Timings(at(t, "2026-07-10T12:00:00Z")); err == nil {
		t.Error("a cron expression in words was taken")
	}
	p.Schedule.TimeZone = "Norfolk"
	if _, err := p.Timings(at(t, "2026-07-10T12:00:00Z")); err == nil {
		t.Error("an unknown time zone was taken")
	}
}

func TestMissed(t *testing.T) {
	timing := Timing{Job: "publish", Last: at(t, "2026-11-01T06:00:00Z")}
	run := func(job, started string) warehouse.Run { return warehouse.Run{Job: job, Started: at(t, started)} }
	for _, c := range []struct {
		name string
		runs []warehouse.Run
		want bool
	}{
		{"never run at all", nil, false},
		{"only another job has run", []warehouse.Run{run("receive", "2026-11-01T06:00:00Z")}, false},
		{"ran before, not since", []warehouse.Run{run("publish", "2026-08-01T06:00:00Z")}, true},
		{"ran on time", []warehouse.Run{run("publish", "2026-08-01T06:00:00Z"), run("publish", "2026-11-01T06:00:00Z")}, false},
		{"the whole job was run by hand since", []warehouse.Run{run("publish", "2026-08-01T06:00:00Z"), run("run", "2026-11-03T09:00:00Z")}, false},
	} {
		if got := Missed(timing, c.runs); got != c.want {
			t.Errorf("%s: missed %t, want %t", c.name, got, c.want)
		}
	}
}

// TestMissedRunIsCaughtUpOnce starts a real schedule after a due time has passed with nobody
// there, and ends it.
func TestMissedRunIsCaughtUpOnce(t *testing.T) {
	p := project(t)
	now := time.Now()
	old := warehouse.Run{Job: "publish", Started: now.AddDate(0, -6, 0), Ended: now.AddDate(0, -6, 0), Outcome: Done}
	if _, err := warehouse.Record(p.Partnership, old); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan string, 10)
	ended := make(chan error, 1)
	go func() {
		ended <- p.RunSchedule(ctx, func() time.Time { return now }, func(_ context.Context, job string) { ran <- job })
	}()
	select {
	case job := <-ran:
		if job != "publish" {
			t.Errorf("caught up %s", job)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the missed run was not caught up")
	}
	select {
	case job := <-ran:
		t.Errorf("%s ran again", job)
	case <-time.After(300 * time.Millisecond):
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("ending the schedule: %v", err)
	}
}
