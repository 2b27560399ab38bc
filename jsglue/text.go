package jsglue

import (
	"bytes"
	"strings"
	"unicode/utf16"
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

// withoutSurrogates makes a string of the engine well-formed UTF-8. Surrogates come as
// three bytes each: a pair becomes the character that it is, a lone one U+FFFD.
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
		if high := surrogate(text[next:]); high != 0 && next+6 <= len(text) && text[next+3] == 0xED {
			// DecodeRune gives U+FFFD for anything but a pair.
			character := utf16.DecodeRune(high, surrogate(text[next+3:]))
			made.WriteRune(character)
			if character != utf8.RuneError {
				next += 3
			}
		} else if high != 0 {
			made.WriteString(replacement)
		} else {
			made.WriteString(text[next : next+3])
		}
		start = next + 3
	}
}

// surrogate gives the surrogate that text begins with, 0xED and two more bytes; 0 if it is
// none.
func surrogate(text string) rune {
	if text[1] < 0xA0 {
		return 0
	}
	return 0xD000 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F)
}

// withoutTerminator removes a NUL at the end, if it is the only one.
func withoutTerminator(content []byte) []byte {
	if end := len(content) - 1; end >= 0 && content[end] == 0 && bytes.IndexByte(content, 0) == end {
		return content[:end]
	}
	return content
}
