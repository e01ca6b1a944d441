package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wherry/pipelines/attack"
	"wherry/pipelines/warehouse"
)

func (a *app) attackCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "attack EDITION [EDITION...]",
		Short: "Try to work out what published editions hide, and print what was recovered",
		Long: `Attack reads the files of editions as a motivated reader would and tries to work out the
counts they hide: by subtraction, percentages, rolling years, areas that overlap, what
another edition or audience prints, whole-number bounds, rounding and chart coordinates.

An EDITION is a folder, or the name of one under published/editions. Name every edition
that a reader may have kept, in any order: they are read by quarter, and within a quarter
in the order their manifests say they were issued.

Exit codes: 0 nothing recovered, 3 something recovered, 1 a folder that is no edition.`,
		Example: `  wherry attack published/current
  wherry attack 2026-27-Q2-0bc3318835e6 2026-27-Q1-5d1c0e7a9f42 --dir /srv/norfolk --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, named []string) error {
			var folders []string
			for _, name := range named {
				folder, err := a.editionFolder(cmd, name)
				if err != nil {
					return err
				}
				folders = append(folders, folder)
			}
			ordered, err := attack.Order(folders)
			if err != nil {
				return hinted{err, "name the folder of an edition, once each: the one that holds its manifest.json"}
			}
			fmt.Fprintln(a.errs, "Warning: what follows may hold counts that must not be seen. Do not share it, and delete it after use.")
			if len(ordered) > 1 && !a.json {
				fmt.Fprintf(a.out, "In the order of quarter and issue, the latest first: %s\n", joinWords(baseNames(ordered)))
			}
			report, err := attack.Attack(cmd.Context(), ordered)
			if err != nil {
				return err
			}
			if a.json {
				err = a.printJSON(report)
			} else {
				err = report.Print(a.out)
			}
			if err == nil && len(report.Known) > 0 {
				return errAttention
			}
			return err
		},
	}
}

// editionFolder is the folder that an argument names: itself, or an edition below the
// partnership's published folder.
func (a *app) editionFolder(cmd *cobra.Command, name string) (string, error) {
	if at, err := os.Stat(name); err == nil && at.IsDir() {
		return filepath.EvalSymlinks(name)
	}
	if strings.ContainsRune(name, filepath.Separator) {
		return "", hinted{fmt.Errorf("there is no folder %s", name), "name the folder of an edition, or its name under published/editions"}
	}
	p, err := a.open(cmd)
	if err != nil {
		return "", err
	}
	editions := filepath.Join(warehouse.Dir(p.Partnership, p.Paths.Published), "editions")
	if at, err := os.Stat(filepath.Join(editions, name)); err != nil || !at.IsDir() {
		return "", hinted{fmt.Errorf("there is no edition %s in %s", name, relative(".", editions)), "wherry status names the newest; --dir says whose editions are meant"}
	}
	return filepath.Join(editions, name), nil
}

func baseNames(paths []string) []string {
	var names []string
	for _, p := range paths {
		names = append(names, filepath.Base(p))
	}
	return names
}
