package gojavm

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// conversion is one conversion specification of a printf format.
type conversion struct {
	minus, plus, space, zero, alt bool
	width                         int
	precision                     int // -1 if there is none
	long                          bool
	verb                          byte
}

// maxFieldWidth limits the size of formatted strings.
const maxFieldWidth = 1 << 20

// format is C's sprintf as in QuickJS's std module: args are the format and its values. Numbers
// have 32 bits without the l modifier; %c writes a code point and ignores flags, width and
// precision.
func (vm *VM) format(args []goja.Value) []byte {
	if len(args) == 0 {
		return nil
	}
	format := toString(vm, args[0])
	args = args[1:]
	next := func() goja.Value {
		if len(args) == 0 {
			panic(vm.newError(vm.classes.referenceError, "missing argument for conversion specifier"))
		}
		v := args[0]
		args = args[1:]
		return v
	}
	var out []byte
	for {
		text, rest, found := strings.Cut(format, "%")
		out = append(out, text...)
		if !found {
			return out
		}
		var c conversion
		format = vm.parseConversion(&c, rest, next)
		switch c.verb {
		case '%':
			out = append(out, '%')
		case 'c':
			out = appendCodePoint(out, next())
		case 's':
			s := toString(vm, next())
			if c.precision >= 0 && c.precision < len(s) {
				s = s[:c.precision]
			}
			out = c.appendPadded(out, "", s, false)
		case 'd', 'i', 'u', 'o', 'x', 'X':
			out = c.appendInt(out, toInt64(next()))
		case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A':
			out = c.appendFloat(out, toNumber(next()))
		default:
			vm.throwType("invalid conversion specifier in format string")
		}
	}
}

// parseConversion reads what follows a percent sign and returns the rest.
func (vm *VM) parseConversion(c *conversion, s string, next func() goja.Value) string {
flags:
	for ; s != ""; s = s[1:] {
		switch s[0] {
		case '-':
			c.minus = true
		case '+':
			c.plus = true
		case ' ':
			c.space = true
		case '0':
			c.zero = true
		case '#':
			c.alt = true
		case '\'': // groups digits, which the C locale does not do
		default:
			break flags
		}
	}
	number := func() int {
		if strings.HasPrefix(s, "*") {
			s = s[1:]
			return toInt32(next())
		}
		n := 0
		for s != "" && '0' <= s[0] && s[0] <= '9' {
			n = min(n*10+int(s[0]-'0'), maxFieldWidth+1)
			s = s[1:]
		}
		return n
	}
	c.width = number()
	if c.width < 0 {
		c.minus = true
		c.width = -c.width
	}
	c.precision = -1
	if strings.HasPrefix(s, ".") {
		s = s[1:]
		c.precision = max(number(), -1)
	}
	if strings.HasPrefix(s, "l") {
		c.long = true
		s = s[1:]
	}
	if s == "" || c.width > maxFieldWidth || c.precision > maxFieldWidth {
		vm.throwType("invalid conversion specifier in format string")
	}
	c.verb = s[0]
	return s[1:]
}

func appendCodePoint(out []byte, v goja.Value) []byte {
	var r rune
	if goja.IsString(v) {
		r, _ = utf8.DecodeRuneInString(v.String())
		if v.String() == "" {
			r = 0
		}
	} else {
		r = rune(toInt32(v))
	}
	return utf8.AppendRune(out, r)
}

// appendPadded extends prefix and body to the width; zeros go between them.
func (c *conversion) appendPadded(out []byte, prefix, body string, zeros bool) []byte {
	pad := max(c.width-len(prefix)-len(body), 0)
	switch {
	case c.minus:
		out = append(append(out, prefix...), body...)
		return append(out, strings.Repeat(" ", pad)...)
	case zeros:
		out = append(append(out, prefix...), strings.Repeat("0", pad)...)
		return append(out, body...)
	}
	out = append(out, strings.Repeat(" ", pad)...)
	return append(append(out, prefix...), body...)
}

func (c *conversion) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case c.plus:
		return "+"
	case c.space:
		return " "
	}
	return ""
}

func (c *conversion) appendInt(out []byte, n int64) []byte {
	if !c.long {
		n = int64(int32(n))
	}
	bits := uint64(n)
	if !c.long {
		bits = uint64(uint32(n))
	}
	var prefix, digits string
	switch c.verb {
	case 'd', 'i':
		prefix = c.sign(n < 0)
		if n < 0 {
			n = -n
		}
		digits = strconv.FormatUint(uint64(n), 10)
	case 'u':
		digits = strconv.FormatUint(bits, 10)
	case 'o':
		digits = strconv.FormatUint(bits, 8)
	case 'x', 'X':
		digits = strconv.FormatUint(bits, 16)
		if c.alt && bits != 0 {
			prefix = "0x"
		}
	}
	if c.precision == 0 && bits == 0 {
		digits = ""
	}
	if missing := c.precision - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if c.verb == 'o' && c.alt && !strings.HasPrefix(digits, "0") {
		digits = "0" + digits
	}
	if c.verb == 'X' {
		prefix, digits = strings.ToUpper(prefix), strings.ToUpper(digits)
	}
	return c.appendPadded(out, prefix, digits, c.zero && c.precision < 0)
}

func (c *conversion) appendFloat(out []byte, f float64) []byte {
	prefix := c.sign(math.Signbit(f) && !math.IsNaN(f))
	f = math.Abs(f)
	var body string
	zeros := c.zero
	switch lower := c.verb | 0x20; {
	case math.IsNaN(f):
		body, zeros = "nan", false
	case math.IsInf(f, 0):
		body, zeros = "inf", false
	case lower == 'a':
		prefix += "0x"
		body = c.hexFloat(f)
	default:
		body = c.decimalFloat(f, lower)
	}
	if c.verb < 'a' {
		prefix, body = strings.ToUpper(prefix), strings.ToUpper(body)
	}
	return c.appendPadded(out, prefix, body, zeros)
}

func (c *conversion) decimalFloat(f float64, verb byte) string {
	precision := c.precision
	if precision < 0 {
		precision = 6
	}
	if verb != 'g' {
		s := strconv.FormatFloat(f, verb, precision, 64)
		if c.alt && precision == 0 {
			s = addPoint(s)
		}
		return s
	}
	// C's %g uses the exponent that %e would print.
	precision = max(precision, 1)
	s := strconv.FormatFloat(f, 'e', precision-1, 64)
	exponent, _ := strconv.Atoi(s[strings.IndexByte(s, 'e')+1:])
	if exponent >= -4 && exponent < precision {
		s = strconv.FormatFloat(f, 'f', precision-1-exponent, 64)
	}
	if c.alt {
		return addPoint(s)
	}
	mantissa, tail := s, ""
	if at := strings.IndexByte(s, 'e'); at >= 0 {
		mantissa, tail = s[:at], s[at:]
	}
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	return mantissa + tail
}

// addPoint adds the decimal point for the # flag.
func addPoint(s string) string {
	if strings.Contains(s, ".") {
		return s
	}
	if at := strings.IndexAny(s, "ep"); at >= 0 {
		return s[:at] + "." + s[at:]
	}
	return s + "."
}

// hexFloat returns the digits of C's %a after the 0x.
func (c *conversion) hexFloat(f float64) string {
	const fractionBits, fractionDigits = 52, 13
	bits := math.Float64bits(f)
	exponent := int(bits >> fractionBits)
	fraction := bits & (1<<fractionBits - 1)
	lead := uint64(1)
	switch {
	case bits == 0:
		lead = 0
	case exponent == 0: // subnormal
		lead = 0
		exponent = -1022
	default:
		exponent -= 1023
	}
	digits := c.precision
	if digits >= 0 && digits < fractionDigits {
		drop := uint(4 * (fractionDigits - digits))
		whole := lead<<fractionBits | fraction
		half := uint64(1) << (drop - 1)
		rest := whole & (1<<drop - 1)
		whole >>= drop
		if rest > half || rest == half && whole&1 == 1 {
			whole++
		}
		whole <<= drop
		lead, fraction = whole>>fractionBits, whole&(1<<fractionBits-1)
	}
	frac := strconv.FormatUint(fraction|1<<fractionBits, 16)[1:]
	switch {
	case digits < 0:
		frac = strings.TrimRight(frac, "0")
	case digits <= fractionDigits:
		frac = frac[:digits]
	default:
		frac += strings.Repeat("0", digits-fractionDigits)
	}
	s := strconv.FormatUint(lead, 16)
	if frac != "" || c.alt {
		s += "." + frac
	}
	sign := "+"
	if exponent < 0 {
		sign = ""
	}
	return s + "p" + sign + strconv.Itoa(exponent)
}
