package gojavm

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkRegExp finds errors in a regular expression that goja does not report: all in a pattern with
// the flag u or v, repeated look-behind in any, and patterns that are nested too deep.
func checkRegExp(pattern, flags string) error {
	if err := checkPattern(pattern); err != nil {
		return err
	}
	sets := strings.Contains(flags, "v")
	unicode := sets || strings.Contains(flags, "u")
	if sets && strings.Contains(flags, "u") {
		return errFlags
	}
	if !unicode && !strings.Contains(pattern, "(?<") {
		return nil
	}
	c := &patternChecker{patternReader: patternReader{text: pattern, sets: sets}, unicode: unicode, names: map[string]bool{}}
	if err := c.alternatives(); err != nil {
		return fmt.Errorf("invalid regular expression: %s", strings.TrimPrefix(err.Error(), "invalid regular expression: "))
	}
	if !c.end() {
		return errors.New("invalid regular expression: unmatched ')'")
	}
	if !unicode {
		return nil
	}
	if c.reference > c.groups {
		return errors.New("invalid regular expression: there is no group of this number")
	}
	for _, name := range c.references {
		if !c.names[name] {
			return fmt.Errorf("invalid regular expression: there is no group '%s'", name)
		}
	}
	return nil
}

// patternChecker reads a pattern by its grammar. Without the flags u and v it checks only groups
// and quantifiers.
type patternChecker struct {
	patternReader
	unicode    bool
	groups     int
	names      map[string]bool // of groups
	reference  int             // the highest number of a reference
	references []string        // by name
}

// accept reads s, if it comes next.
func (c *patternChecker) accept(s string) bool {
	if !c.starts(s) {
		return false
	}
	c.text = c.text[len(s):]
	return true
}

func (c *patternChecker) alternatives() error {
	for !c.end() && !c.starts(")") {
		if c.accept("|") {
			continue
		}
		if err := c.term(); err != nil {
			return err
		}
	}
	return nil
}

// term reads an assertion, or an atom with its quantifier.
func (c *patternChecker) term() error {
	repeats := true // whether it may be repeated
	switch {
	case c.accept("^"), c.accept("$"):
		repeats = !c.unicode
	case c.starts("("):
		var err error
		if repeats, err = c.group(); err != nil {
			return err
		}
	case c.accept(`\`):
		if !c.unicode {
			c.take(1)
			break
		}
		if c.accept("b") || c.accept("B") {
			repeats = false
		} else if err := c.escape(); err != nil {
			return err
		}
	case c.starts("[") && c.sets:
		if _, err := c.class(0); err != nil {
			return errors.New("invalid character class")
		}
	case c.accept("["):
		if err := c.characterClass(); err != nil {
			return err
		}
	default:
		if next := c.take(1); c.unicode && strings.Contains("*+?{}]", next) {
			return fmt.Errorf("'%s' stands alone", next)
		}
	}
	quantified, err := c.quantifier()
	if err == nil && quantified && !repeats {
		err = errors.New("an assertion is repeated")
	}
	return err
}

// group reads a group or an assertion in parentheses, and reports whether it may be repeated.
func (c *patternChecker) group() (repeats bool, err error) {
	repeats = true
	switch {
	case c.accept("(?<="), c.accept("(?<!"):
		repeats = false
	case c.accept("(?="), c.accept("(?!"):
		repeats = !c.unicode
	case c.accept("(?:"):
	case c.accept("(?<"):
		name, err := c.groupName()
		if err != nil {
			return false, err
		}
		if c.names[name] {
			return false, fmt.Errorf("two groups have the name '%s'", name)
		}
		c.names[name] = true
		c.groups++
	case c.accept("(?"):
		if c.unicode {
			return false, errors.New("invalid group")
		}
	default:
		c.take(1)
		c.groups++
	}
	if err := c.alternatives(); err != nil {
		return false, err
	}
	if !c.accept(")") {
		return false, errors.New("a group has no end")
	}
	return repeats, nil
}

// groupName reads a name to its ">".
func (c *patternChecker) groupName() (string, error) {
	var name strings.Builder
	for !c.accept(">") {
		var r rune
		if c.accept(`\u`) {
			var err error
			if r, err = c.unicodeEscape(true); err != nil {
				return "", err
			}
		} else {
			s := c.take(1)
			if s == "" {
				return "", errors.New("the name of a group has no end")
			}
			r, _ = utf8.DecodeRuneInString(s)
		}
		starts := r == '$' || r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
		continues := unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue) || r == 0x200c || r == 0x200d
		if !starts && (!continues || name.Len() == 0) {
			return "", errors.New("invalid name of a group")
		}
		name.WriteRune(r)
	}
	if name.Len() == 0 {
		return "", errors.New("a group has an empty name")
	}
	return name.String(), nil
}

// quantifier reads the quantifier of an atom, and reports whether there is one.
func (c *patternChecker) quantifier() (bool, error) {
	switch {
	case c.accept("*"), c.accept("+"), c.accept("?"):
	case c.starts("{"):
		counts, _, ended := strings.Cut(c.text[1:], "}")
		first, last, hasLast := strings.Cut(counts, ",")
		least, ok := count(first)
		most, ok2 := count(last)
		if !ended || !ok || hasLast && last != "" && !ok2 {
			if c.unicode {
				return false, errors.New("invalid quantifier")
			}
			return false, nil
		}
		if hasLast && last != "" && most < least {
			return false, errors.New("the numbers of a quantifier are out of order")
		}
		c.take(len(counts) + 2)
	default:
		return false, nil
	}
	c.accept("?")
	return true, nil
}

// count reads decimal digits, however many.
func count(digits string) (float64, bool) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return math.Inf(1), true
	}
	return n, true
}

var errEscape = errors.New("invalid escape")

// escape reads the rest of an escape outside of classes, with the flag u or v.
func (c *patternChecker) escape() error {
	switch {
	case c.starts("p"), c.starts("P"):
		c.text = `\` + c.text
		_, err := c.property()
		return err
	case c.accept("k<"):
		name, err := c.groupName()
		c.references = append(c.references, name)
		return err
	case c.text != "" && c.text[0] >= '1' && c.text[0] <= '9':
		end := len(c.text) - len(strings.TrimLeft(c.text, "0123456789"))
		n, err := strconv.Atoi(c.text[:end])
		if err != nil {
			n = math.MaxInt
		}
		c.reference = max(c.reference, n)
		c.take(end)
		return nil
	case c.text != "" && strings.Contains("dDsSwW", c.text[:1]):
		c.take(1)
		return nil
	}
	_, err := c.characterEscape("")
	return err
}

// characterEscape reads an escape for one character; more are further characters that may be
// escaped here.
func (c *patternChecker) characterEscape(more string) (rune, error) {
	switch s := c.take(1); s {
	case "f", "n", "r", "t", "v":
		return map[string]rune{"f": '\f', "n": '\n', "r": '\r', "t": '\t', "v": '\v'}[s], nil
	case "c":
		letter := c.take(1)
		if len(letter) != 1 || !('a' <= letter[0]|0x20 && letter[0]|0x20 <= 'z') {
			return 0, errEscape
		}
		return rune(letter[0] & 31), nil
	case "0":
		if c.text != "" && c.text[0] >= '0' && c.text[0] <= '9' {
			return 0, errEscape
		}
		return 0, nil
	case "x":
		return c.hex(2)
	case "u":
		return c.unicodeEscape(true)
	default:
		if s == "" || !strings.Contains(`^$\.*+?()[]{}|/`+more, s) {
			return 0, errEscape
		}
		return rune(s[0]), nil
	}
}

func (c *patternChecker) hex(digits int) (rune, error) {
	s := c.take(digits)
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != digits {
		return 0, errEscape
	}
	return rune(n), nil
}

// unicodeEscape reads the part after "\u"; braced reports whether braces may follow.
func (c *patternChecker) unicodeEscape(braced bool) (rune, error) {
	if braced && c.accept("{") {
		digits, _, ok := strings.Cut(c.text, "}")
		n, err := strconv.ParseUint(digits, 16, 64)
		if !ok || err != nil || n > unicode.MaxRune {
			return 0, errEscape
		}
		c.text = c.text[len(digits)+1:]
		return rune(n), nil
	}
	r, err := c.hex(4)
	if err != nil || r < 0xd800 || r > 0xdbff || !c.starts(`\u`) {
		return r, err
	}
	rest := c.text
	c.accept(`\u`)
	if low, err := c.hex(4); err == nil && low >= 0xdc00 && low < 0xe000 {
		return (r-0xd800)<<10 + low - 0xdc00 + 0x10000, nil
	}
	c.text = rest
	return r, nil
}

// characterClass reads a class from after its "[".
func (c *patternChecker) characterClass() error {
	if !c.unicode {
		for !c.accept("]") {
			if c.take(1) == `\` {
				c.take(1)
			}
			if c.end() {
				return errors.New("a character class has no end")
			}
		}
		return nil
	}
	c.accept("^")
	for !c.accept("]") {
		first, single, err := c.classAtom()
		if err != nil {
			return err
		}
		if !c.starts("-") || strings.HasPrefix(c.text, "-]") {
			continue
		}
		c.take(1)
		last, lastSingle, err := c.classAtom()
		if err != nil {
			return err
		}
		if !single || !lastSingle || last < first {
			return errors.New("invalid range of a character class")
		}
	}
	return nil
}

// classAtom reads a character of a class, or an escape for several.
func (c *patternChecker) classAtom() (r rune, single bool, err error) {
	if c.end() {
		return 0, false, errors.New("a character class has no end")
	}
	if !c.accept(`\`) {
		r, _ := utf8.DecodeRuneInString(c.take(1))
		return r, true, nil
	}
	switch {
	case c.starts("p"), c.starts("P"):
		c.text = `\` + c.text
		_, err := c.property()
		return 0, false, err
	case c.text != "" && strings.Contains("dDsSwW", c.text[:1]):
		c.take(1)
		return 0, false, nil
	case c.accept("b"):
		return '\b', true, nil
	}
	r, err = c.characterEscape("-")
	return r, true, err
}
