package screen

import (
	"regexp/syntax"
	"unicode/utf8"
)

// mostSpelled is how many texts of one form are worth trying.
const mostSpelled = 1_000_000

// spelled gives take every text that a form of plain characters, classes, choices and counted
// repeats can match; none where there are more than most, or where there is no end. take may
// not keep the text.
func spelled(form string, most int, take func([]byte)) {
	tree, err := syntax.Parse(form, syntax.Perl)
	if err != nil {
		return
	}
	if tree = tree.Simplify(); count(tree, most) <= most {
		spell(tree, nil, take)
	}
}

// count is how many texts a form has, or some number above most.
func count(node *syntax.Regexp, most int) int {
	n := 0
	switch node.Op {
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpLiteral:
		return 1
	case syntax.OpCharClass:
		for i := 0; i < len(node.Rune); i += 2 {
			n += int(node.Rune[i+1]-node.Rune[i]) + 1
		}
		return n
	case syntax.OpCapture:
		return count(node.Sub[0], most)
	case syntax.OpQuest:
		return 1 + count(node.Sub[0], most)
	case syntax.OpAlternate:
		for _, sub := range node.Sub {
			n = min(n+count(sub, most), most+1)
		}
		return n
	case syntax.OpConcat:
		n = 1
		for _, sub := range node.Sub {
			n = min(n*min(count(sub, most), most+1), most+1)
		}
		return n
	}
	return most + 1
}

// spell gives take start with each text of a node behind it.
func spell(node *syntax.Regexp, start []byte, take func([]byte)) {
	switch node.Op {
	case syntax.OpLiteral:
		take(append(start, string(node.Rune)...))
	case syntax.OpCharClass:
		for i := 0; i < len(node.Rune); i += 2 {
			for r := node.Rune[i]; r <= node.Rune[i+1]; r++ {
				take(utf8.AppendRune(start, r))
			}
		}
	case syntax.OpCapture:
		spell(node.Sub[0], start, take)
	case syntax.OpQuest:
		take(start)
		spell(node.Sub[0], start, take)
	case syntax.OpAlternate:
		for _, sub := range node.Sub {
			spell(sub, start, take)
		}
	case syntax.OpConcat:
		spellAll(node.Sub, start, take)
	default: // an anchor
		take(start)
	}
}

func spellAll(parts []*syntax.Regexp, start []byte, take func([]byte)) {
	if len(parts) == 0 {
		take(start)
		return
	}
	spell(parts[0], start, func(text []byte) { spellAll(parts[1:], text, take) })
}
