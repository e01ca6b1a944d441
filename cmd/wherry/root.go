package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"wherry/pipelines/warehouse"
)

// Exit codes, the same for every command.
const (
	exitDone      = 0
	exitFailed    = 1 // something could not be done
	exitWrongUse  = 2 // the command line was not understood
	exitAttention = 3 // done, but rows are in quarantine, returns are late or hidden counts were recovered
)

// errAttention says that the work was done and that a person should look at what was kept
// out, did not come or was recovered. It has been reported; it only sets the exit code.
var errAttention = errors.New("done, with something for a person to look at")

// usageError is a command line that was not understood.
type usageError struct{ error }

// hinted is an error with the next thing to do.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// app is what every subcommand shares: where it writes and the flags of the root.
type app struct {
	out, errs io.Writer
	dir       string
	asAt      string
	json      bool
}

// execute runs one command line and returns its exit code.
func execute(ctx context.Context, args []string, out, errs io.Writer) int {
	a := &app{out: out, errs: errs}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errAttention):
		return exitAttention
	case errors.As(err, &usage) || isCobraUsage(err):
		fmt.Fprintf(errs, "wherry: %s\n", strings.TrimSpace(err.Error()))
		if !strings.Contains(err.Error(), "Did you mean") {
			fmt.Fprintln(errs, "hint: wherry --help lists the commands; wherry COMMAND --help shows an example")
		}
		return exitWrongUse
	}
	fmt.Fprintf(errs, "wherry: %v\n", err)
	var h hinted
	switch {
	case errors.As(err, &h):
		fmt.Fprintf(errs, "hint: %s\n", h.hint)
	case errors.Is(err, warehouse.ErrLocked):
		fmt.Fprintln(errs, "hint: nothing was changed: put the key into age: identity_file of wherry.yaml, beside those that are there, and run it again; wherry status counts what is sealed")
	case diskFull(err):
		fmt.Fprintln(errs, "hint: free some space and run it again: what was received is kept, and what was published before is as it was")
	}
	return exitFailed
}

// diskFull says that a file could not grow. DuckDB tells so in words alone.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) ||
		strings.Contains(err.Error(), "No space left on device") || strings.Contains(err.Error(), "File too large")
}

// isCobraUsage recognises cobra's own complaints, which have no type.
func isCobraUsage(err error) bool {
	for _, form := range []string{"unknown command", "unknown flag", "unknown shorthand", "flag needs an argument", "invalid argument", "accepts ", "requires ", "required flag"} {
		if strings.HasPrefix(err.Error(), form) {
			return true
		}
	}
	return false
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "wherry",
		Short: "Turn agencies' anonymised extracts into a board's quarterly dashboard",
		Long: `Wherry receives agencies' anonymised extracts under contract, measures them in SQL,
protects small numbers and publishes a static edition each quarter.

Exit codes: 0 done, 1 could not be done, 2 wrong use, 3 done but with rows in quarantine,
returns late, sources out of reach, or hidden counts recovered.`,
		Example: `  wherry sample         write the sample partnership's extracts
  wherry run            receive, measure and publish them
  wherry measure RQ1    evaluate one measure and print it`,
		SilenceUsage:               true,
		SilenceErrors:              true,
		SuggestionsMinimumDistance: 2,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.StringVar(&a.dir, "dir", ".", "the partnership's directory")
	flags.StringVar(&a.asAt, "as-at", "", "treat this as today, YYYY-MM-DD (default: as_at of wherry.yaml, else today)")
	flags.BoolVar(&a.json, "json", false, "print data as JSON")
	root.AddCommand(
		a.initCommand(), a.sampleCommand(), a.fetchCommand(), a.receiveCommand(), a.feedbackCommand(), a.measureCommand(),
		a.publishCommand(), a.withdrawCommand(), a.packCommand(), a.commentaryCommand(), a.runCommand(), a.scheduleCommand(), a.statusCommand(),
		a.rebuildCommand(), a.backupCommand(), a.restoreCommand(), a.purgeCommand(), a.forgetCommand(),
		a.attackCommand(), a.anonymiseCommand(), a.keyCommand(), a.contractCommand(), a.versionCommand(),
	)
	return root
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of this build",
		Example: "  wherry version --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.printJSON(map[string]string{"version": version})
			}
			fmt.Fprintf(a.out, "wherry %s\n", version)
			return nil
		},
	}
}

func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// seconds rounds a span for people and for JSON.
func seconds(d time.Duration) float64 {
	return float64(d.Round(10*time.Millisecond)) / float64(time.Second)
}
