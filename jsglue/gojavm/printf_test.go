package gojavm

import "testing"

// The expected strings are those of QuickJS, which uses C's printf.
func TestSprintf(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{`"plain"`, "plain"},
		{`"100%%"`, "100%"},
		{`"%5%"`, "%"},
		{`"%d %i", 1, -2`, "1 -2"},
		{`"%5d|%-5d|%05d|%+d|% d", 42, 42, 42, 42, 42`, "   42|42   |00042|+42| 42"},
		{`"%.3d|%8.3d|%-8.3d|%08.3d", 7, 7, 7, 7`, "007|     007|007     |     007"},
		{`"[%.0d]", 0`, "[]"},
		{`"%*d|%-*d|%*d", 6, 1, 6, 2, -6, 3`, "     1|2     |3     "},
		{`"%d", 2147483648`, "-2147483648"},
		{`"%ld", 2147483648`, "2147483648"},
		{`"%ld", 9007199254740993n`, "9007199254740993"},
		{`"%lu", -1n`, "18446744073709551615"},
		{`"%d %d %d", NaN, "42", 1.9`, "0 42 1"},
		{`"%u", -1`, "4294967295"},
		{`"%x %X %#x %#X", 255, 255, 255, 255`, "ff FF 0xff 0XFF"},
		{`"%#x", 0`, "0"},
		{`"%x", -1`, "ffffffff"},
		{`"%lx", 0xffffffffffffffffn`, "ffffffffffffffff"},
		{`"%#08x|%#8x|%-#8x|", 255, 255, 255`, "0x0000ff|    0xff|0xff    |"},
		{`"%o %#o", 8, 8`, "10 010"},
		{`"%#.0o", 0`, "0"},
		{`"%s|%5s|%-5s|%.2s", "ab", "ab", "ab", "abcd"`, "ab|   ab|ab   |ab"},
		{`"%s %s %s", null, {}, [1, 2]`, "null [object Object] 1,2"},
		{`"%c%c%c", "é", 65, 0x1f600`, "éA😀"},
		{`"%5c|", "x"`, "x|"},
		{`"%c", 0x110000`, "\uFFFD"},
		{`"%f %.2f %.0f %#.0f", 1.5, 1.005, 2.5, 2`, "1.500000 1.00 2 2."},
		{`"%10.2f|%-10.2f|%010.2f|%+.1f", 3.14159, 3.14159, -3.14159, 1`, "      3.14|3.14      |-000003.14|+1.0"},
		{`"%e %.2e %E", 12345.678, 0.00012, 1`, "1.234568e+04 1.20e-04 1.000000E+00"},
		{`"%g %g %g %g %g", 100000, 1e6, 0.0001, 0.00001, 1.5`, "100000 1e+06 0.0001 1e-05 1.5"},
		{`"%.3g %#g %.10g %G", 1234.5, 1, 1/3, 1e-10`, "1.23e+03 1.00000 0.3333333333 1E-10"},
		{`"%f %F %5.1f|%05f", Infinity, NaN, -Infinity, Infinity`, "inf NAN  -inf|  inf"},
		{`"%a %a %.1a %A", 1, 255.75, 1.999, 0.5`, "0x1p+0 0x1.ff8p+7 0x2.0p+0 0X1P-1"},
		{`"%a %a %020a", 0, 5e-324, 1`, "0x0p+0 0x0.0000000000001p-1022 0x000000000000001p+0"},
		{`"%lf %ls", 1.5, "x"`, "1.500000 x"},
		{`"%'d", 1234567`, "1234567"},
		{`"%i%i", 1, 2, 3`, "12"},
	} {
		expect(t, "print(std.sprintf("+test.args+"))", test.want+"\n")
	}
	expect(t, `print(JSON.stringify(std.sprintf()))`, "\"\"\n")
}

func TestSprintfErrors(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{`"%d"`, "ReferenceError: missing argument for conversion specifier"},
		{`"%s%s", 1`, "ReferenceError: missing argument for conversion specifier"},
		{`"%*d", 1`, "ReferenceError: missing argument for conversion specifier"},
		{`"%"`, "TypeError: invalid conversion specifier in format string"},
		{`"%q", 1`, "TypeError: invalid conversion specifier in format string"},
		{`"%lld", 1`, "TypeError: invalid conversion specifier in format string"},
		{`"%n", 1`, "TypeError: invalid conversion specifier in format string"},
		{`"%99999999999d", 1`, "TypeError: invalid conversion specifier in format string"},
		{`"%s", Symbol()`, "TypeError: cannot convert symbol to string"},
	} {
		expect(t, "try { print(std.sprintf("+test.args+")) } catch (e) { print(e) }", test.want+"\n")
	}
}

func TestPrintf(t *testing.T) {
	expect(t, `print(std.printf("%s-%d\n", "é", 5), std.out.printf("x"))`, "é-5\nx5 1\n")
}
