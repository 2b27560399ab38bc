package gojavm

import (
	"errors"
	"strings"
)

// maxSourceDepth limits the recursion of the parser and the compiler. Nested brackets count ten,
// successive operators and the like in an expression or statement count one.
const maxSourceDepth = 20000

const bracketWeight = 10

var errSourceDepth = errors.New("SyntaxError: the source is nested too deep")

// checkSource returns an error for a source that is nested so deep that parsing it could exhaust
// the stack. It reads tokens only, and may count more nesting than there is.
func checkSource(source string) error {
	s := &sourceScanner{text: source, levels: []sourceLevel{{}}}
	return s.scan()
}

// sourceLevel is a bracket that is open.
type sourceLevel struct {
	bracket  byte
	count    int  // tokens since the beginning of the expression or statement that may nest
	elses    int  // in the whole level
	control  bool // the bracket follows if, while, for or with
	template bool // it is the ${ of a template
	block    bool // it is the { of statements
}

type sourceScanner struct {
	text   string
	at     int
	levels []sourceLevel
	total  int // weight of all levels

	operand bool   // the previous token ends an operand: a slash divides
	word    string // the previous word, if any
	member  bool   // that word follows a dot
	hidden  int    // brackets in a possible regular expression
	newLine bool   // a line has ended since the previous token
	block   bool   // the previous token ends a block
}

func (s *sourceScanner) top() *sourceLevel { return &s.levels[len(s.levels)-1] }

func (s *sourceScanner) add(n int) {
	s.top().count += n
	s.total += n
}

// restart begins a new expression or statement.
func (s *sourceScanner) restart() {
	s.total -= s.top().count
	s.top().count = 0
}

func (s *sourceScanner) scan() error {
	for s.at < len(s.text) {
		if s.total+s.hidden > maxSourceDepth {
			return errSourceDepth
		}
		c := s.text[s.at]
		switch {
		case c == '\n' || c == '\r':
			s.newLine = true
			s.at++
		case c == ' ' || c == '\t':
			s.at++
		case strings.HasPrefix(s.text[s.at:], "//") || strings.HasPrefix(s.text[s.at:], "#!") && s.at == 0:
			s.skipLine()
		case strings.HasPrefix(s.text[s.at:], "/*"):
			s.skipComment()
		case isWordByte(c):
			s.readWord()
		default:
			s.punctuator(c)
			s.newLine = false
		}
	}
	if s.total+s.hidden > maxSourceDepth {
		return errSourceDepth
	}
	return nil
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80 || c == '#' || c == '\\'
}

func (s *sourceScanner) skipLine() {
	if n := strings.IndexByte(s.text[s.at:], '\n'); n >= 0 {
		s.at += n
	} else {
		s.at = len(s.text)
	}
}

func (s *sourceScanner) skipComment() {
	n := strings.Index(s.text[s.at+2:], "*/")
	if n < 0 {
		s.at = len(s.text)
		return
	}
	if strings.ContainsRune(s.text[s.at:s.at+n], '\n') {
		s.newLine = true
	}
	s.at += n + 4
}

// Words after which an operand comes, not an operator.
var prefixWords = map[string]bool{
	"return": true, "typeof": true, "case": true, "in": true, "of": true, "instanceof": true, "new": true, "delete": true, "void": true,
	"throw": true, "else": true, "do": true, "await": true, "yield": true, "extends": true, "default": true,
}

func (s *sourceScanner) readWord() {
	start := s.at
	for s.at < len(s.text) && isWordByte(s.text[s.at]) {
		s.at++
	}
	word := s.text[start:s.at]
	member := start > 0 && s.text[start-1] == '.'
	if s.newLine && s.operand && !prefixWords[word] {
		s.restart() // a line that ends with an operand, before a word, ends the statement
	}
	s.newLine, s.block = false, false
	switch {
	case member:
	case word == "else":
		s.top().elses++
		s.total++
	case prefixWords[word], word == "async", word == "function", word == "class":
		s.add(1)
	case word == "if", word == "while", word == "for", word == "with", word == "try", word == "switch":
		s.add(1)
	}
	s.word, s.member = word, member
	s.operand = member || !prefixWords[word]
}

func (s *sourceScanner) punctuator(c byte) {
	word, operand := s.word, s.operand
	if s.member {
		word = ""
	}
	s.word = ""
	defer func(at int) { s.block = s.text[at] == '}' && !s.operand }(s.at)
	switch c {
	case '(', '[', '{':
		s.at++
		level := sourceLevel{bracket: c}
		switch word {
		case "if", "while", "for", "with":
			level.control = true
		}
		level.block = c == '{' && !(prefixWords[word] && word != "else" && word != "do") && (operand || word != "" || !s.afterOperator())
		s.open(level)
	case ')', ']', '}':
		s.at++
		s.close(c)
	case '"', '\'':
		s.skipString(c)
		s.operand = true
	case '`':
		s.at++
		s.template()
	case '/':
		if operand {
			s.at++
			s.add(1)
			s.operand = false
			return
		}
		s.regexp(s.block)
	case ';':
		s.at++
		s.restart()
		s.operand = false
	case ',':
		s.at++
		s.restart()
		s.operand = false
	case '+', '-':
		if strings.HasPrefix(s.text[s.at+1:], string(c)) && operand {
			s.at += 2 // a++
			return
		}
		s.at++
		s.add(1)
		s.operand = false
	default:
		s.at++
		s.add(1)
		s.operand = false
	}
}

// afterOperator reports whether a brace after the previous token begins an object.
func (s *sourceScanner) afterOperator() bool {
	before := strings.TrimRight(s.text[:s.at-1], " \t\r\n")
	if before == "" || strings.HasSuffix(before, "=>") {
		return false
	}
	switch before[len(before)-1] {
	case ';', '{', '}', ')':
		return false
	}
	return true
}

func (s *sourceScanner) open(level sourceLevel) {
	s.add(1)
	s.levels = append(s.levels, level)
	s.total += bracketWeight
	s.operand = false
}

func (s *sourceScanner) close(c byte) {
	if len(s.levels) == 1 {
		s.operand = c != '}'
		return
	}
	level := s.levels[len(s.levels)-1]
	s.total -= level.count + level.elses + bracketWeight
	s.levels = s.levels[:len(s.levels)-1]
	switch {
	case level.template:
		s.template()
	case c == ')':
		s.operand = !level.control
	case c == '}' && level.block:
		// The block of a function expression ends an operand, and a slash after it divides. Such a
		// slash is therefore counted too; see regexp.
		s.operand = false
		if !s.continues() {
			s.restart()
		}
	default:
		s.operand = true
	}
}

// continues reports whether the token after a block still belongs to the statement.
func (s *sourceScanner) continues() bool {
	rest := strings.TrimLeft(s.text[s.at:min(len(s.text), s.at+80)], " \t\r\n")
	if rest == "" {
		return false
	}
	for _, word := range []string{"else", "catch", "finally", "while", "in", "instanceof"} {
		if strings.HasPrefix(rest, word) {
			return true
		}
	}
	return !isWordByte(rest[0]) && rest[0] != '}' && rest[0] != ';'
}

func (s *sourceScanner) skipString(quote byte) {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case quote:
			s.at++
			return
		case '\n':
			return
		}
	}
}

// template reads to the end of a template or to its next ${.
func (s *sourceScanner) template() {
	for ; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '`':
			s.at++
			s.operand = true
			return
		case '$':
			if strings.HasPrefix(s.text[s.at:], "${") {
				s.at += 2
				s.open(sourceLevel{bracket: '{', template: true})
				return
			}
		}
	}
}

// regexp reads a regular expression. After a block it may be a division instead: then its brackets
// count, up to the end.
func (s *sourceScanner) regexp(perhaps bool) {
	class := false
	depth, deepest := 0, 0
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '\\':
			s.at++
		case c == '\n':
			s.operand = true
			return
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '(' && !class:
			depth++
			deepest = max(deepest, depth)
		case c == ')' && !class:
			depth = max(depth-1, 0)
		case c == '/' && !class:
			s.at++
			s.operand = true
			if deepest > maxPatternDepth {
				s.hidden += maxSourceDepth
			}
			return
		}
		if perhaps && strings.IndexByte("([{`", s.text[min(s.at, len(s.text)-1)]) >= 0 {
			s.hidden++
		}
	}
}
