package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
)

// markup holds pages of the site in dir to html-validate, all in one process of Node.
func markup(ctx context.Context, dir string, pages []string) ([]Finding, error) {
	top, err := moduleTop()
	if err != nil {
		return nil, err
	}
	var out, errs bytes.Buffer
	args := []string{filepath.Join(top, "node_modules", "html-validate", "bin", "html-validate.mjs"),
		"--config", filepath.Join(top, "dashboards", "browser", "htmlvalidate.mjs"), "--formatter", "json"}
	for _, p := range pages {
		args = append(args, filepath.Join(dir, filepath.FromSlash(p)))
	}
	cmd := exec.CommandContext(ctx, "node", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = top, &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || out.Len() == 0) {
		return nil, fmt.Errorf("running html-validate, which `make test` installs: %w: %s", err, errs.String())
	}
	var account []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line            int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &account); err != nil {
		return nil, fmt.Errorf("reading html-validate's account: %w", err)
	}
	var found []Finding
	for _, p := range account {
		name, err := filepath.Rel(dir, p.FilePath)
		if err != nil {
			return nil, fmt.Errorf("reading html-validate's account: %w", err)
		}
		for _, m := range p.Messages {
			found = append(found, Finding{filepath.ToSlash(name), 0, fmt.Sprintf("line %d: %s: %s", m.Line, m.RuleID, m.Message)})
		}
	}
	return found, nil
}
