package gojavm

import (
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/lexical"
)

// jsxMode is the part of an element that a scanner reads.
type jsxMode byte

const (
	noJSX       jsxMode = iota
	jsxTag              // behind the < of a tag
	jsxChildren         // behind a tag that opens an element
)

// element reads the < of an element, where an operand begins.
func (s *sourceScanner) element() {
	s.open(sourceLevel{bracket: '<', resumes: s.jsx})
	s.at++
	s.jsx = jsxTag
}

// lessThan reads a < of a language with elements. ok is false if it is an operator, or begins the parameters
// of a type or of an arrow function.
func (s *sourceScanner) lessThan() (ok bool) {
	switch {
	case s.perhaps || s.newLine && s.operand && (s.quoted || s.typed):
		s.unsure = true // the statement may have ended before
		return false
	case s.operand:
		return false
	case s.typed && !s.beginsElement():
		return false
	}
	s.element()
	return true
}

// beginsElement reports whether a < in TypeScript begins an element. Parameters of types come in the same
// places.
func (s *sourceScanner) beginsElement() bool {
	tag := s.skipComments(s.at + 1)
	if strings.HasPrefix(s.text[tag:], ">") {
		return true
	}
	end := tag
	for end < len(s.text) && lexical.IsNamePart(s.text[end]) {
		end = lexical.WordEnd(s.text, end)
	}
	name, next := s.text[tag:end], s.skipComments(end)
	if name == "" || name == "const" || name == "in" || name == "out" || next == len(s.text) {
		s.unsure = true
		return false
	}
	switch c := s.text[next]; {
	case c == ',' || c == '=':
		return false
	case c == '>': // the parameters of a function type have parentheses behind them
		next = s.skipComments(next + 1)
		s.unsure = s.unsure || strings.HasPrefix(s.text[next:], "(")
		return !strings.HasPrefix(s.text[next:], "(")
	case strings.IndexByte("/{:.-", c) >= 0:
		return true
	case lexical.IsNamePart(c):
		word := lexical.WordEnd(s.text, next)
		if s.text[next:word] != "extends" {
			return true
		}
		next = s.skipComments(word)
		s.unsure = s.unsure || next == len(s.text) || strings.IndexByte("=>/", s.text[next]) >= 0
		return false
	}
	s.unsure = true
	return false
}

// skipComments is where the next token begins at or behind an offset.
func (s *sourceScanner) skipComments(at int) int {
	for at < len(s.text) {
		blank, _ := lexical.Blank(s.text[at:])
		end := max(at+blank, lexical.CommentEnd(s.text, at))
		if end == at {
			break
		}
		at = end
	}
	return at
}

// readTag reads a token of a tag.
func (s *sourceScanner) readTag() {
	at := s.skipComments(s.at)
	if at == len(s.text) {
		s.at = at
		return
	}
	switch c := s.text[at]; {
	case c == '{':
		s.at = at + 1
		s.openJSX()
	case c == '"' || c == '\'': // without escapes, and lines may end in it
		n := strings.IndexByte(s.text[at+1:], c)
		if n < 0 {
			s.at = len(s.text)
			return
		}
		s.at = at + n + 2
	case c == '=':
		s.at = at + 1
		if value := s.skipComments(s.at); strings.HasPrefix(s.text[value:], "<") {
			s.at = value
			s.element()
		}
	case c == '>':
		s.at = at + 1
		s.jsx = jsxChildren
	case c == '/':
		s.at = s.skipComments(at + 1)
		if !strings.HasPrefix(s.text[s.at:], ">") {
			s.leaveJSX()
			return
		}
		s.at++
		s.closeElement()
	case lexical.IsNamePart(c) || c == '.' || c == ':' || c == '-':
		s.at = at + 1
	default: // such as the arguments of types
		s.at = at
		s.leaveJSX()
	}
}

// readChildren reads text between tags, and what follows it.
func (s *sourceScanner) readChildren() {
	n := strings.IndexAny(s.text[s.at:], "{<")
	if n < 0 {
		s.at = len(s.text)
		return
	}
	s.at += n
	if s.text[s.at] == '{' {
		s.at++
		s.openJSX()
		return
	}
	tag := s.skipComments(s.at + 1)
	if !strings.HasPrefix(s.text[tag:], "/") {
		s.element()
		return
	}
	n = strings.IndexByte(s.text[tag:], '>')
	if n < 0 {
		s.at = len(s.text)
		return
	}
	// Where a comment hides the end of the tag, or the source is wrong.
	if strings.ContainsAny(s.text[tag+1:tag+n], "/{<\"'`(") {
		s.leaveJSX()
		return
	}
	s.at = tag + n + 1
	s.closeElement()
}

// openJSX reads an expression, from behind its brace.
func (s *sourceScanner) openJSX() {
	s.open(sourceLevel{bracket: '{', resumes: s.jsx})
	s.jsx = noJSX
	s.word, s.member, s.newLine = "", false, false
}

// closeElement ends an element: what contains it goes on.
func (s *sourceScanner) closeElement() {
	level := s.levels[len(s.levels)-1]
	s.total -= level.count + level.elses + bracketWeight
	s.levels = s.levels[:len(s.levels)-1]
	s.jsx = level.resumes
	s.word, s.member, s.newLine = "", false, false
	s.ended(true)
}

// leaveJSX reads the rest as if it had no elements: it may read it wrongly.
func (s *sourceScanner) leaveJSX() {
	s.unsure = true
	s.jsx, s.elements = noJSX, false
}
