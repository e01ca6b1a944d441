package main

import (
	"context"
	"fmt"
	"sort"

	"github.com/spf13/cobra"

	"wherry/pipelines"
	"wherry/pipelines/intake"
)

func (a *app) receiveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "receive",
		Short: "Load the extracts in the inbox under their contracts",
		Long: `Receive reads every extract in inbox/<agency>/, loads the rows that keep their contract,
puts the others in quarantine with every reason, and writes the reasons for the sender to
outbox/<agency>/. An extract received before is left alone; a new one for the same agency,
feed and period takes the place of the earlier, which stays on record.`,
		Example: "  wherry receive --dir /srv/norfolk",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			var got received
			err = a.job(cmd.Context(), p, "receive", a.receiveStep(p, &got))
			if err != nil {
				return err
			}
			if a.json {
				if err := a.printJSON(got.summary()); err != nil {
					return err
				}
			} else {
				a.printAttention(got)
			}
			return got.attention()
		},
	}
}

// received is what came of the receive step, with the returns that somebody should look at:
// late or missing, or unusual, and what came of the sources that were fetched from before it.
type received struct {
	intake.Summary
	Late, Unusual []pipelines.MarkedReturn
	Sources       fetched
}

type receivedJSON struct {
	Sources     fetched                  `json:"sources,omitempty"`
	Loaded      int64                    `json:"loaded"`
	Quarantined int64                    `json:"quarantined"`
	Warned      int64                    `json:"warned"`
	LateRows    int64                    `json:"late_rows"` // of earlier periods than their extract's
	Refused     int                      `json:"refused"`
	Late        []pipelines.MarkedReturn `json:"late"`
	Unusual     []pipelines.MarkedReturn `json:"unusual"`
}

func (r received) summary() receivedJSON {
	return receivedJSON{r.Sources, r.Rows(), r.QuarantinedRows(), r.WarnedRows(), r.LateRows(), len(r.Refused()), r.Late, r.Unusual}
}

func (r received) attention() error {
	if r.QuarantinedRows() > 0 || len(r.Refused()) > 0 || len(r.Late)+len(r.Unusual) > 0 {
		return errAttention
	}
	return r.Sources.attention()
}

func (a *app) receiveStep(p *pipelines.Project, got *received) pipelines.Step {
	return pipelines.Step{Name: "receive", Do: func(ctx context.Context) (string, error) {
		s, returns, err := p.Receive(ctx, a.progress())
		got.Summary = s
		for _, r := range returns {
			if r.Overdue() {
				got.Late = append(got.Late, r)
			} else {
				got.Unusual = append(got.Unusual, r)
			}
		}
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s, %s new; %s accepted, %s quarantined",
			plural(int64(len(s.Outcomes)), "extract"), grouped(int64(s.Loaded())), plural(s.Rows(), "row"), grouped(s.QuarantinedRows())), nil
	}, Used: func() []string {
		var ids []string
		for _, o := range got.Outcomes {
			if o.Status == intake.Loaded {
				ids = append(ids, "delivery "+o.Delivery)
			}
		}
		return ids
	}}
}

// printAttention says what was kept out, what could not be read and who is late.
func (a *app) printAttention(r received) {
	a.printSources(r.Sources)
	if n := r.QuarantinedRows(); n > 0 {
		fmt.Fprintf(a.out, "\nQuarantined: %s. The senders' reasons are in %s.\n", plural(n, "row"), "outbox/")
		for _, line := range quarantineByReturn(r.Summary) {
			fmt.Fprintln(a.out, "  "+line)
		}
	}
	a.printLeftOut(r.Summary)
	if n := r.LateRows(); n > 0 {
		fmt.Fprintf(a.out, "\nLoaded late, and counted in the period each belongs to unless its own return has it: %s.\n", plural(n, "row"))
		for _, line := range countsByReturn(r.Summary, func(o intake.Outcome) map[string]int64 { return o.Late }) {
			fmt.Fprintln(a.out, "  "+line)
		}
	}
	if lines := countsByReturn(r.Summary, func(o intake.Outcome) map[string]int64 { return o.Warned }); len(lines) > 0 {
		fmt.Fprintf(a.out, "\nKept, and reported to the sender: %s.\n", plural(r.WarnedRows(), "row"))
		for _, line := range lines {
			fmt.Fprintln(a.out, "  "+line)
		}
	}
	if refused := r.Refused(); len(refused) > 0 {
		fmt.Fprintf(a.out, "\nNot loaded: %s.\n", plural(int64(len(refused)), "file"))
		for _, o := range refused {
			fmt.Fprintf(a.out, "  %s %s\n", o.File, o.Message)
			if o.Hint != "" {
				fmt.Fprintf(a.out, "    hint: %s\n", o.Hint)
			}
		}
	}
	a.printReturns("Late or not supplied", r.Late)
	a.printReturns("Not as usual for their sender", r.Unusual)
}

func (a *app) printReturns(heading string, returns []pipelines.MarkedReturn) {
	if len(returns) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%s: %s.\n", heading, plural(int64(len(returns)), "return"))
	for _, r := range returns {
		says := r.Says
		if !r.Overdue() {
			says = r.Reason.Words() + ": " + says
		}
		fmt.Fprintf(a.out, "  %s, %s, %s: %s\n", r.Agency, r.Feed, r.Period, says)
	}
}

// printLeftOut says which files held rows that are no data.
func (a *app) printLeftOut(s intake.Summary) {
	var lines []string
	for _, o := range s.Outcomes {
		if o.Status == intake.Loaded && o.LeftOut > 0 {
			lines = append(lines, o.File+" "+o.Message)
		}
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\nLoaded, with rows left out that are no data: %s.\n", plural(int64(len(lines)), "file"))
	for _, line := range lines {
		fmt.Fprintln(a.out, "  "+line)
	}
}

func quarantineByReturn(s intake.Summary) []string {
	var lines []string
	for _, o := range s.Outcomes {
		if o.Quarantined == 0 {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %s (%s)", o.File, plural(o.Quarantined, "row"), joinWords(ruleCounts(o.Reasons))))
	}
	return lines
}

// countsByReturn is a line for each file loaded that has counts of something.
func countsByReturn(s intake.Summary, of func(intake.Outcome) map[string]int64) []string {
	var lines []string
	for _, o := range s.Outcomes {
		if counts := of(o); o.Status == intake.Loaded && len(counts) > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s", o.File, joinWords(ruleCounts(counts))))
		}
	}
	return lines
}

// ruleCounts is how often each rule was broken, by its code, or how many rows came of each period.
func ruleCounts[N int | int64](reasons map[string]N) []string {
	var counts []string
	for rule, n := range reasons {
		counts = append(counts, fmt.Sprintf("%s %d", rule, n))
	}
	sort.Strings(counts)
	return counts
}
