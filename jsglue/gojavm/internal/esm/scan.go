package esm

import (
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/lexical"
)

// scanner finds module syntax in JavaScript printed by esbuild: there are no syntax errors, every
// statement starts in a line of its own, and a division has blanks around it.
type scanner struct {
	text string
	at   int

	open []bracket
	// operand reports that the last token ended an operand, so that a slash
	// divides.
	operand bool
	// afterDot reports that the last token was a dot: a name is a property's.
	afterDot bool
	// lineStart reports that only blanks precede in the line.
	lineStart bool
	// statement reports that a statement of the top level may start here.
	statement bool

	found func(kind found, start int)
}

// found is a kind of module syntax.
type found int

const (
	foundImport  found = iota // an import declaration
	foundExport               // an export declaration
	foundMeta                 // import.meta
	foundDynamic              // import(
	foundPhase                // import.defer( or import.source(
)

// bracket is an open parenthesis, bracket, brace or template.
type bracket struct {
	kind    byte // '(', '[', '{', '`' or '$' for "${"
	control bool // the parentheses of if, while, for or with
	dynamic int  // the offset of "import" if it precedes, else -1
}

// run scans the whole text. The callback may move s.at.
func (s *scanner) run() {
	s.lineStart, s.statement = true, true
	control := false
	for s.at < len(s.text) {
		blank, line := lexical.Blank(s.text[s.at:])
		comment := lexical.CommentEnd(s.text, s.at)
		c := s.text[s.at]
		switch {
		case blank > 0:
			s.lineStart = s.lineStart || line
			s.at += blank
			continue
		case comment > s.at:
			s.at = comment
			continue
		case c == '`':
			s.at++
			s.push('`', false, -1)
			s.template()
		case c == '"' || c == '\'':
			s.at = lexical.StringEnd(s.text, s.at)
			s.operandEnd()
		case c == '/' && (!s.operand || s.lineStart):
			s.at, _ = lexical.RegexpEnd(s.text, s.at) // its flags are read as a name
			s.operandEnd()
		case lexical.BeginsNumber(s.text, s.at):
			s.at = lexical.NumberEnd(s.text, s.at)
			s.operandEnd()
		case lexical.BeginsWord(c):
			control = s.name()
			continue
		default:
			s.punctuation(c, control)
		}
		control = false
		s.lineStart = false
	}
}

func (s *scanner) operandEnd() {
	s.operand, s.afterDot, s.statement = true, false, false
}

func (s *scanner) push(kind byte, control bool, dynamic int) {
	s.open = append(s.open, bracket{kind, control, dynamic})
	s.operand, s.afterDot, s.statement = false, false, false
}

func (s *scanner) pop() bracket {
	if len(s.open) == 0 {
		return bracket{}
	}
	last := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	return last
}

func (s *scanner) punctuation(c byte, control bool) {
	s.at++
	switch c {
	case '(':
		s.push('(', control, -1)
		return
	case '[', '{':
		s.push(c, false, -1)
		return
	case ')':
		closed := s.pop()
		s.operandEnd()
		s.operand = !closed.control
		if closed.dynamic >= 0 && !strings.HasPrefix(strings.TrimLeft(s.text[s.at:], " "), "{") {
			// It is not a method of this name.
			s.found(foundDynamic, closed.dynamic)
		}
		return
	case '}':
		if s.pop().kind == '$' {
			s.template()
			return
		}
		s.operandEnd()
		s.statement = len(s.open) == 0
		return
	case ']':
		s.pop()
		s.operandEnd()
		return
	case '+', '-':
		if s.at < len(s.text) && s.text[s.at] == c {
			// Before or after an operand, which it does not change.
			s.at++
			s.statement = false
			return
		}
	}
	s.operand = false
	s.afterDot = c == '.'
	s.statement = c == ';' && len(s.open) == 0
}

// template scans the text of a template from after its start or a "}".
func (s *scanner) template() {
	end, substitution := lexical.TemplateEnd(s.text, s.at)
	s.at = end
	if substitution {
		s.push('$', false, -1)
		return
	}
	s.pop()
	s.operandEnd()
}

// name scans a word and reports whether following parentheses belong to a statement.
func (s *scanner) name() (control bool) {
	start, property, afterOperand := s.at, s.afterDot, s.operand
	s.at = lexical.WordEnd(s.text, s.at)
	word := s.text[start:s.at]
	statement := s.statement
	s.operandEnd()
	s.lineStart = false
	if property {
		return false
	}
	if lexical.BeforeParentheses(word) {
		s.operand = false
		return true
	}
	switch word {
	case "of":
		s.operand = !afterOperand
	case "await":
		// The parentheses of "for await" are those of "for".
		s.operand = false
		return strings.HasSuffix(strings.TrimRight(s.text[:start], " "), "for")
	case "import":
		s.importWord(start, statement)
	case "export":
		if statement {
			s.declaration(foundExport, start)
		}
	default:
		s.operand = !lexical.BeforeOperand(word)
	}
	return false
}

func (s *scanner) importWord(start int, statement bool) {
	rest := s.text[s.at:]
	switch {
	case strings.HasPrefix(rest, "("):
		s.at++
		s.push('(', false, start)
	case strings.HasPrefix(rest, ".meta") && (len(rest) == len(".meta") || !lexical.IsNamePart(rest[len(".meta")])):
		s.at += len(".meta")
		s.found(foundMeta, start)
	case strings.HasPrefix(rest, ".defer(") || strings.HasPrefix(rest, ".source("):
		s.found(foundPhase, start)
	case statement:
		s.declaration(foundImport, start)
	}
}

// declaration calls the callback, which reads a declaration and moves behind it.
func (s *scanner) declaration(kind found, start int) {
	s.operand, s.afterDot, s.statement = false, false, true
	s.found(kind, start)
}
