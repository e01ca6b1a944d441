package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/dashboards"
	"wherry/pipelines"
	"wherry/queries"
)

func (a *app) measureCommand() *cobra.Command {
	var audience, quarter string
	cmd := &cobra.Command{
		Use:   "measure [ID...]",
		Short: "Evaluate measures and print them; write, check, list, show and explain them",
		Long: `Measure evaluates the named measures (all of them where none is named) over what has been
received and prints the figures of a quarter, after disclosure control for an audience.
Its subcommands help an analyst write one: see docs/adding-a-measure.md.`,
		Example: `  wherry measure RQ1
  wherry measure RQ1 MA2 --audience public --json
  wherry measure new referral-quality/police-referrals-with-a-plan --id RQ9`,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			measures, err := chosen(p.Catalogue, args)
			if err != nil {
				return err
			}
			q, err := quarterOf(p, quarter)
			if err != nil {
				return err
			}
			results, err := p.Measure(cmd.Context(), measures, audience, q)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(resultsJSON(results))
			}
			for _, r := range results {
				a.printResult(r, p, q)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&audience, "audience", "board", "whose disclosure rules apply")
	cmd.Flags().StringVar(&quarter, "quarter", "", `quarter to print, e.g. "2026-27 Q2"`)
	cmd.AddCommand(a.measureNew(), a.measureCheck(), a.measureList(), a.measureShow(), a.measureExplain())
	return cmd
}

// chosen finds measures by id or file name; none named means all.
func chosen(c *queries.Catalogue, names []string) ([]*queries.Measure, error) {
	if len(names) == 0 {
		return c.Measures, nil
	}
	var ms []*queries.Measure
	for _, name := range names {
		m, err := c.Find(name)
		if err != nil {
			return nil, usageError{err}
		}
		ms = append(ms, m)
	}
	return ms, nil
}

func (a *app) printResult(r *queries.Result, p *pipelines.Project, q config.Period) {
	fmt.Fprintf(a.out, "\n%s  %s\n", r.Measure.ID, r.Measure.Title)
	fmt.Fprintf(a.out, "%s\n", dashboards.ReadingSentences(r).Text())
	w := tabwriter.NewWriter(a.out, 2, 0, 2, ' ', 0)
	fmt.Fprintln(w, "period\tplace or group\tvalue\tinterval\tcount\tbase")
	for _, f := range r.Figures {
		if f.Period != r.Reading.Period && !(f.Breakdown == "" && f.Area == p.Area && f.Period.Kind == config.Month && q.Holds(f.Period.Start)) {
			continue
		}
		value, interval, count, base := cells(r.Measure, f)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", f.Period, placeOf(p, f), value, interval, count, base)
	}
	_ = w.Flush()
}

func placeOf(p *pipelines.Project, f queries.Figure) string {
	if f.Breakdown != "" {
		return f.Breakdown + ": " + f.Category
	}
	area, _ := p.AreaOf(f.Area)
	return area.Name
}

func (a *app) measureNew() *cobra.Command {
	var id, title, kind string
	cmd := &cobra.Command{
		Use:   "new FAMILY/NAME",
		Short: "Write a new measure file that runs as it stands",
		Example: `  wherry measure new referral-quality/police-referrals-with-a-plan --id RQ9 --title "Referrals with a safety plan"
  wherry measure new training/confidence-before-and-after --id TR9 --kind change`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			path, err := p.NewMeasure(queries.Kind(kind), args[0], strings.ToUpper(id), title)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "Wrote %s. Edit it, then: wherry measure check %s\n", relative(".", path), strings.ToUpper(id))
			return nil
		},
	}
	cmd.Flags().StringVar(&id, "id", "", "id for ever, such as RQ9")
	cmd.Flags().StringVar(&title, "title", "", "title people will read")
	cmd.Flags().StringVar(&kind, "kind", string(queries.Proportion), "count, proportion, rate, duration, mean, change, distribution or estimate")
	_ = cmd.MarkFlagRequired("id")
	return cmd
}

func (a *app) measureCheck() *cobra.Command {
	return &cobra.Command{
		Use:     "check [ID...]",
		Short:   "Check measures: every problem at its line, each example's got and want",
		Example: "  wherry measure check RQ1",
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			measures, err := chosen(p.Catalogue, args)
			if err != nil {
				return err
			}
			wrong := 0
			err = p.CheckMeasures(cmd.Context(), measures, func(m *queries.Measure, report pipelines.MeasureCheck) {
				a.printCheck(m, report)
				if !report.OK() {
					wrong++
				}
			})
			if err != nil {
				return err
			}
			if wrong > 0 {
				return fmt.Errorf("%s of %d to mend", plural(int64(wrong), "measure"), len(measures))
			}
			return nil
		},
	}
}

func (a *app) printCheck(m *queries.Measure, r pipelines.MeasureCheck) {
	if r.OK() {
		fmt.Fprintf(a.out, "%-4s ok   %s, %s\n", m.ID, m.Slug, plural(int64(len(r.Examples)), "example"))
		return
	}
	fmt.Fprintf(a.out, "%-4s mend %s\n", m.ID, "queries/"+m.Path)
	for _, problem := range r.Problems {
		fmt.Fprintln(a.out, problem)
	}
	for _, e := range r.Examples {
		if !e.OK() {
			fmt.Fprintln(a.out, e)
		}
	}
}

func (a *app) measureList() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the measures by family",
		Example: "  wherry measure list --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(listJSON(p.Catalogue))
			}
			w := tabwriter.NewWriter(a.out, 2, 0, 2, ' ', 0)
			for _, m := range p.Catalogue.Measures {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.ID, m.Family, m.Kind, m.Title)
			}
			return w.Flush()
		},
	}
}

func (a *app) measureShow() *cobra.Command {
	return &cobra.Command{
		Use:     "show ID",
		Short:   "Show one measure: its definition, SQL and examples",
		Example: "  wherry measure show RQ1",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			m, err := p.Catalogue.Find(args[0])
			if err != nil {
				return usageError{err}
			}
			fmt.Fprint(a.out, m.Show())
			return nil
		},
	}
}
