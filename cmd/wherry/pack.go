package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"wherry/dashboards/browser"
	"wherry/pipelines/pack"
	"wherry/pipelines/warehouse"
)

// packFlags are what `wherry pack` is asked for.
type packFlags struct {
	audience, out, browser, png string
	measures                    []string
}

func (a *app) packCommand() *cobra.Command {
	var f packFlags
	cmd := &cobra.Command{
		Use:   "pack [EDITION]",
		Short: "Print an edition's pages as one PDF for a meeting",
		Long: `Pack prints the pages of an edition as one PDF on A4 landscape: what changed and what the
board is asked, the improvement areas, the exceptions, each measure of the scorecard, the
action plan, data quality and how to read it. The PDF is tagged and has an outline; its
marking is in the margins of every side. The pages on screen remain the accessible master.

It needs an installed Chromium, Chrome or Edge, and no network. Without EDITION the
current one is printed. --png draws the charts as pictures instead, at twice their size.`,
		Example: `  wherry pack
  wherry pack 2026-27-Q2-0bc3318835e6 --audience public --out meeting.pdf
  wherry pack --png pictures --measure RQ1`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.pack(cmd, args, f) },
	}
	cmd.Flags().StringVar(&f.audience, "audience", "board", "whose pages")
	cmd.Flags().StringVar(&f.out, "out", "", "the PDF (default published/packs/EDITION-AUDIENCE.pdf)")
	cmd.Flags().StringVar(&f.browser, "browser", "", "path of a Chromium, Chrome or Edge (default the first that is installed)")
	cmd.Flags().StringVar(&f.png, "png", "", "draw charts as PNG files into this folder instead")
	cmd.Flags().StringSliceVar(&f.measures, "measure", nil, "with --png: these measures alone")
	return cmd
}

func (a *app) pack(cmd *cobra.Command, args []string, f packFlags) error {
	if len(f.measures) > 0 && f.png == "" {
		return usageError{errors.New("--measure goes with --png: a pack holds every measure of the scorecard")}
	}
	if f.png != "" && f.out != "" {
		return usageError{errors.New("--png draws pictures and --out names a PDF: give one of them")}
	}
	edition, packs, err := a.packed(cmd, args)
	if err != nil {
		return err
	}
	site := filepath.Join(edition, f.audience)
	if _, err := os.Stat(filepath.Join(site, "index.html")); err != nil {
		return hinted{fmt.Errorf("edition %s has no pages for the audience %q", filepath.Base(edition), f.audience), "its audiences are " + joinWords(audiencesIn(edition))}
	}
	if f.png != "" {
		made, err := pack.Pictures(cmd.Context(), site, f.png, f.browser, f.measures)
		if err != nil {
			return unpacked(err)
		}
		if a.json {
			return a.printJSON(made)
		}
		fmt.Fprintf(a.out, "Drew %s in %s.\n", plural(int64(len(made)), "chart"), f.png)
		return nil
	}
	if f.out == "" {
		f.out = filepath.Join(packs, filepath.Base(edition)+"-"+f.audience+".pdf")
	}
	paper, err := pack.Make(cmd.Context(), site, f.out, f.browser)
	if err != nil {
		return unpacked(err)
	}
	if a.json {
		return a.printJSON(paper)
	}
	fmt.Fprintf(a.out, "Printed %s of edition %s on %s: %s (%d KB)\n", plural(int64(len(paper.Pages)), "page"), filepath.Base(edition), plural(int64(paper.Sides), "side"), relative(".", paper.File), paper.Bytes/1024)
	return nil
}

// packed is the edition to print and the folder in which packs lie.
func (a *app) packed(cmd *cobra.Command, args []string) (edition, packs string, err error) {
	name := filepath.Join("published", "current")
	if len(args) > 0 {
		edition, err = a.editionFolder(cmd, args[0])
		return edition, filepath.Join(filepath.Dir(filepath.Dir(edition)), "packs"), err
	}
	p, err := a.open(cmd)
	if err != nil {
		return "", "", err
	}
	published := warehouse.Dir(p.Partnership, p.Paths.Published)
	if edition, err = filepath.EvalSymlinks(filepath.Join(published, "current")); err != nil {
		return "", "", hinted{fmt.Errorf("nothing has been published here: there is no %s", name), "wherry run publishes an edition"}
	}
	return edition, filepath.Join(published, "packs"), nil
}

// audiencesIn are the audiences that an edition has pages for.
func audiencesIn(edition string) []string {
	indexes, err := filepath.Glob(filepath.Join(edition, "*", "index.html"))
	if err != nil {
		return nil
	}
	var names []string
	for _, i := range indexes {
		names = append(names, filepath.Base(filepath.Dir(i)))
	}
	slices.Sort(names)
	return names
}

// unpacked adds the next thing to do.
func unpacked(err error) error {
	var none *browser.NoneError
	if errors.As(err, &none) {
		return hinted{err, "on Debian: apt install chromium; on Windows Edge is enough; --browser names one elsewhere. Any browser can print index.html and the other pages by hand"}
	}
	return err
}
