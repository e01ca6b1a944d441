package rules

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// longest is how long LibreOffice may take over one file.
const longest = 4 * time.Minute

// Converted has LibreOffice open a file and save it in another form, such as ods, in a folder;
// its result is the path of the new file.
func Converted(ctx context.Context, file, form, dir string) (string, error) {
	if err := convert(ctx, file, form, dir); err != nil {
		return "", err
	}
	made := filepath.Join(dir, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))+"."+form)
	if _, err := os.Stat(made); err != nil {
		return "", fmt.Errorf("LibreOffice made no %s of %s: %w", form, filepath.Base(file), err)
	}
	return made, nil
}

// convert gives each call a profile of its own, so that several may run side by side.
func convert(ctx context.Context, file, form, dir string) (err error) {
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	profile, err := os.MkdirTemp("", "wherry-office-")
	if err != nil {
		return fmt.Errorf("making a folder for LibreOffice: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(profile)) }()
	run := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+profile, "--headless", "--norestore", "--convert-to", form, "--outdir", dir, file)
	out, err := run.CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("there is no LibreOffice; `make test` installs it, on Debian as root")
	}
	if err != nil {
		return fmt.Errorf("LibreOffice on %s: %w: %s", filepath.Base(file), err, out)
	}
	return nil
}

// Sheets is the cells of every sheet of a spreadsheet as LibreOffice reads them, by name of the
// sheet: numbers as they are held, not as they look.
func Sheets(ctx context.Context, file string) (all map[string][][]string, err error) {
	dir, err := os.MkdirTemp("", "wherry-csv-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for LibreOffice: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// Comma, quote, UTF-8, from line 1, as held and not as shown, every sheet in a file of its own.
	if err := convert(ctx, file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,2057,false,false,false,false,false,-1", dir); err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("LibreOffice saved no sheet of %s", filepath.Base(file))
	}
	all = map[string][][]string{}
	before := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + "-"
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("reading what LibreOffice saved: %w", err)
		}
		r := csv.NewReader(bytes.NewReader(text))
		r.FieldsPerRecord = -1
		lines, err := r.ReadAll()
		if err != nil {
			return nil, fmt.Errorf("reading what LibreOffice saved: %w", err)
		}
		for i, l := range lines {
			lines[i] = l[:len(l)-blankEnd(l)]
		}
		all[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), before), ".csv")] = lines
	}
	return all, nil
}

// blankEnd is how many cells at the end of a line are empty.
func blankEnd(l []string) int {
	reversed := slices.Clone(l)
	slices.Reverse(reversed)
	n := slices.IndexFunc(reversed, func(s string) bool { return s != "" })
	if n < 0 {
		return len(l)
	}
	return n
}

// Cells is the cells of every sheet as the file holds them, by name of the sheet.
func Cells(file string) (map[string][][]string, error) {
	b, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("reading the workbook: %w", err)
	}
	all := map[string][][]string{}
	for _, s := range b.sheets {
		for _, r := range s.rows {
			var l []string
			for _, c := range r.Cells {
				l = append(l, c.text())
			}
			all[s.name] = append(all[s.name], l)
		}
	}
	return all, nil
}
