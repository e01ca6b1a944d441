package dashboards

import (
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"wherry/config"
)

// words are the fixed words of a site by key: those of its language, and the English that
// ships, which stands in for what they lack and is marked as English.
type words struct {
	language string
	own      map[string]string
	english  map[string]string
	aloud    bool // text gives its English beside it: see beside in spoken.go
}

// wordsOf gives a site its words.
func wordsOf(s Site) words {
	language := s.Partnership.Lang()
	own := s.Editorial.words[language]
	if own == nil {
		own = builtIn
	}
	return words{language: language, own: own, english: builtIn, aloud: language != config.English}
}

// builtIn is the English that ships. It is embedded, so that it is as its test found it.
var builtIn = func() map[string]string {
	all := map[string]string{}
	text, err := fs.ReadFile(Files, wordsFile(config.English))
	if err == nil {
		err = yaml.Unmarshal(text, &all)
	}
	if err != nil {
		panic("the embedded words cannot be read: " + err.Error())
	}
	return all
}()

func wordsFile(language string) string { return "words/" + language + ".yaml" }

var blank = regexp.MustCompile(`\{/?[a-z]+\}`)

// blanks are what the words of a key have filled in.
func blanks(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(blank.FindAllString(text, -1))))
}

// loadWords reads words/*.yaml: flat, with the keys and blanks of the English that ships.
func (e *Editorial) loadWords(fsys fs.FS) config.Problems {
	var problems config.Problems
	e.words = map[string]map[string]string{}
	files, _ := fs.Glob(fsys, "words/*.yaml") // the pattern is constant and well formed
	for _, name := range files {
		language := strings.TrimSuffix(path.Base(name), ".yaml")
		if language != config.English && language != config.Welsh {
			problems = append(problems, config.Problem{File: "dashboards/" + name, Msg: fmt.Sprintf("%q is not a language that pages may be in", language), Hint: "name the file cy.yaml or en-GB.yaml"})
			continue
		}
		own := map[string]string{}
		ps := decode(fsys, name, &own)
		if len(ps) == 0 {
			ps = checkWords(fsys, name, own)
		}
		problems = append(problems, ps...)
		e.words[language] = own
	}
	return problems
}

func checkWords(fsys fs.FS, name string, own map[string]string) config.Problems {
	var ps config.Problems
	for _, key := range slices.Sorted(maps.Keys(own)) {
		add := func(msg, hint string) {
			ps = append(ps, config.Problem{File: "dashboards/" + name, Line: lineOf(fsys, name, key), Msg: msg, Hint: hint})
		}
		english, known := builtIn[key]
		if form := formOf(key); !known && form != "" {
			english, known = form, true
		}
		switch {
		case !known:
			add(fmt.Sprintf("there are no words with the key %q", key), "the keys are those of words/en-GB.yaml as wherry init writes it")
		case strings.TrimSpace(own[key]) == "":
			add(fmt.Sprintf("%s has no words", key), "write them, or leave the key out for English")
		case !slices.Equal(blanks(own[key]), blanks(english)):
			add(fmt.Sprintf("%s must have filled in %s, and has %s", key, spelled(blanks(english)), spelled(blanks(own[key]))), "in English it is: "+english)
		case !paired(own[key]):
			add(fmt.Sprintf("%s must have each {/name} after its {name}, and none across another", key), "in English it is: "+english)
		}
	}
	return ps
}

// paired says that what stands around words, as in {link}words{/link}, begins before it ends.
func paired(text string) bool {
	var open []string
	for _, b := range blank.FindAllString(text, -1) {
		name, ends := strings.CutPrefix(strings.Trim(b, "{}"), "/")
		switch {
		case !ends && strings.Contains(text, "{/"+name+"}"):
			open = append(open, name)
		case ends && (len(open) == 0 || open[len(open)-1] != name):
			return false
		case ends:
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

func spelled(blanks []string) string {
	if len(blanks) == 0 {
		return "nothing"
	}
	return strings.Join(blanks, ", ")
}

// lineOf is the line of a top-level key, 0 where it is not found.
func lineOf(fsys fs.FS, name, key string) int {
	text, _ := fs.ReadFile(fsys, name) // it has been read before
	for i, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, key+":") {
			return i + 1
		}
	}
	return 0
}

// CheckLanguage gives a problem where the language of the settings has no words at all.
func (e *Editorial) CheckLanguage(language string) config.Problems {
	if language == config.English || e.words[language] != nil {
		return nil
	}
	return config.Problems{{File: "config/wherry.yaml", Msg: fmt.Sprintf("language is %s, and there is no dashboards/%s", language, wordsFile(language)),
		Hint: "copy dashboards/words/en-GB.yaml to that file and translate it, or set language: en-GB"}}
}

// Untranslated are the keys that the words of a language lack, and that stand in English.
func (e *Editorial) Untranslated(language string) []string {
	own, given := e.words[language]
	if !given {
		return nil
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(builtIn)), func(key string) bool { return own[key] != "" })
}

// say is the words of a key, with blanks filled in by pairs of name and value. They are HTML
// where a value is, or where English stands in for another language.
func (w words) say(key string, with ...any) (any, error) {
	text, own := w.own[key]
	if !own {
		text = w.english[key]
	}
	if text == "" {
		return nil, fmt.Errorf("there are no words with the key %q", key)
	}
	marked := !own && w.language != config.English
	markup := marked
	for i := 1; i < len(with); i += 2 {
		markup = markup || isMarkup(with[i])
	}
	if markup {
		text = escaped(text)
	}
	for i := 0; i+1 < len(with); i += 2 {
		name := fmt.Sprint(with[i])
		if a, is := with[i+1].(around); is {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "{"+name+"}", string(a.begin)), "{/"+name+"}", string(a.end))
			continue
		}
		value := fmt.Sprint(with[i+1])
		if markup && !isMarkup(with[i+1]) {
			value = escaped(value)
		}
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	switch {
	case marked:
		return template.HTML(`<span lang="` + config.English + `">` + text + `</span>`), nil //nolint:gosec // escaped above
	case markup:
		return template.HTML(text), nil //nolint:gosec // escaped above
	}
	return text, nil
}

// speak is say with its own language, for words among others that are not of it.
func (w words) speak(key string, with ...any) (any, error) {
	text, err := w.say(key, with...)
	if err != nil || w.language == config.English {
		return text, err
	}
	if _, is := text.(template.HTML); !is {
		text = escaped(fmt.Sprint(text))
	}
	return template.HTML(fmt.Sprintf(`<span lang="%s">%s</span>`, w.language, text)), nil //nolint:gosec // escaped above
}

// plain is the words of a key as text, for what is not HTML.
func (w words) plain(key string, with ...any) string {
	plain := words{language: config.English, own: w.own, english: w.english}
	text, err := plain.say(key, with...)
	if err != nil {
		panic(err) // a key of Go code, which a test holds against the catalogue
	}
	return fmt.Sprint(text)
}

// verdict is the word of a verdict, which Go code has in English. Words that are no verdict,
// such as the status of an action, are as they were.
func (w words) verdict(word string) (any, error) { return w.known("verdict.", word, w.say) }

// verdictAloud is verdict with its own language, for a word among others that are not of it.
func (w words) verdictAloud(word string) (any, error) { return w.known("verdict.", word, w.speak) }

// came is what came of a return, in the words that Go code has in English; letter stands for it.
func (w words) came(word string) (any, error) { return w.known("came.", word, w.say) }

func (w words) letter(letter string) (any, error) { return w.known("came.letter.", letter, w.say) }

// known is what say gives of words that Go code has in English, or those words themselves where
// they have no key.
func (w words) known(prefix, word string, say func(string, ...any) (any, error)) (any, error) {
	key := keyUnder(prefix, word)
	if w.english[key] == "" {
		return word, nil
	}
	return say(key)
}

// keyUnder is the key of words that Go code has in English.
func keyUnder(prefix, word string) string {
	return prefix + strings.ReplaceAll(strings.ToLower(word), " ", "-")
}

// mark is the words of a mark such as [c] under a table.
func (w words) mark(mark string) (any, error) {
	return w.say(markKey(mark))
}

// markSentence is mark as a sentence.
func (w words) markSentence(mark string) (any, error) {
	key := markKey(mark)
	one := words{language: w.language, own: map[string]string{}, english: map[string]string{key: sentence(w.english[key])}}
	if own := w.own[key]; own != "" {
		one.own[key] = sentence(own)
	}
	return one.say(key)
}

func markKey(mark string) string { return "mark.full." + strings.Trim(mark, "[]") }

// spoken is the attribute of elements whose words come from here, within the main part, whose
// sentences are English; english is that of the main part. Neither is needed in English.
func (w words) spoken() template.HTMLAttr { return w.attribute(w.language) }

func (w words) mainPart() template.HTMLAttr { return w.attribute(config.English) }

func (w words) attribute(language string) template.HTMLAttr {
	if w.language == config.English {
		return ""
	}
	return template.HTMLAttr(` lang="` + language + `"`) //nolint:gosec // one of two constants
}

// head is the attribute of a column's head that says in English what it heads. The auditor, which
// knows columns by their English heads, reads it. It is not needed in English.
func (w words) head(key string) (template.HTMLAttr, error) {
	if w.english[key] == "" {
		return "", fmt.Errorf("there are no words with the key %q", key)
	}
	if w.language == config.English {
		return "", nil
	}
	return template.HTMLAttr(` data-en="` + template.HTMLEscapeString(w.english[key]) + `"`), nil //nolint:gosec // escaped
}

func (w words) functions() template.FuncMap {
	return template.FuncMap{
		"t": w.say, "speak": w.speak, "verdict": w.verdict, "verdictAloud": w.verdictAloud, "came": w.came, "letter": w.letter,
		"markWords": w.mark, "markSentence": w.markSentence,
		"lang": func() string { return w.language }, "spoken": w.spoken, "mainPart": w.mainPart, "head": w.head,
		"to": linkTo, "bold": bold, "unseen": unseen, "call": call, "mail": mail, "code": code, "codes": codes, "join": join,
	}
}
