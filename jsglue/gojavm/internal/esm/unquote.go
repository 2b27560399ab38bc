package esm

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote returns the value of a string literal without its quotes.
func unquote(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b []byte
	var units []uint16 // of consecutive \u escapes
	flush := func() {
		for _, r := range utf16.Decode(units) {
			b = utf8.AppendRune(b, r)
		}
		units = nil
	}
	for s != "" {
		if s[0] != '\\' || len(s) == 1 {
			flush()
			b = append(b, s[0])
			s = s[1:]
			continue
		}
		c := s[1]
		s = s[2:]
		if c == 'u' || c == 'x' {
			var r rune
			r, s = escape(c, s)
			if r < 0x10000 {
				units = append(units, uint16(r))
			} else {
				units = utf16.AppendRune(units, r)
			}
			continue
		}
		flush()
		if i := strings.IndexByte("bfnrtv0", c); i >= 0 {
			b = append(b, "\b\f\n\r\t\v\x00"[i])
		} else if c != '\n' {
			b = append(b, c)
		}
	}
	flush()
	return string(b)
}

// escape reads the digits of \xHH, \uHHHH or \u{H…}.
func escape(kind byte, s string) (r rune, rest string) {
	digits := 2
	if kind == 'u' {
		digits = 4
		if inner, ok := strings.CutPrefix(s, "{"); ok {
			hex, rest, _ := strings.Cut(inner, "}")
			n, _ := strconv.ParseUint(hex, 16, 32)
			return rune(n), rest
		}
	}
	digits = min(digits, len(s))
	n, _ := strconv.ParseUint(s[:digits], 16, 32)
	return rune(n), s[digits:]
}

// identifier returns an identifier without escapes.
func identifier(s string) string {
	if strings.Contains(s, `\`) {
		return unquote(s)
	}
	return s
}
