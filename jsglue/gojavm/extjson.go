package gojavm

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// maxExtJSONDepth limits the nesting of a text for parseExtJSON.
const maxExtJSONDepth = 5000

// parseExtJSON is std.parseExtJSON(text): JSON with comments, unquoted names, strings in single
// quotes, trailing commas, \f and \v as spaces, a plus before numbers, octal and hexadecimal
// numbers.
func (vm *VM) parseExtJSON(call goja.FunctionCall) goja.Value {
	p := extJSON{vm: vm, text: toString(vm, call.Argument(0))}
	value := p.value(0)
	p.space()
	if p.at < len(p.text) {
		p.fail("unexpected data at the end")
	}
	return value
}

// extJSON reads a text.
type extJSON struct {
	vm   *VM
	text string
	at   int
}

// fail throws a SyntaxError with its place.
func (p *extJSON) fail(message string) {
	before := p.text[:min(p.at, len(p.text))]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	panic(p.vm.newError(p.vm.classes.syntaxError, fmt.Sprintf("%s at line %d, column %d", message, line, column)))
}

func (p *extJSON) failAt(at int, message string) {
	p.at = at
	p.fail(message)
}

// unexpected fails at the current character.
func (p *extJSON) unexpected() {
	if p.at >= len(p.text) {
		p.fail("unexpected end of the text")
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	p.fail(fmt.Sprintf("unexpected %q", r))
}

// peek returns the next byte, 0 at the end.
func (p *extJSON) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// take consumes the next byte if it is c.
func (p *extJSON) take(c byte) bool {
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

// space skips spaces and comments.
func (p *extJSON) space() {
	for {
		rest := p.text[p.at:]
		switch {
		case rest != "" && strings.IndexByte(" \t\n\v\f\r", rest[0]) >= 0:
			p.at++
		case strings.HasPrefix(rest, "//"):
			if end := strings.IndexAny(rest, "\n\r"); end >= 0 {
				p.at += end
			} else {
				p.at = len(p.text)
			}
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				p.fail("this comment has no end")
			}
			p.at += 2 + end + 2
		default:
			return
		}
	}
}

func (p *extJSON) value(depth int) goja.Value {
	if depth > maxExtJSONDepth {
		panic(p.vm.newError(p.vm.classes.rangeError, fmt.Sprintf("the text is nested deeper than %d levels", maxExtJSONDepth)))
	}
	p.space()
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"' || c == '\'':
		return p.str()
	case c == '+' || c == '-' || '0' <= c && c <= '9':
		return p.number()
	}
	start := p.at
	switch p.identifier() {
	case "null":
		return goja.Null()
	case "true":
		return p.vm.rt.ToValue(true)
	case "false":
		return p.vm.rt.ToValue(false)
	}
	p.at = start
	p.unexpected()
	return nil
}

func (p *extJSON) object(depth int) goja.Value {
	obj := p.vm.rt.NewObject()
	p.at++
	for {
		p.space()
		if p.take('}') {
			return obj
		}
		var name string
		if c := p.peek(); c == '"' || c == '\'' {
			name = p.str().String()
		} else if name = p.identifier(); name == "" {
			p.fail("expected a property's name")
		}
		p.space()
		if !p.take(':') {
			p.fail("expected ':'")
		}
		value := p.value(depth + 1)
		rethrow(obj.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
		p.space()
		if !p.take(',') && p.peek() != '}' {
			p.fail("expected ',' or '}'")
		}
	}
}

func (p *extJSON) array(depth int) goja.Value {
	var items []any
	p.at++
	for {
		p.space()
		if p.take(']') {
			return p.vm.rt.NewArray(items...)
		}
		items = append(items, p.value(depth+1))
		p.space()
		if !p.take(',') && p.peek() != ']' {
			p.fail("expected ',' or ']'")
		}
	}
}

// identifier consumes a name of ASCII letters, digits, $ and _; it returns "" if there is none.
func (p *extJSON) identifier() string {
	start := p.at
	for p.at < len(p.text) {
		c := p.text[p.at]
		if c != '_' && c != '$' && (c|0x20 < 'a' || c|0x20 > 'z') && (p.at == start || c < '0' || c > '9') {
			break
		}
		p.at++
	}
	return p.text[start:p.at]
}

func (p *extJSON) number() goja.Value {
	start := p.at
	negative := p.take('-')
	if !negative {
		p.take('+')
	}
	digits := p.at
	var value float64
	if rest := strings.ToLower(p.text[p.at:min(p.at+2, len(p.text))]); rest == "0x" || rest == "0o" {
		base := map[string]int{"0x": 16, "0o": 8}[rest]
		p.at += 2
		first := p.at
		for p.at < len(p.text) && isDigit(p.text[p.at], base) {
			p.at++
		}
		n, ok := new(big.Int).SetString(p.text[first:p.at], base)
		if !ok {
			p.failAt(start, "this is no number")
		}
		value, _ = new(big.Float).SetInt(n).Float64()
	} else {
		run := func() int {
			first := p.at
			for p.at < len(p.text) && isDigit(p.text[p.at], 10) {
				p.at++
			}
			return p.at - first
		}
		whole := run()
		if whole == 0 || whole > 1 && p.text[digits] == '0' {
			p.failAt(start, "this is no number")
		}
		if p.take('.') {
			run()
		}
		if end := p.at; p.take('e') || p.take('E') {
			if !p.take('+') {
				p.take('-')
			}
			if run() == 0 {
				p.failAt(end, "this exponent has no digits")
			}
		}
		value, _ = strconv.ParseFloat(p.text[digits:p.at], 64) // numbers that are too large become infinite
	}
	if negative {
		value = -value
	}
	if value == math.Trunc(value) && math.Abs(value) < 1<<53 && !(value == 0 && negative) {
		return p.vm.rt.ToValue(int64(value))
	}
	return p.vm.rt.ToValue(value)
}

func isDigit(c byte, base int) bool {
	_, err := strconv.ParseUint(string(rune(c)), base, 8)
	return err == nil
}

// str consumes a string in quotes of either kind.
func (p *extJSON) str() goja.Value {
	start := p.at
	quote := p.text[p.at]
	p.at++
	var units []uint16
	for {
		if p.at >= len(p.text) {
			p.failAt(start, "this string has no end")
		}
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		switch {
		case r == rune(quote):
			p.at++
			return goja.StringFromUTF16(units)
		case r < ' ':
			p.fail("a control character in a string")
		case r == '\\':
			p.at++
			units = p.escape(units)
		default:
			p.at += size
			units = utf16.AppendRune(units, r)
		}
	}
}

// escape consumes the rest of an escape, after the backslash.
func (p *extJSON) escape(units []uint16) []uint16 {
	if p.at >= len(p.text) {
		p.fail("unexpected end of the text")
	}
	r, size := utf8.DecodeRuneInString(p.text[p.at:])
	p.at += size
	switch r {
	case 'b', 'f', 'n', 'r', 't', 'v':
		return append(units, map[rune]uint16{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}[r])
	case '\r':
		p.take('\n')
		return units
	case '\n':
		return units
	case 'x':
		return append(units, uint16(p.hex(2)))
	case 'u':
		if !p.take('{') {
			return append(units, uint16(p.hex(4)))
		}
		end := strings.IndexByte(p.text[p.at:], '}')
		if end < 1 || end > 6 {
			p.fail("this escape sequence is malformed")
		}
		point := p.hex(end)
		p.at++
		if point > utf8.MaxRune {
			p.fail("this escape sequence is malformed")
		}
		if point >= 0xD800 && point < 0xE000 {
			return append(units, uint16(point))
		}
		return utf16.AppendRune(units, rune(point))
	}
	if r >= '0' && r <= '7' {
		p.fail("this escape sequence is malformed")
	}
	return utf16.AppendRune(units, r)
}

// hex consumes a number of hexadecimal digits.
func (p *extJSON) hex(digits int) uint64 {
	text := p.text[p.at:min(p.at+digits, len(p.text))]
	n, err := strconv.ParseUint(text, 16, 32)
	if err != nil || len(text) < digits || strings.ContainsAny(text, "+-_") {
		p.fail("this escape sequence is malformed")
	}
	p.at += digits
	return n
}
