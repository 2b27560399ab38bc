package gojavm

import (
	"slices"
	"testing"

	"github.com/dop251/goja/unistring"
)

func TestInfer(t *testing.T) {
	for _, test := range []struct{ body, numbers, classes string }{
		{"let i = 0, s = 0; i++; s = s + i; s += 2 * x; s -= y", "i s", ""},
		{"let n; n = -x; const b = !n || 5", "b n", ""},
		{"let s = 0, u = s; s = `${x}`; u = s", "", ""},
		{"let a = 1, b = a, c = b + a; a = x", "", ""},
		{"let a = 1; [a] = x", "", ""},
		{"let a = 1; ({ k: a, ...b } = x)", "", ""},
		{"let a = 1; ({ a } = x)", "", ""},
		{"let a = 1; for (a of x);", "", ""},
		{"let { a } = x; let b = 1; for (const c of x); for (var d in x);", "b", ""},
		{"let a = 1; { function a() {} }", "", ""},
		{"let a = 1; ((a) => a)(x); ((...b) => b)(x); try {} catch (c) {}", "", ""},
		{"let a = 1; eval(x)", "", ""},
		{"let a = 1; with (x) {}", "", ""},
		{"let t = typeof x, u = t", "", ""},
		{"let m = a ? 1 : 2, k = a ? 1 : x", "m", ""},
		{"let z = (y = 5); let w = (w2 = x)", "z", ""},
		{"let p = 1; p ||= x; let q = 1; q &&= 2", "q", ""},
		{"class A {} class B extends A {} let C = class D {}; B = x", "", "A D"},
		{"class A {} { let A = 1; }", "", ""},
	} {
		program, err := parse("(function () {" + test.body + "\n})()")
		if err != nil {
			t.Fatalf("%s: %v", test.body, err)
		}
		known := infer(program)
		list := func(set map[unistring.String]bool) (text string) {
			var names []string
			for name, ok := range set {
				if ok {
					names = append(names, name.String())
				}
			}
			slices.Sort(names)
			for _, name := range names {
				text += " " + name
			}
			return text
		}
		if got := list(known.numbers); got != pad(test.numbers) {
			t.Errorf("%s: numbers are%s", test.body, got)
		}
		if got := list(known.classes); got != pad(test.classes) {
			t.Errorf("%s: classes are%s", test.body, got)
		}
	}
	// Other scripts can assign to declarations of a script.
	for _, source := range []string{"var a = 1", "let a = 1", "{ var a = 1 }", "for (var a = 1; ;);", "class A {}"} {
		program, err := parse(source)
		if err != nil {
			t.Fatal(err)
		}
		if known := infer(program); known.numbers["a"] || known.classes["A"] {
			t.Errorf("%s: %v", source, known)
		}
	}
}

func pad(names string) string {
	if names == "" {
		return ""
	}
	return " " + names
}
