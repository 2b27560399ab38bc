package jsglue

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// WellFormed makes a text well-formed UTF-8, as the engines' TextDecoder does: each
// maximal part of an ill-formed sequence becomes one U+FFFD.
func WellFormed(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	made := &strings.Builder{}
	for len(text) > 0 {
		character, size := utf8.DecodeRuneInString(text)
		if character == utf8.RuneError && size == 1 {
			for size < len(text) && !utf8.FullRuneInString(text[:size+1]) {
				size++
			}
		}
		made.WriteRune(character)
		text = text[size:]
	}
	return made.String()
}

// withoutSurrogates makes a string of the engine well-formed UTF-8: each lone
// surrogate, which comes as three bytes, becomes one U+FFFD.
func withoutSurrogates(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	made := &strings.Builder{}
	for start := 0; ; {
		next := strings.IndexByte(text[start:], 0xED)
		if next < 0 || start+next+3 > len(text) {
			made.WriteString(text[start:])
			return WellFormed(made.String())
		}
		next += start
		made.WriteString(text[start:next])
		if text[next+1] >= 0xA0 {
			made.WriteString(replacement)
		} else {
			made.WriteString(text[next : next+3])
		}
		start = next + 3
	}
}

// withoutTerminator removes a NUL at the end, if it is the only one.
func withoutTerminator(content []byte) []byte {
	if end := len(content) - 1; end >= 0 && content[end] == 0 && bytes.IndexByte(content, 0) == end {
		return content[:end]
	}
	return content
}
