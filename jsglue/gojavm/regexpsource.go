package gojavm

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxPatternDepth limits the nesting of groups and classes in a pattern.
const maxPatternDepth = 500

// checkPattern returns an error for a pattern that is nested too deep for the engine, which parses
// it by recursion.
func checkPattern(pattern string) error {
	depth, class := 0, false
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '(':
			if !class {
				depth++
			}
		case ')':
			if !class && depth > 0 {
				depth--
			}
		}
		if depth > maxPatternDepth {
			return errors.New("invalid regular expression: nested too deep")
		}
	}
	return nil
}

// translatePattern expands syntax that goja does not support: the properties of the flag u, and the
// classes of the flag v. The result is a pattern for the flag u.
func translatePattern(pattern string, sets bool) (string, error) {
	if !sets && !strings.Contains(pattern, `\p`) && !strings.Contains(pattern, `\P`) {
		return pattern, nil
	}
	t := &patternReader{text: pattern, sets: sets}
	var out strings.Builder
	inClass := false
	for !t.end() {
		switch {
		case t.starts(`\p`), t.starts(`\P`):
			set, err := t.property()
			if err != nil {
				return "", err
			}
			if inClass {
				out.WriteString(writeRanges(set))
			} else {
				out.WriteString(writeSet(set))
			}
		case t.starts(`\`):
			out.WriteString(t.take(2))
		case t.starts("[") && sets:
			operand, err := t.class(0)
			if err != nil {
				return "", err
			}
			out.WriteString(operand.write())
		case t.starts("["):
			inClass = true
			out.WriteString(t.take(1))
		case t.starts("]"):
			inClass = false
			out.WriteString(t.take(1))
		default:
			out.WriteString(t.take(1))
		}
	}
	return out.String(), nil
}

// writeSet returns a class for a set.
func writeSet(set runeSet) string {
	if len(set) == 0 {
		return "(?!)"
	}
	return "[" + writeRanges(set) + "]"
}

func writeRanges(set runeSet) string {
	var b strings.Builder
	for _, r := range set {
		writeRune(&b, r.first)
		if r.last > r.first {
			b.WriteByte('-')
			writeRune(&b, r.last)
		}
	}
	return b.String()
}

func writeRune(b *strings.Builder, r rune) {
	switch {
	case r < 0x80:
		fmt.Fprintf(b, `\x%02x`, r)
	case r >= 0xd800 && r < 0xe000, r == 0x2028, r == 0x2029:
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		b.WriteRune(r)
	}
}

// classOperand is a set of the flag v: code points, and strings of several.
type classOperand struct {
	set     runeSet
	strings []string
}

func (o classOperand) write() string {
	if len(o.strings) == 0 {
		return writeSet(o.set)
	}
	list := slices.Clone(o.strings)
	// The longest first.
	slices.SortStableFunc(list, func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) })
	empty := false
	var parts []string
	for _, s := range list {
		if s == "" {
			empty = true
			continue
		}
		var b strings.Builder
		for _, r := range s {
			writeRune(&b, r)
		}
		parts = append(parts, b.String())
	}
	if len(o.set) > 0 {
		parts = append(parts, writeSet(o.set))
	}
	if empty {
		parts = append(parts, "")
	}
	return "(?:" + strings.Join(parts, "|") + ")"
}

func (o classOperand) union(other classOperand) classOperand {
	return classOperand{o.set.union(other.set), slices.Concat(o.strings, other.strings)}
}

func (o classOperand) combine(other classOperand, subtract bool) classOperand {
	keep := func(s string) bool { return slices.Contains(other.strings, s) != subtract }
	result := classOperand{set: o.set.intersect(other.set)}
	if subtract {
		result.set = o.set.without(other.set)
	}
	for _, s := range o.strings {
		if keep(s) {
			result.strings = append(result.strings, s)
		}
	}
	return result
}

// patternReader reads a pattern from start to end.
type patternReader struct {
	text string
	sets bool // the flag v
}

func (t *patternReader) end() bool { return t.text == "" }

func (t *patternReader) starts(s string) bool { return strings.HasPrefix(t.text, s) }

// take consumes n bytes, and the rest of a character at their end.
func (t *patternReader) take(n int) string {
	n = min(n, len(t.text))
	for n < len(t.text) && !utf8.RuneStart(t.text[n]) {
		n++
	}
	taken := t.text[:n]
	t.text = t.text[n:]
	return taken
}

func (t *patternReader) property() (runeSet, error) {
	negated := t.take(2) == `\P`
	end := strings.IndexByte(t.text, '}')
	if !t.starts("{") || end < 0 {
		return nil, errors.New("invalid regular expression: invalid property name")
	}
	set, err := propertySet(t.text[1:end])
	if err != nil {
		return nil, fmt.Errorf("invalid regular expression: %w", err)
	}
	t.take(end + 1)
	if negated {
		set = set.complement()
	}
	return set, nil
}

var errClass = errors.New("invalid regular expression: invalid character class")

// class reads a class of the flag v.
func (t *patternReader) class(depth int) (classOperand, error) {
	if depth > maxPatternDepth {
		return classOperand{}, errors.New("invalid regular expression: nested too deep")
	}
	t.take(1)
	negated := t.starts("^")
	if negated {
		t.take(1)
	}
	var result classOperand
	for first, operation := true, ""; ; first = false {
		if t.end() {
			return result, errClass
		}
		if t.starts("]") {
			t.take(1)
			break
		}
		if t.starts("--") || t.starts("&&") {
			next := t.take(2)
			if first || operation != "" && operation != next || t.end() || t.starts("]") {
				return result, errClass
			}
			operation = next
		} else if operation != "" {
			return result, errClass
		}
		operand, single, err := t.operand(depth)
		if err != nil {
			return result, err
		}
		if single && t.starts("-") && !t.starts("--") {
			t.take(1)
			last, lastSingle, err := t.operand(depth)
			if err != nil || !lastSingle || operation != "" || last.set[0].first < operand.set[0].first {
				return result, errClass
			}
			operand.set = runeSet{{operand.set[0].first, last.set[0].first}}
		}
		if operation == "" {
			result = result.union(operand)
		} else {
			result = result.combine(operand, operation == "--")
		}
	}
	if negated {
		if len(result.strings) > 0 {
			return result, errClass
		}
		result.set = result.set.complement()
	}
	return result, nil
}

var classEscapes = map[byte]runeSet{
	'd': {{'0', '9'}},
	'w': {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}},
	's': {{'\t', '\r'}, {' ', ' '}, {0xa0, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f},
		{0x205f, 0x205f}, {0x3000, 0x3000}, {0xfeff, 0xfeff}},
}

// operand reads a part of a class; single reports whether it is one character.
func (t *patternReader) operand(depth int) (operand classOperand, single bool, err error) {
	switch {
	case t.starts("["):
		operand, err = t.class(depth + 1)
		return operand, false, err
	case t.starts(`\p`), t.starts(`\P`):
		set, err := t.property()
		return classOperand{set: set}, false, err
	case t.starts(`\q{`):
		end := strings.IndexByte(t.text, '}')
		if end < 0 {
			return operand, false, errClass
		}
		for alternative := range strings.SplitSeq(t.text[3:end], "|") {
			inner := &patternReader{text: alternative, sets: true}
			var runes []rune
			for !inner.end() {
				r, err := inner.character()
				if err != nil {
					return operand, false, err
				}
				runes = append(runes, r)
			}
			if len(runes) == 1 {
				operand.set = operand.set.union(runeSet{{runes[0], runes[0]}})
			} else {
				operand.strings = append(operand.strings, string(runes))
			}
		}
		t.take(end + 1)
		return operand, false, nil
	case len(t.text) > 1 && t.text[0] == '\\':
		letter := t.text[1]
		if set, ok := classEscapes[letter|0x20]; ok {
			t.take(2)
			if letter < 'a' {
				set = set.complement()
			}
			return classOperand{set: set}, false, nil
		}
	}
	r, err := t.character()
	return classOperand{set: runeSet{{r, r}}}, true, err
}

// character reads one character of a class, or an escape for one.
func (t *patternReader) character() (rune, error) {
	if !t.starts(`\`) {
		s := t.take(1)
		if strings.ContainsAny(s, "()[]{}/-|") {
			return 0, errClass
		}
		r, _ := utf8.DecodeRuneInString(s)
		return r, nil
	}
	t.take(1)
	hex := func(n int) (rune, error) {
		v, err := strconv.ParseUint(t.take(n), 16, 32)
		if err != nil || v > 0x10ffff {
			return 0, errClass
		}
		return rune(v), nil
	}
	switch s := t.take(1); s {
	case "":
		return 0, errClass
	case "n":
		return '\n', nil
	case "r":
		return '\r', nil
	case "t":
		return '\t', nil
	case "v":
		return '\v', nil
	case "f":
		return '\f', nil
	case "b":
		return '\b', nil
	case "0":
		return 0, nil
	case "x":
		return hex(2)
	case "c":
		if t.end() {
			return 0, errClass
		}
		return rune(t.take(1)[0] & 31), nil
	case "u":
		if end := strings.IndexByte(t.text, '}'); t.starts("{") && end > 0 {
			t.take(1)
			r, err := hex(end - 1)
			t.take(1)
			return r, err
		}
		r, err := hex(4)
		if err == nil && r >= 0xd800 && r < 0xdc00 && t.starts(`\u`) {
			rest := t.text
			t.take(2)
			if low, err := hex(4); err == nil && low >= 0xdc00 && low < 0xe000 {
				return (r-0xd800)<<10 + low - 0xdc00 + 0x10000, nil
			}
			t.text = rest
		}
		return r, err
	default:
		if !strings.Contains(`^$\.*+?()[]{}|/-&!#%,:;<=>@`+"`~'\"", s) {
			return 0, errClass
		}
		r, _ := utf8.DecodeRuneInString(s)
		return r, nil
	}
}
