package gojavm

import (
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// No text before it hides how deep a source is nested: not one that can be read in two ways.
func TestHiddenNesting(t *testing.T) {
	deep := strings.Repeat("(", 100_000)
	languages := map[api.Loader][]string{
		api.LoaderTS:  {"let x: string\n/`/\n", "x! / [", "x as any / [", "x<typeof y> / [", "let x = y as A<B>/`/\n", "x! /`/; /*`; "},
		api.LoaderTSX: {"<a>'</a>; ", "<a>`</a>; ", "<a>/*</a>; ", "<a b='\\'/>; "},
		api.LoaderJS: {
			"//x\r", "//x\u2028", "//x\u2029", "#!x\r", "<!-- '\r", "<!-- `\n", "<!-- /*\n", "\n--> `\n", "/**/--> `\n", "'\\\r\n'; ", "'\u2028'; ",
			"of / [", "yield / [", "await / [", "async / [", "let / [", "a\n++\n/ [", "a.\nreturn / [", "a./**/return / [", "a?.in / [", "a\f/ [", "a.\freturn / [",
			"a.\nif (1) / [", "1. / [", "1.e1 / [", "0xe+/`/;", "x = {} / [", "x = function () {} / [", "{} / [", "`${1}` / [", "[...yield / [", "x = function () {} /`/; /*`; ",
			"of /`/; /*`; ", "yield /'`/; /*`; ", "a\n++/`/\n", "++/`/\n", "break\n/`/\n", "debugger\n/`/\n", "import 'x'\n/`/\n", "for await (x of y) /`/\n",
			"return\u00a0/`/\n", "\\u006ff / [", "{} /a/ /`/; ", "{} /\\u0061`/; ", "x = function () {}\u00a0\n", "-->`\n",
		},
	}
	for loader, texts := range languages {
		for _, before := range texts {
			if err := checkSource(before+deep, loader); err == nil {
				t.Errorf("%q hides it (loader %v)", before, loader)
			}
		}
	}
	for _, step := range []string{"+{}" + strings.Repeat(" ", 90), "+{}\u00a0", "+{}/**/"} {
		if err := checkSource("x = {}"+strings.Repeat(step, 100_000), api.LoaderJS); err == nil {
			t.Errorf("%q is not seen", step)
		}
	}
	for _, step := range []string{"keyof ", "keyof\n", "readonly ", "infer\n"} {
		if err := checkSource("let x: "+strings.Repeat(step, 100_000), api.LoaderTS); err == nil {
			t.Errorf("%q is not seen", step)
		}
	}
}

// The time does not grow with the square of the length.
func TestSlashes(t *testing.T) {
	for _, text := range []string{"}/[", "a/[", "=/[", "x=1/[\n", "}/a/"} {
		_ = checkSource(strings.Repeat(text, maxSource/len(text)), api.LoaderJS)
	}
}

// What can be read in two ways is taken where it cannot be nested deep, and long sources where
// both ways lead to the same place.
func TestUnsureSources(t *testing.T) {
	long := strings.Repeat("x = [y, (z)];\n", 40_000)
	for source, want := range map[string]bool{
		"{} /`/\n":                                      true,
		"{} /a(b)/\n" + long:                            true,
		"{} /\\//\n" + long:                             true,
		"i++ / 2 + 'a' / 3;\n" + long:                   true,
		"x = a / b; y = \"/`\"; z = /[/`]/;\n" + long:   true,
		"const n = f(1) / 2 + `a` / 3;\n" + long:        true,
		"while (n-- > 0) x = `${ {}.a / 1 }`;\n" + long: true,
		"x.return / 2 + '`' / 3;\n" + long:              true,
		"{} /'/\n" + long:                               false,
		"<!-- x\n" + long:                               false,
	} {
		if err := checkSource(source, api.LoaderJS); (err == nil) != want {
			t.Errorf("%.30q: %v", source, err)
		}
	}
	expect(t, "of = yield = 8; let g = 2;\nprint(of / 2 / g, yield /g/ 1, 1./g, 1.5e1/g)\n{}/[`']/.test('x')\nx = 3\n++\nx\nprint(x)", "2 4 0.5 7.5\n4\n")
}

// The stack is enough for every source that is taken, whatever it hides.
func TestDeepestUnsureSources(t *testing.T) {
	for _, part := range []string{"(", "{", "[", "!", "a:", "- ", "x=>", "`${", "class A{a(){", "new ", "if(1)", "1?", "a=", "async()=>{", "({a:", "function f(){"} {
		const hiding = "of /`/; /*`; "
		text := hiding + strings.Repeat(part, (maxUnsure-greatestWeight(hiding))/greatestWeight(part))
		if err := checkSource(text, api.LoaderJS); err != nil {
			t.Errorf("%s: %v", part, err) // then it does not hide them
		}
		for _, name := range []string{"t.js", "t.tsx"} {
			failure(t, name, text)
		}
	}
}

// TestShortestSources: no token stands where the scanner reads beside the source.
func TestShortestSources(t *testing.T) {
	tokens := []string{
		"", ".", "..", "...", "/", "//", "/*", "*/", "<!--", "-->", "#!", "#", "`", "${", "}", "{", "(", ")", "[", "]", "'", `"`, `\`, `\u`,
		"\n", "\r\n", "\u2028", "\xe2", "\x80", "é", ";", ",", "=>", ">", "!", "++", "-", "1", "0x", "1e", "1.", "a", "if", "else", "of", "await", "return",
	}
	for _, loader := range []api.Loader{api.LoaderJS, api.LoaderTS, api.LoaderTSX} {
		for _, first := range tokens {
			for _, second := range tokens {
				for _, third := range tokens {
					if err := checkSource(first+second+third, loader); err != nil {
						t.Fatalf("%q: %v", first+second+third, err)
					}
				}
			}
		}
	}
}
