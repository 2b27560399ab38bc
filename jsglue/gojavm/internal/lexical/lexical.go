// Package lexical finds the ends of the tokens of JavaScript and TypeScript, for packages gojavm and esm,
// which read sources without parsing them. It looks at one token: its callers decide what depends on the tokens
// before, such as whether a slash is a division.
//
// Offsets are in bytes of UTF-8. A token without an end extends to the end of the text.
package lexical

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Blank is the length of the white space or the end of a line that a text begins with, 0 if it does
// not. line reports that a line ends there.
func Blank(text string) (size int, line bool) {
	if text == "" {
		return 0, false
	}
	if c := text[0]; c < utf8.RuneSelf {
		line = c == '\n' || c == '\r'
		if line || c == ' ' || c == '\t' || c == '\v' || c == '\f' {
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

// SkipBlanks is the text behind its first blanks and ends of lines.
func SkipBlanks(text string) string {
	for {
		size, _ := Blank(text)
		if size == 0 {
			return text
		}
		text = text[size:]
	}
}

// EndsLine reports whether a line ends at an offset.
func EndsLine(text string, at int) bool {
	c := text[at]
	return c == '\n' || c == '\r' ||
		c == "\u2028"[0] && (strings.HasPrefix(text[at:], "\u2028") || strings.HasPrefix(text[at:], "\u2029"))
}

// LineEnd is where the line ends that an offset is in.
func LineEnd(text string, at int) int {
	for at < len(text) && !EndsLine(text, at) {
		at++
	}
	return at
}

// CommentEnd is where the comment ends that begins at an offset, before the end of its line if it is one
// for a line; the offset itself if there is none. A text that begins with #! begins with a comment.
func CommentEnd(text string, at int) int {
	rest := text[at:]
	switch {
	case strings.HasPrefix(rest, "//"), at == 0 && strings.HasPrefix(rest, "#!"):
		return LineEnd(text, at)
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return at + n + 4
		}
		return len(text)
	}
	return at
}

// HTMLCommentEnd is CommentEnd for those of scripts: <!--, and --> where nothing but comments precedes in
// the line.
func HTMLCommentEnd(text string, at int, newLine bool) int {
	if rest := text[at:]; strings.HasPrefix(rest, "<!--") || newLine && strings.HasPrefix(rest, "-->") {
		return LineEnd(text, at)
	}
	return at
}

// IsDigit reports whether a byte is a decimal digit.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsNamePart reports whether a byte may be one of a name, or of an escape in it. Blanks beyond ASCII begin
// with such a byte, too.
func IsNamePart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || IsDigit(c) || c == '_' || c == '$' || c == '\\' || c >= utf8.RuneSelf
}

// BeginsWord reports whether a byte begins a word, but for blanks beyond ASCII.
func BeginsWord(c byte) bool { return c == '#' || IsNamePart(c) }

// WordEnd is where the word ends that begins at an offset: a name, also a private one.
func WordEnd(text string, at int) int {
	if text[at] == '#' {
		at++
	}
	for at < len(text) && IsNamePart(text[at]) {
		size := 1
		if text[at] >= utf8.RuneSelf {
			if blank, _ := Blank(text[at:]); blank > 0 {
				break
			}
			_, size = utf8.DecodeRuneInString(text[at:])
		}
		at += size
	}
	return at
}

// BeginsNumber reports whether a number begins at an offset.
func BeginsNumber(text string, at int) bool {
	return IsDigit(text[at]) || text[at] == '.' && at+1 < len(text) && IsDigit(text[at+1])
}

// NumberEnd is where the number ends that begins at an offset, with the names of properties behind it.
func NumberEnd(text string, at int) int {
	hexadecimal := strings.HasPrefix(text[at:], "0x") || strings.HasPrefix(text[at:], "0X")
	for at < len(text) && (IsNamePart(text[at]) && text[at] < utf8.RuneSelf || text[at] == '.') {
		exponent := !hexadecimal && (text[at] == 'e' || text[at] == 'E')
		at++
		if exponent && at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
	}
	return at
}

// StringEnd is where the string ends whose quotation mark is at an offset. One that is not closed ends with
// its line.
func StringEnd(text string, at int) int {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
			if strings.HasPrefix(text[min(at, len(text)):], "\r\n") {
				at++
			}
		case quote:
			return at + 1
		case '\n', '\r':
			return at
		}
	}
	return len(text)
}

// TemplateEnd is where the text of a template ends that continues at an offset: behind its closing
// quotation mark, or behind the next ${, which substitution reports.
func TemplateEnd(text string, at int) (end int, substitution bool) {
	for ; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '`':
			return at + 1, false
		case '$':
			if strings.HasPrefix(text[at:], "${") {
				return at + 2, true
			}
		}
	}
	return len(text), false
}

// RegexpEnd is where the regular expression ends whose slash is at an offset, before its flags; found is false
// if none ends in that line, and end is where that was seen.
func RegexpEnd(text string, at int) (end int, found bool) {
	class := false
	for at++; at < len(text); at++ {
		switch c := text[at]; {
		case c == '\\' && at+1 < len(text) && !EndsLine(text, at+1):
			at++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return at + 1, true
		case EndsLine(text, at):
			return at, false
		}
	}
	return len(text), false
}

// Words after which an operand comes, not an operator.
var beforeOperand = map[string]bool{
	"return": true, "typeof": true, "case": true, "in": true, "instanceof": true, "new": true, "delete": true, "void": true, "throw": true,
	"else": true, "do": true, "await": true, "yield": true, "extends": true, "default": true,
}

// BeforeOperand reports whether an operand comes after a word that is not the name of a property, so that a slash
// begins a regular expression. (After "of", await and yield it depends on what they are.)
func BeforeOperand(word string) bool { return beforeOperand[word] }

// BeforeParentheses reports whether the word is one of the statements that have parentheses before another
// statement.
func BeforeParentheses(word string) bool {
	return word == "if" || word == "while" || word == "for" || word == "with"
}
