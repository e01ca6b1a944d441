package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wherry/pipelines/publish"
)

func (a *app) withdrawCommand() *cobra.Command {
	var w publish.Withdrawal
	cmd := &cobra.Command{
		Use:   "withdraw EDITION",
		Short: "Take an edition back, as a decision on record",
		Long: `Withdraw puts on record who took an edition back, when and why, moves its files from the
published folder to the archive and points "current" at the last edition that stands.

Readers may have kept it. What it told therefore goes on counting as known when later
editions are protected, unless --unseen says that nobody outside the team has had it.`,
		Example: `  wherry withdraw 2026-27-Q2-0bc3318835e6 --by "Data lead" --why "a return was loaded under the wrong month"
  wherry withdraw 2026-27-Q2-0bc3318835e6 --by "Data lead" --why "a trial run" --unseen`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(w.By) == "" || strings.TrimSpace(w.Why) == "" {
				return usageError{errors.New("withdraw needs --by, a role, and --why, a reason: they are kept on record")}
			}
			p, err := a.open(cmd)
			if err != nil {
				return err
			}
			w.Edition, w.On = args[0], p.AsAt
			standing, err := publish.Withdraw(p.Partnership, w)
			var none *publish.NoEditionError
			if errors.As(err, &none) {
				hint := "nothing has been published here"
				if len(none.Known) > 0 {
					hint = "published are " + joinWords(none.Known)
				}
				return hinted{err, hint}
			}
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(struct {
					publish.Withdrawal
					Standing string `json:"standing"`
				}{w, standing})
			}
			fmt.Fprintf(a.out, "Withdrew %s. ", w.Edition)
			if standing == "" {
				fmt.Fprintln(a.out, "No edition stands.")
			} else {
				fmt.Fprintf(a.out, "The current edition is %s.\n", standing)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&w.By, "by", "", "who decided: a role, not a name")
	cmd.Flags().StringVar(&w.Why, "why", "", "why, in a sentence")
	cmd.Flags().BoolVar(&w.Unseen, "unseen", false, "nobody outside the team has had it: it binds no later edition")
	return cmd
}
