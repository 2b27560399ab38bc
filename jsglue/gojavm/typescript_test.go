package gojavm

import "testing"

// Code without a file name may be TypeScript.
func TestTypeScriptWithoutName(t *testing.T) {
	for _, source := range []string{
		`enum Level { Low, High } const level: Level = Level.High; print(level as number)`,
		`import * as os from "os"; import type { Nothing } from "./nowhere"; const one: number = 1; print(os.platform === "linux" ? one! : 0)`,
		`const one: number = await Promise.resolve(1); print(one); export {}`,
		`class A { constructor(public n: number) {} } class B extends A { override n = 1; #x = 1; static is(b: B) { return #x in b } } print(new B(2).n * Number(B.is(new B(1))))`,
	} {
		for _, name := range []string{"<cmdline>", "", "script"} {
			f := newFixture(t, Options{})
			if err := f.Eval(name, source); err != nil {
				t.Errorf("%s as %q: %v", source, name, err)
			} else if got := f.out(); got != "1\n" {
				t.Errorf("%s as %q: printed %q", source, name, got)
			}
		}
		if e := failure(t, "script.js", source); e.Line != 1 {
			t.Errorf("%s as JavaScript: %v", source, e)
		}
	}
}

// JavaScript is not treated as TypeScript.
func TestJavaScriptWithoutName(t *testing.T) {
	f := newFixture(t, Options{})
	if err := f.Eval("<cmdline>", `const a = 1, b = 0, c = 2; print(a < b > (c)); export { unused }; import { unused } from "./side.js"`); err == nil {
		t.Error("an import was left out")
	}
	if err := f.Eval("<cmdline>", `const a = 1, b = 0, c = 2; print(a < b > (c))`); err != nil {
		t.Error(err)
	}
	if got := f.out(); got != "false\n" {
		t.Errorf("printed %q", got)
	}
}

// The reported error is that of the language in which more of the source is valid.
func TestSyntaxErrorWithoutName(t *testing.T) {
	for _, test := range []struct {
		source       string
		line, column int
	}{
		{"const one = 1;\nlet x = = 1;", 2, 9},
		{"const one: number = 1;\nlet x = = 1;", 2, 9},
		{"let x = ;\nconst one: number = 1;", 1, 9},
		{"const one: number = 1;\nthrow new Error()", 2, 7},
	} {
		if e := failure(t, "<cmdline>", test.source); e.Line != test.line || e.Column != test.column {
			t.Errorf("%q: %v at %d:%d, want %d:%d", test.source, e, e.Line, e.Column, test.line, test.column)
		}
	}
}
