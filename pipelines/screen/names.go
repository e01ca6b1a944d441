package screen

import (
	"regexp"
	"strings"
)

// titled finds a person written with a title or rank.
const titled = `\b(Mr|Mrs|Miss|Ms|Mx|PC|DC|DS|DI|WPC|PS|Sgt|Sergeant)\.? [A-Z][a-z'’-]+\b`

var (
	surnameFirst = regexp.MustCompile(`^([\p{L}'’-]+), ?([\p{L}'’-]+)$`)
	properNoun   = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]*$`)
)

// FullName says whether a text is a person's name and no more: one of the given names most
// common in England, and one to three words with a capital beside it; or "Surname, Given".
func FullName(text string) bool {
	text = strings.TrimSpace(text)
	if m := surnameFirst.FindStringSubmatch(text); m != nil {
		return givenName(m[2]) && properNoun.MatchString(m[1]) && properNoun.MatchString(m[2])
	}
	parts := strings.Fields(text)
	if len(parts) < 2 || len(parts) > 4 || !givenName(parts[0]) {
		return false
	}
	for _, p := range parts {
		if !properNoun.MatchString(p) {
			return false
		}
	}
	return true
}

// startsWithGiven says whether the first word is a given name.
func startsWithGiven(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return givenName(strings.TrimSuffix(first, ","))
}

func givenName(word string) bool { return given[strings.ToLower(word)] }

var given = func() map[string]bool {
	names := map[string]bool{}
	for _, n := range strings.Fields(givenNames) {
		names[n] = true
	}
	return names
}()

// givenNames are those most often given in England and Wales from the 1940s on, and the most
// frequent of people who came since. Words that a title may well begin with (May, Will, Hope,
// Rose, June) are left out.
const givenNames = `
aaron abdul abdullah abigail adam adrian ahmed aidan aisha alan albert alexander alexandra alfie alfred ali alice alison amanda amber
amelia amina amir amy andrea andrew angela anita ann anna anne anthony antonio archie arthur ashley audrey ava barbara barry
beatrice becky ben benjamin bernard beth bethany betty beverley bradley brandon brenda brian bridget bryan caitlin callum cameron carl
carol carole caroline catherine charles charlie charlotte chelsea cheryl chloe chris christina christine christopher claire clare clive
colin connor courtney craig cynthia daisy daniel danielle darren daryl dave david dawn dean deborah debra denise dennis derek diana diane
dominic donald donna doreen dorothy douglas duncan dylan edith edward eileen elaine eleanor elizabeth ella ellen ellie elsie emily emma
eric erin ethan eva evelyn evie fatima fiona florence frances francesca francis frank fred freddie frederick freya gareth gary gavin
gemma geoffrey george georgia georgina gerald gillian glen glenn gloria gordon grace graham grzegorz hannah harold harriet harriett harry
harvey hassan hayley heather helen henry hilary holly howard hugh ian ibrahim imogen imran irene iris isabel isabella isabelle isla
isobel jack jackie jacob jacqueline jade jake james jamie jane janet janice jasmine jason jean jeffrey jennifer jenny jeremy jessica jill
joan joanna joanne jodie joe john jonathan jordan joseph josh joshua joyce judith julia julian julie justin karen karl kate
katherine kathleen kathryn katie kayleigh keith kelly kenneth kerry kevin khadija kieran kim kimberley kirsty krzysztof kyle laura lauren
lawrence leah leanne lee leo leon leonard lesley leslie lewis liam lily linda lindsey lisa logan lola lorraine louis louise lucas lucy
luke lydia lynda lynn lynne malcolm margaret maria marian marie marilyn marion mark martin martyn mary maryam mateusz matilda matthew
maureen mauricio megan melanie melissa mia michael michelle mike millie mohamed mohammad mohammed molly morgan muhammad nadia naomi natalie
natasha nathan neil niamh nicholas nicola nicole nigel noah noel nora norma norman oliver olivia omar oscar owen paige pamela patricia
patrick paul paula pauline peter philip phillip phoebe piotr poppy priya rachael rachel raymond rebecca reece rhys richard riley rita robert
robin roger ronald rosemary rosie roy russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean sebastian shannon sharon
sheila shirley sian simon sophia sophie stacey stanley stella stephanie stephen steven stewart stuart susan suzanne sylvia tara teresa
terence thelma theo theodore theresa thomas timothy tina toby tom tony tracey tracy trevor valerie vanessa vera veronica victor victoria
vincent violet vivien walter wayne wendy william willow yasmin yusuf yvonne zainab zara zoe`
