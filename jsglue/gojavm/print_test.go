package gojavm

import (
	"encoding/json"
	"strings"
	"testing"
)

// printed is a row of the table in testdata/console.js, with the outputs.
type printed struct {
	Value     string  // the source of a function that returns it
	QJS, Here *string // nil: an exception
	Why       string  // the reason for a difference
	Thrown    bool
}

// TestPrintTable compares console.log with qjs. Another test makes the qjs of QuickJS 2021-03-27
// print the same table.
func TestPrintTable(t *testing.T) {
	t.Chdir("testdata")
	f := newFixture(t, Options{})
	if err := f.RunFile("console.js"); err != nil {
		t.Fatal(err)
	}
	rows := 0
	seen := ""
	for line := range strings.SplitSeq(f.out(), "\n") {
		text, ended := strings.CutPrefix(line, "\x1e")
		if !ended {
			seen += line + "\n"
			continue
		}
		var row printed
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			t.Fatal(err)
		}
		row.check(t, seen)
		rows++
		seen = ""
	}
	if rows < 100 {
		t.Errorf("the table has %d rows", rows)
	}
}

func (row printed) check(t *testing.T, seen string) {
	t.Helper()
	want := row.QJS
	if row.Why != "" {
		want = row.Here
		if want == row.QJS || want != nil && row.QJS != nil && *want == *row.QJS {
			t.Errorf("%s: the table has a difference, but the outputs are equal", row.Value)
		}
	}
	switch {
	case row.Thrown != (want == nil):
		t.Errorf("%s: printed %q, thrown: %v; not as qjs", row.Value, seen, row.Thrown)
	case want != nil && seen != *want+"\n":
		t.Errorf("%s: printed %q, want %q", row.Value, seen, *want)
	}
}

// No text that a script sees contains an address of the engine's memory.
func TestNoAddresses(t *testing.T) {
	const message = "cannot convert object to primitive value"
	expect(t, `for (const f of [() => String(Object.create(null)), () => "" + Object.create(null), () => +Object.create(null), () => [Object.create(null)].join(),
() => ({})[{toString: null, valueOf: null}], () => new Date(Object.create(null)), () => `+"`${[][Symbol.unscopables] ?? Object.create(null)}`"+`, () => print(Array.prototype[Symbol.unscopables]), () => BigInt(Object.create(null))])
	try { print(f()) } catch (e) { print(e.name, e.message) }`, strings.Repeat("TypeError "+message+"\n", 9))
	if e := failure(t, "test.js", `print(Object.create(null))`); e.Message != "TypeError: "+message {
		t.Errorf("message %q", e.Message)
	}
	expect(t, `print(new TypeError("mine").message, TypeError("mine").message, new (class extends TypeError {})("own").message, new TypeError(undefined).message === "", TypeError.length)`, "mine mine own true 1\n")
}
