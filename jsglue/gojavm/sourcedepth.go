package gojavm

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// maxSourceDepth limits the recursion of the parser and the compiler. Nested brackets count ten,
// successive operators and the like in an expression or statement count one.
const maxSourceDepth = 20000

const bracketWeight = 10

var errSourceDepth = errors.New("SyntaxError: the source is nested too deep")

// maxUnsure limits the weight of sources whose tokens are not certain without parsing. Parsing a
// source of this weight takes some hundred MB at most, however deep it is nested.
const maxUnsure = 40_000

// maxSearched limits the time for finding the ends of regular expressions.
const maxSearched = 16 * maxSource

var errSourceUnsure = errors.New("SyntaxError: the source is too long to tell how deep it is nested")

// checkSource returns an error for a source that is nested so deep that parsing it could exhaust
// the stack. It reads tokens only, and may count more nesting than there is.
func checkSource(source string, loader api.Loader) error {
	s := &sourceScanner{
		text: source, levels: []sourceLevel{{}}, newLine: true,
		typed:  loader == api.LoaderTS || loader == api.LoaderTSX,
		unsure: loader == api.LoaderJSX || loader == api.LoaderTSX,
	}
	if err := s.scan(); err != nil {
		return err
	}
	if s.unsure && greatestWeight(source) > maxUnsure {
		return errSourceUnsure
	}
	return nil
}

// greatestWeight is an upper limit of a source's weight, whatever its tokens are.
func greatestWeight(source string) int {
	const bracket = 4 // the weight of one; that of another byte is 1
	weight := len(source)
	for i := range len(source) {
		if c := source[i]; c == '(' || c == '[' || c == '{' {
			weight += bracket - 1
		}
	}
	return weight
}

// sourceLevel is a bracket that is open.
type sourceLevel struct {
	bracket  byte
	count    int  // tokens since the beginning of the expression or statement that may nest
	elses    int  // in the whole level
	control  bool // the bracket follows if, while, for or with
	perhaps  bool // or await, which may follow for
	template bool // it is the ${ of a template
	block    bool // it is the { of statements
}

type sourceScanner struct {
	text   string
	at     int
	levels []sourceLevel
	total  int // weight of all levels

	operand bool   // the previous token ends an operand: a slash divides
	perhaps bool   // operand may be wrong
	quoted  bool   // the previous token is a string
	word    string // the previous word, if any
	member  bool   // that word follows a dot
	dot     bool   // the previous token is a dot
	hidden  int    // the weight of possible regular expressions
	newLine bool   // a line has ended since the previous token
	typed   bool   // it is TypeScript
	unsure  bool   // the rest of the source may be read wrongly

	searched int // bytes read in search of the end of a regular expression, in vain
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
		if s.searched > maxSearched {
			return errSourceUnsure
		}
		c, rest := s.text[s.at], s.text[s.at:]
		blank, line := blankAt(rest)
		switch {
		case blank > 0:
			s.newLine = s.newLine || line
			s.at += blank
		case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#!") && s.at == 0:
			s.skipLine()
		case strings.HasPrefix(rest, "/*"):
			s.skipComment()
		case strings.HasPrefix(rest, "<!--") || s.newLine && strings.HasPrefix(rest, "-->"):
			s.unsure = true // only scripts have such comments
			s.skipLine()
		case isDecimal(c) || c == '.' && len(rest) > 1 && isDecimal(rest[1]):
			s.number()
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

func isDecimal(c byte) bool { return c >= '0' && c <= '9' }

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDecimal(c) || c == '_' || c == '$' || c >= 0x80 || c == '#' || c == '\\'
}

// blankAt is the length of the white space or the end of a line that a text begins with, 0 if it
// does not.
func blankAt(text string) (size int, line bool) {
	if text[0] < 0x80 {
		line = text[0] == '\n' || text[0] == '\r'
		if line || text[0] == ' ' || text[0] == '\t' || text[0] == '\v' || text[0] == '\f' {
			return 1, line
		}
		return 0, false
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '\u2028' || r == '\u2029':
		return size, true
	case r == '\ufeff' || r != '\u0085' && unicode.IsSpace(r):
		return size, false
	}
	return 0, false
}

// lineEnd is where the line ends that an offset is in.
func lineEnd(text string, at int) int {
	for ; at < len(text); at++ {
		c := text[at]
		if c == '\n' || c == '\r' || c == "\u2028"[0] && (strings.HasPrefix(text[at:], "\u2028") || strings.HasPrefix(text[at:], "\u2029")) {
			break
		}
	}
	return at
}

func (s *sourceScanner) skipLine() { s.at = lineEnd(s.text, s.at) }

func (s *sourceScanner) skipComment() {
	n := strings.Index(s.text[s.at+2:], "*/")
	if n < 0 {
		s.at = len(s.text)
		return
	}
	end := s.at + n + 4
	s.newLine = s.newLine || lineEnd(s.text, s.at) < end
	s.at = end
}

// ended notes whether a token ends an operand.
func (s *sourceScanner) ended(operand bool) {
	s.operand, s.perhaps, s.quoted, s.dot = operand, false, false, false
}

func (s *sourceScanner) number() {
	start := s.at
	for s.at < len(s.text) && (isWordByte(s.text[s.at]) && s.text[s.at] < 0x80 || s.text[s.at] == '.') {
		exponent := s.text[s.at] == 'e' || s.text[s.at] == 'E'
		s.at++
		if exponent && s.at < len(s.text) && strings.IndexByte("+-", s.text[s.at]) >= 0 && !strings.HasPrefix(strings.ToLower(s.text[start:]), "0x") {
			s.at++
		}
	}
	s.word, s.newLine = "", false
	s.ended(true)
}

// Words after which an operand comes, not an operator.
var prefixWords = map[string]bool{
	"return": true, "typeof": true, "case": true, "in": true, "of": true, "instanceof": true, "new": true, "delete": true, "void": true,
	"throw": true, "else": true, "do": true, "await": true, "yield": true, "extends": true, "default": true,
}

// Words that are names too, or that end a statement where a line ends.
var namesPerhaps = map[string]bool{"of": true, "await": true, "yield": true, "break": true, "continue": true, "debugger": true}

// Words before types.
var typeWords = map[string]bool{"keyof": true, "readonly": true, "unique": true, "infer": true, "asserts": true, "is": true, "abstract": true, "declare": true}

func (s *sourceScanner) readWord() {
	start := s.at
	for s.at < len(s.text) && isWordByte(s.text[s.at]) {
		size := 1
		if s.text[s.at] >= 0x80 {
			if blank, _ := blankAt(s.text[s.at:]); blank > 0 {
				break
			}
			_, size = utf8.DecodeRuneInString(s.text[s.at:])
		}
		s.at += size
	}
	word := s.text[start:s.at]
	member := s.dot
	if s.newLine && s.operand && !prefixWords[word] && !typeWords[word] {
		s.restart() // a line that ends with an operand, before a word, ends the statement
	}
	s.newLine = false
	switch {
	case member:
	case word == "else":
		s.top().elses++
		s.total++
	case prefixWords[word], typeWords[word], word == "async", word == "function", word == "class":
		s.add(1)
	case word == "if", word == "while", word == "for", word == "with", word == "try", word == "switch":
		s.add(1)
	}
	s.word, s.member = word, member
	s.ended(member || !prefixWords[word])
	s.perhaps = !member && (namesPerhaps[word] || strings.Contains(word, "\\"))
}

func (s *sourceScanner) punctuator(c byte) {
	word, operand := s.word, s.operand
	if s.member {
		word = ""
	}
	s.word = ""
	switch c {
	case '(', '[', '{':
		s.at++
		level := sourceLevel{bracket: c}
		switch word {
		case "if", "while", "for", "with":
			level.control = true
		case "await":
			level.perhaps = true
		}
		level.block = c == '{' && !(prefixWords[word] && word != "else" && word != "do") && (operand || word != "" || !s.afterOperator())
		s.open(level)
	case ')', ']', '}':
		s.at++
		s.close(c)
	case '"', '\'':
		s.skipString(c)
		s.ended(true)
		s.quoted = true
	case '`':
		s.at++
		s.template()
	case '/':
		s.slash()
	case ';', ',':
		s.at++
		s.restart()
		s.ended(false)
	case '.':
		spread := strings.HasPrefix(s.text[s.at:], "...")
		if spread {
			s.at += 2
		}
		s.at++
		s.add(1)
		s.ended(false)
		s.dot = !spread
	default:
		double := (c == '+' || c == '-') && strings.HasPrefix(s.text[s.at+1:], string(c))
		s.at++
		if double {
			s.at++
			if operand && !s.newLine {
				return // a++
			}
		}
		s.add(1)
		s.ended(false)
		// A type ends with ">", and "!" may stand behind an operand.
		s.perhaps = double || s.typed && (c == '>' || c == '!' && operand)
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
	s.ended(false)
}

func (s *sourceScanner) close(c byte) {
	s.ended(c != '}')
	s.perhaps = c == '}'
	if len(s.levels) == 1 {
		return
	}
	level := s.levels[len(s.levels)-1]
	s.total -= level.count + level.elses + bracketWeight
	s.levels = s.levels[:len(s.levels)-1]
	switch {
	case level.template:
		s.template()
	case c == ')':
		s.operand, s.perhaps = !level.control, level.perhaps
	case c == '}' && level.block:
		s.operand = false
		if !s.continues() {
			s.restart()
		}
	}
}

// continues reports whether the token after a block still belongs to the statement.
func (s *sourceScanner) continues() bool {
	rest := s.text[s.at:]
	for rest != "" {
		blank, _ := blankAt(rest)
		if blank == 0 {
			break
		}
		rest = rest[blank:]
	}
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
			if strings.HasPrefix(s.text[s.at:], "\r\n") {
				s.at++
			}
		case quote:
			s.at++
			return
		case '\n', '\r':
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
			s.ended(true)
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

// slash reads a division or a regular expression.
func (s *sourceScanner) slash() {
	perhaps := s.perhaps || s.newLine && s.operand && (s.quoted || s.typed) // the statement may have ended with the line
	end := -1
	if perhaps || !s.operand {
		end = s.regexpEnd()
	}
	if perhaps && end >= 0 {
		// Its content matters only if it is a division.
		content := s.text[s.at+1 : end-1]
		special := strings.IndexAny(content, "'\"`/\\")
		switch {
		case special < 0:
			for i := range len(content) {
				switch c := content[i]; {
				case c == '(' || c == '[' || c == '{':
					s.hidden += bracketWeight
				case !isWordByte(c) && c != ' ':
					s.hidden++
				}
			}
			s.regexp(end)
			s.perhaps = true
			return
		case content[special] == '\\' && !strings.HasPrefix(content[special:], "\\u"):
			s.operand = false // outside of a regular expression it would be an error
		default:
			s.unsure = true
		}
	}
	if s.operand || end < 0 {
		s.at++
		s.add(1)
		s.ended(false)
		return
	}
	s.regexp(end)
}

// regexpEnd is where the regular expression ends that begins here, without its flags; -1 if there
// is none.
func (s *sourceScanner) regexpEnd() int {
	class := false
	for at := s.at + 1; at < len(s.text); at++ {
		switch c := s.text[at]; {
		case c == '\\':
			at++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return at + 1
		case lineEnd(s.text[:at+min(3, len(s.text)-at)], at) == at:
			s.searched += at - s.at
			return -1
		}
	}
	s.searched += len(s.text) - s.at
	return -1
}

// regexp goes to the end of a regular expression.
func (s *sourceScanner) regexp(end int) {
	class := false
	depth, deepest := 0, 0
	for s.at++; s.at < end; s.at++ {
		switch c := s.text[s.at]; {
		case c == '\\':
			s.at++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '(' && !class:
			depth++
			deepest = max(deepest, depth)
		case c == ')' && !class:
			depth = max(depth-1, 0)
		}
	}
	s.at = end
	s.ended(true)
	if deepest > maxPatternDepth {
		s.hidden += maxSourceDepth
	}
}
