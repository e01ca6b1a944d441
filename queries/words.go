package queries

import (
	"regexp"
	"strings"
)

// blame is wording that blames people or agencies, or claims a cause: never used of a
// person, an agency or a number, wherever a reader may meet it.
var blame = regexp.MustCompile(`(?i)\b(fail\w*|poor|poorly|breach\w*|good news|soar\w*|slump\w*|due to|led to|because of|alleged\w*|hard to reach|repeat victims?|non-?complian\w*|domestics|domestic (?:incident|violence|dispute)s?)\b`)

// slant is wording that weighs a number: kept out of titles and questions, allowed in notes.
var slant = regexp.MustCompile(`(?i)\b(only|just|refus\w*|dropped|significant\w*)\b`)

// lawful is the law's own names for things, which stay; ofAnOrder is a sentence about an
// order of a court or an arrest, in which a breach is the law's own word too.
var (
	lawful    = regexp.MustCompile(`(?i)\bindependent domestic violence advis[eo]rs?\b|\bdomestic violence (?:disclosure scheme|protection (?:notice|order)s?)\b`)
	ofAnOrder = regexp.MustCompile(`(?i)[^.]*\b(?:orders?|arrests?)\b[^.]*`)
	lawBreach = regexp.MustCompile(`(?i)\bbreach(?:es)?\b`)
)

// wordsToMend is each phrase of text that the house's word list forbids; titles are held
// to the longer list.
func wordsToMend(text string, title bool) []string {
	text = lawful.ReplaceAllString(text, "")
	text = ofAnOrder.ReplaceAllStringFunc(text, func(sentence string) string { return lawBreach.ReplaceAllString(sentence, "") })
	found := blame.FindAllString(text, -1)
	if title {
		found = append(found, slant.FindAllString(text, -1)...)
	}
	for i := range found {
		found[i] = strings.ToLower(found[i])
	}
	return found
}
