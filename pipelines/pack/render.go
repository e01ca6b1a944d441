package pack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"wherry/dashboards/browser"
)

var box = regexp.MustCompile(`viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"`)

// picture is an SVG as a PNG, at twice its size.
func picture(started context.Context, file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading a chart: %w", err)
	}
	size := box.FindSubmatch(text)
	if size == nil {
		return nil, fmt.Errorf("%s says no size", filepath.Base(file))
	}
	width, errW := strconv.ParseFloat(string(size[1]), 64)
	height, errH := strconv.ParseFloat(string(size[2]), 64)
	if err := errors.Join(errW, errH); err != nil {
		return nil, fmt.Errorf("%s says no size: %w", filepath.Base(file), err)
	}
	return browser.Picture(started, file, int64(width), int64(height))
}
