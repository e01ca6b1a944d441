package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"wherry/config"
	"wherry/dashboards"
	"wherry/pipelines"
	"wherry/queries"
)

func (a *app) commentaryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "commentary",
		Short: "Write signed notes on a quarter's measures, and see which are awaited",
		Long: `Commentary is what people say of a figure, apart from what the data show: a Markdown file
for one measure, or for a whole edition, with an author's role, a day, a basis and who
signed it off. An unsigned note is a draft, and no public page shows it.`,
		Example: `  wherry commentary new RQ1 --author "Constabulary data lead"
  wherry commentary status`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.commentaryNewCommand(), a.commentaryStatusCommand())
	return cmd
}

func (a *app) commentaryNewCommand() *cobra.Command {
	var quarter, author string
	cmd := &cobra.Command{
		Use:   "new MEASURE|edition",
		Short: "Make the file of a note, for its author to fill in",
		Example: `  wherry commentary new RQ1 --author "Constabulary data lead"
  wherry commentary new edition --quarter "2026-27 Q2"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, q, err := a.openQuarter(cmd, quarter)
			if err != nil {
				return err
			}
			if p.BuiltIn {
				return hinted{errors.New("there is no partnership here to write a note for"), "wherry init makes its files"}
			}
			id := strings.ToLower(args[0])
			var m *queries.Measure
			if id != dashboards.EditionNote {
				if m, err = p.Catalogue.Find(args[0]); err != nil {
					return hinted{err, `see wherry measure list; "wherry commentary new edition" is a note on the whole quarter`}
				}
				id = strings.ToLower(m.ID)
			}
			file := filepath.Join(a.dir, "dashboards", "commentary", q.Slug(), id+".md")
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return fmt.Errorf("making the folder of the quarter's notes: %w", err)
			}
			if err := newFile(file, noteOf(p, m, author)); err != nil {
				return err
			}
			fmt.Fprintf(a.out, "Wrote %s. Fill it in; it is a draft until signed_off_by and signed_off_on are given.\n", relative(a.dir, file))
			return nil
		},
	}
	cmd.Flags().StringVar(&quarter, "quarter", "", `quarter that the note is on (default: the latest whose cut-off has passed)`)
	cmd.Flags().StringVar(&author, "author", "", "role of whoever writes it (default: the measure's owner)")
	return cmd
}

// newFile writes a file that is not there yet.
func newFile(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return hinted{fmt.Errorf("%s is there already", path), "edit it, or move it away first"}
	}
	if err != nil {
		return fmt.Errorf("making the note: %w", err)
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// noteOf is the file of a note on m, nil for the edition, with what is not known left open.
func noteOf(p *pipelines.Project, m *queries.Measure, author string) string {
	basis, asks := "basis: not known\naction:\nowner:\ndue:\n", "Write what you think is behind the figure, and how you know."
	if m == nil {
		basis, asks = "", "Write what readers of this quarter should look at first."
	} else if author == "" {
		author = m.Owner
	}
	if author == "" {
		author = "Role to be filled in"
	}
	return fmt.Sprintf("---\nauthor: %s\ndate: %s\n%ssigned_off_by:\nsigned_off_on:\n---\n%s\n", author, p.AsAt.Format("2006-01-02"), basis, asks)
}

// noteState is one line of the status.
type noteState struct {
	Measure string `json:"measure"`
	Title   string `json:"title"`
	State   string `json:"state"` // awaited, draft or signed off
	By      string `json:"by,omitempty"`
}

func (a *app) commentaryStatusCommand() *cobra.Command {
	var quarter, audience string
	cmd := &cobra.Command{
		Use:   "status",
		Short: "List the notes that are signed off, drafted and awaited",
		Long: `Status lists the measures of an audience's scorecard, and any other with a note, with what
there is for the quarter: signed off, a draft, or awaited from whom.`,
		Example: `  wherry commentary status
  wherry commentary status --quarter "2026-27 Q2" --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, q, err := a.openQuarter(cmd, quarter)
			if err != nil {
				return err
			}
			board := p.Editorial.Boards[audience]
			if board == nil {
				return usageError{fmt.Errorf("there is no audience %q with a board", audience)}
			}
			states := noteStates(p, q, board)
			if a.json {
				return a.printJSON(states)
			}
			fmt.Fprintf(a.out, "Notes on %s\n", q.Title())
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, s := range states {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Measure, s.State, s.By, s.Title)
			}
			return w.Flush()
		},
	}
	cmd.Flags().StringVar(&quarter, "quarter", "", `quarter of the notes (default: the latest whose cut-off has passed)`)
	cmd.Flags().StringVar(&audience, "audience", "board", "whose scorecard")
	return cmd
}

// noteStates is the note on the edition, then those of the measures in the catalogue's order.
func noteStates(p *pipelines.Project, q config.Period, board *dashboards.Board) []noteState {
	states := []noteState{stateOf(dashboards.EditionNote, "The quarter as a whole", "", p.Editorial.Note(q, dashboards.EditionNote))}
	for _, m := range p.Catalogue.Measures {
		followed := slices.ContainsFunc(board.Families, func(f dashboards.BoardFamily) bool {
			return f.Slug == m.Family && (len(f.Scorecard) == 0 || slices.Contains(f.Scorecard, m.ID))
		})
		if note := p.Editorial.Note(q, m.ID); note != nil || followed {
			states = append(states, stateOf(m.ID, m.Title, m.Owner, note))
		}
	}
	return states
}

func stateOf(id, title, owner string, note *dashboards.Commentary) noteState {
	s := noteState{id, title, "awaited", owner}
	switch {
	case note == nil:
	case note.Draft():
		s.State, s.By = "draft", note.Author
	default:
		s.State, s.By = "signed off", note.SignedOffBy+", "+note.SignedOffOn
	}
	return s
}

// openQuarter is the partnership and the quarter that a command is about.
func (a *app) openQuarter(cmd *cobra.Command, quarter string) (*pipelines.Project, config.Period, error) {
	p, err := a.open(cmd)
	if err != nil {
		return nil, config.Period{}, err
	}
	q, err := quarterOf(p, quarter)
	return p, q, err
}
