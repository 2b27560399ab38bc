package gojavm

import (
	"strings"
	"testing"
)

// The flag d, and named groups in a text that is not ASCII.
func TestRegExpIndices(t *testing.T) {
	expect(t, `
		const found = /a(?<x>b)?(c)/dgu.exec("\u{1f600}abc ac");
		print(JSON.stringify(found.indices), JSON.stringify(found.indices.groups), Object.getPrototypeOf(found.indices.groups));
		const other = /a(?<x>b)?(c)/d.exec("\u{1f600}ac");
		print(JSON.stringify(other.indices), "x" in other.indices.groups, other.indices.groups.x, /a/d.exec("a").indices.groups);
		print("aXbX".replace(/X/dg, "-"), "a1b2".match(/\d/dg), [..."a1b2".matchAll(/\d/dg)].map(m => m.indices[0]).join("|"), /a/.exec("a").indices);
		print(/a/d.hasIndices, /a/.hasIndices, /a/dv.flags, new RegExp(/a/d).hasIndices);
		for (const text of ["ab", "\u00e9ab", "\u{1f600}ab"]) for (const r of [/a(?<x>b)/, /a(?<x>b)/u, /a(?<x>b)/gu]) print(r.exec(text).groups.x, text.replace(r, "[$<x>]"));`,
		lines(`[[2,5],[3,4],[4,5]] {"x":[3,4]} null`, "[[2,4],null,[3,4]] true undefined undefined", "a-b- 1,2 1,2|3,4 undefined", "true false dv true")+
			strings.Repeat("b [b]\n", 3)+strings.Repeat("b \u00e9[b]\n", 3)+strings.Repeat("b \U0001f600[b]\n", 3))
}

// An invalid regular expression is reported before the script runs, wherever it is.
func TestRegExpSyntax(t *testing.T) {
	for _, literal := range []string{
		`/(?<=.)?/`, `/(?<!.)*/`, `/(?=.)*/u`, `/(?!.){2}/u`, `/\p{Foo}/u`, `/\P{Script}/u`, `/\p{^L}/u`, `/[\p{L}-a]/u`, `/[a-\d]/u`, `/[b-a]/u`, `/{/u`, `/}/u`,
		`/]/u`, `/a{2,1}/u`, `/a{,2}/u`, `/\1/u`, `/(a)\2/u`, `/\k<n>/u`, `/\k/u`, `/\c/u`, `/\01/u`, `/\x1/u`, `/\u12/u`, `/\u{110000}/u`, `/\-/u`, `/\a/u`,
		`/(?<n>a)(?<n>b)/`, `/(?<1>a)/u`, `/(?<>a)/u`, `/(?a)/u`, `/[a--]/v`, `/[(]/v`, `/a/uv`,
	} {
		if e := failure(t, "test.js", "print('runs');\nconst r = "+literal+";"); !strings.HasPrefix(e.Message, "SyntaxError: ") || e.Line != 2 {
			t.Errorf("%s: %+v", literal, e)
		}
		for _, caught := range []string{"eval(%)", "new Function(%)"} {
			script := "try { " + strings.ReplaceAll(caught, "%", "String.raw`return_ = 1, "+literal+"`") + "; print('runs') } catch (e) { print(e.name) }"
			expect(t, script, "SyntaxError\n")
		}
	}
	for _, literal := range []string{
		`/(?=.)*/`, `/{/`, `/}/`, `/]/`, `/a{,2}/`, `/\c/`, `/\a/`, `/\1/`, `/[\d-a]/`, `/\k<n>(?<n>a)/u`, `/\2(a)(b)/u`, `/[\-a]\//u`, `/\u{10FFFF}[\ud83d\ude00-\ud83d\ude4f]/u`,
		`/a{2,}?b{3}/u`, `/(?<\u{61}$_>.)\k<a$_>/u`, `/\p{Script=Greek}[^\P{Lu}]/u`, `/(?:a|(?<!b))+/u`, `/\cJ\0\x41/u`, `/[]/u`, `/[^]/u`, `/[a&&b]/v`, `/[\p{L}--[a-z]]/v`, `/(?<π>a)/u`,
	} {
		expect(t, `print(`+literal+` instanceof RegExp, eval(String.raw`+"`"+literal+"`"+`) instanceof RegExp)`, "true true\n")
	}
	expect(t, "print(String.raw`\\u{10FFFF}`.length > 3, std.evalScript('String.raw`\\\\u{10FFFF}`').length > 3, eval('String.raw`\\\\u{10FFFF}`').length > 3)", "true true true\n")
	expect(t, `print(eval(String.raw`+"`"+`/\p{L}+/u.exec("\u00e91")[0]`+"`"+`), new Function("return /[\\w--a]/v.test('a')")(), /\p{L}"/u.source)`, "\u00e9 false \\p{L}\"\n")
}

// A pattern is compiled without calling functions of a script.
func TestRegExpLastIndex(t *testing.T) {
	expect(t, `let calls = 0; const r = /a/g; r.lastIndex = { valueOf() { calls++; return 1; } }; print(r.exec("aa").index, calls, r.lastIndex)`, "1 1 2\n")
}
