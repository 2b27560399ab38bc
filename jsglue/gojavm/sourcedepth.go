package gojavm

import (
	"errors"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/lexical"
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

var errSourceUnsure = errors.New("SyntaxError: the source is too long for a / or < that can be read in two ways: divide it into smaller files")

// checkSource returns an error for a source that is nested so deep that parsing it could exhaust
// the stack. It reads tokens only, and may count more nesting than there is.
func checkSource(source string, loader api.Loader) error {
	s := &sourceScanner{
		text: source, levels: []sourceLevel{{}}, newLine: true,
		typed:    loader == api.LoaderTS || loader == api.LoaderTSX,
		elements: loader != api.LoaderTS, // in JavaScript esbuild reads them too, before it refuses them
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
	count    int     // tokens since the beginning of the expression or statement that may nest
	elses    int     // in the whole level
	control  bool    // the bracket follows if, while, for or with
	perhaps  bool    // or await, which may follow for
	template bool    // it is the ${ of a template
	block    bool    // it is the { of statements
	resumes  jsxMode // goes on behind it
}

type sourceScanner struct {
	text   string
	at     int
	levels []sourceLevel
	total  int // weight of all levels

	operand  bool   // the previous token ends an operand: a slash divides
	perhaps  bool   // operand may be wrong
	quoted   bool   // the previous token is a string
	word     string // the previous word, if any
	member   bool   // that word follows a dot
	dot      bool   // the previous token is a dot
	hidden   int    // the weight of possible regular expressions
	newLine  bool   // a line has ended since the previous token
	typed    bool   // it is TypeScript
	jsx      jsxMode
	elements bool // the language has elements (JSX)
	unsure   bool // the rest of the source may be read wrongly

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
		switch s.jsx {
		case jsxTag:
			s.readTag()
			continue
		case jsxChildren:
			s.readChildren()
			continue
		}
		blank, line := lexical.Blank(s.text[s.at:])
		comment := lexical.CommentEnd(s.text, s.at)
		html := lexical.HTMLCommentEnd(s.text, s.at, s.newLine)
		switch c := s.text[s.at]; {
		case blank > 0:
			s.newLine = s.newLine || line
			s.at += blank
		case comment > s.at:
			s.newLine = s.newLine || lexical.LineEnd(s.text, s.at) < comment
			s.at = comment
		case html > s.at:
			s.unsure = true // only scripts have such comments
			s.at = html
		case lexical.BeginsNumber(s.text, s.at):
			s.number()
		case lexical.BeginsWord(c):
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

// ended notes whether a token ends an operand.
func (s *sourceScanner) ended(operand bool) {
	s.operand, s.perhaps, s.quoted, s.dot = operand, false, false, false
}

func (s *sourceScanner) number() {
	s.at = lexical.NumberEnd(s.text, s.at)
	s.word, s.newLine = "", false
	s.ended(true)
}

// beforeOperand reports whether an operand comes after a word.
func beforeOperand(word string) bool { return lexical.BeforeOperand(word) || word == "of" }

// Words that are names too, or that end a statement where a line ends.
var namesPerhaps = map[string]bool{"of": true, "await": true, "yield": true, "break": true, "continue": true, "debugger": true}

// Words before types.
var typeWords = map[string]bool{"keyof": true, "readonly": true, "unique": true, "infer": true, "asserts": true, "is": true, "abstract": true, "declare": true}

func (s *sourceScanner) readWord() {
	start := s.at
	s.at = lexical.WordEnd(s.text, s.at)
	word := s.text[start:s.at]
	member := s.dot
	if s.newLine && s.operand && !beforeOperand(word) && !typeWords[word] {
		s.restart() // a line that ends with an operand, before a word, ends the statement
	}
	s.newLine = false
	switch {
	case member:
	case word == "else":
		s.top().elses++
		s.total++
	case beforeOperand(word), typeWords[word], word == "async", word == "function", word == "class":
		s.add(1)
	case lexical.BeforeParentheses(word), word == "try", word == "switch":
		s.add(1)
	}
	s.word, s.member = word, member
	s.ended(member || !beforeOperand(word))
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
		level.control, level.perhaps = lexical.BeforeParentheses(word), word == "await"
		level.block = c == '{' && !(beforeOperand(word) && word != "else" && word != "do") && (operand || word != "" || !s.afterOperator())
		s.open(level)
	case ')', ']', '}':
		s.at++
		s.close(c)
	case '"', '\'':
		s.at = lexical.StringEnd(s.text, s.at)
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
		if c == '<' && s.elements && s.lessThan() {
			return
		}
		if strings.HasPrefix(s.text[s.at:], "<<") {
			s.at++
		}
		arrow := c == '>' && strings.HasSuffix(s.text[:s.at], "=")
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
		s.perhaps = double || s.typed && (c == '>' && !arrow || c == '!' && operand)
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
	s.jsx = level.resumes
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
	rest := lexical.SkipBlanks(s.text[s.at:])
	if rest == "" {
		return false
	}
	for _, word := range []string{"else", "catch", "finally", "while", "in", "instanceof"} {
		if strings.HasPrefix(rest, word) {
			return true
		}
	}
	return !lexical.BeginsWord(rest[0]) && rest[0] != '}' && rest[0] != ';'
}

// template reads to the end of a template or to its next ${.
func (s *sourceScanner) template() {
	end, substitution := lexical.TemplateEnd(s.text, s.at)
	s.at = end
	s.ended(true)
	if substitution {
		s.open(sourceLevel{bracket: '{', template: true})
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
				case !lexical.BeginsWord(c) && c != ' ':
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
	end, found := lexical.RegexpEnd(s.text, s.at)
	if !found {
		s.searched += end - s.at
		return -1
	}
	return end
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
