package browser

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	linked     = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	tongue     = regexp.MustCompile(`<html lang="(en-GB|cy)">`)
	titled     = regexp.MustCompile(`<title>[^<]*</title>`)
	identified = regexp.MustCompile(` id="([^"]*)"`)
	outside    = regexp.MustCompile(`<script src="[^"]*" defer blocking="render"></script>`) // a file, which the policy allows from the site's own folder
	inline     = regexp.MustCompile(`<script|<style| style="| on[a-z]+="|javascript:`)
)

var styled = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// withoutAllowed is a page without the style sheets whose hash stands in it as in its policy.
func withoutAllowed(text string) string {
	return styled.ReplaceAllStringFunc(text, func(sheet string) string {
		sum := sha256.Sum256([]byte(styled.FindStringSubmatch(sheet)[1]))
		if strings.Contains(text, "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			return ""
		}
		return sheet
	})
}

// checkFiles finds what can be seen without opening a page.
func checkFiles(dir string, pages []string) ([]Finding, error) {
	var found []Finding
	texts := map[string]string{}
	for _, p := range pages {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil {
			return nil, fmt.Errorf("reading page %s: %w", p, err)
		}
		texts[p] = string(text)
	}
	titles := map[string]string{}
	for _, p := range pages {
		text := texts[p]
		add := func(format string, args ...any) { found = append(found, Finding{p, 0, fmt.Sprintf(format, args...)}) }
		if len(text) > MostBytes {
			add("is %d bytes, and %d are allowed", len(text), MostBytes)
		}
		if at := inline.FindString(outside.ReplaceAllString(withoutAllowed(text), "")); at != "" {
			add("holds %q, which its content policy forbids", at)
		}
		if !tongue.MatchString(text) {
			add("does not say its language")
		}
		title := titled.FindString(text)
		if other, taken := titles[title]; taken {
			add("has the title of %s", other)
		}
		titles[title] = p
		seen := map[string]bool{}
		for _, id := range identified.FindAllStringSubmatch(text, -1) {
			if seen[id[1]] {
				add("has the id %q twice", id[1])
			}
			seen[id[1]] = true
		}
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			if fault := follow(dir, p, html.UnescapeString(m[1]), texts); fault != "" {
				add("link %q %s", m[1], fault)
			}
		}
	}
	return found, nil
}

// follow says what is wrong with a link of page p, or "".
func follow(dir, p, link string, texts map[string]string) string {
	u, err := url.Parse(link)
	if err != nil {
		return "cannot be read"
	}
	switch u.Scheme {
	case "https", "mailto", "tel", "data":
		return ""
	case "":
	default:
		return "has a scheme that is not used here"
	}
	if u.RawQuery != "" || strings.HasPrefix(u.Path, "/") {
		return "would not work from disk"
	}
	target := p
	if u.Path != "" {
		target = path.Join(path.Dir(p), u.Path)
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(target)))
		switch {
		case strings.HasPrefix(target, ".."):
			return "leaves the site's folder"
		case err != nil:
			return "leads to a file that is not there"
		case info.IsDir():
			return "leads to a folder, not to a file"
		}
	}
	if u.Fragment != "" && !strings.Contains(texts[target], ` id="`+u.Fragment+`"`) {
		return "leads to a place that is not on the page"
	}
	return ""
}
