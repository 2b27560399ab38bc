package test262

import (
	"reflect"
	"testing"
)

func TestFrontMatter(t *testing.T) {
	for _, test := range []struct {
		matter string
		want   testCase
	}{
		{"\ndescription: >\n  flags: [no]\n  - none\nflags: [onlyStrict, async]\nincludes: [a.js]\n", testCase{flags: []string{"onlyStrict", "async"}, includes: []string{"a.js"}}},
		{"\nnegative:\n  phase: parse\n  type: SyntaxError\nfeatures:\n  - one\n  - two\n", testCase{negative: "SyntaxError", features: []string{"one", "two"}}},
		{"\nesid: x\ninfo: |\n  type: no\nfeatures: [a]\n", testCase{features: []string{"a"}}},
	} {
		var got testCase
		got.parse(test.matter)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%q: %+v, want %+v", test.matter, got, test.want)
		}
	}
}

func TestKnown(t *testing.T) {
	reasons, err := known()
	if err != nil || len(reasons) < 2 {
		t.Fatal(reasons, err)
	}
	for _, r := range reasons {
		if len(r.patterns) == 0 {
			t.Errorf("known.txt: %s: no tests", r.text)
		}
	}
	for path, excluded := range map[string]bool{"intl402/a.js": true, "built-ins/Function/prototype/toString/a.js": false} {
		if r := reasonFor(reasons, &testCase{path: path}); r == nil || r.excluded != excluded {
			t.Errorf("%s: %+v", path, r)
		}
	}
	for pattern, want := range map[string]bool{"a/b": true, "a/*/c": true, "a/*d": false, "b": false, "*": true, "a/**e.js": true} {
		if begins("a/b/c/e.js", pattern) != want {
			t.Errorf("%s: not %v", pattern, want)
		}
	}
	if r := reasonFor(reasons, &testCase{path: "language/a.js", features: []string{"Temporal"}}); r == nil || !r.excluded {
		t.Errorf("a feature is not excluded: %+v", r)
	}
	if r := reasonFor(reasons, &testCase{path: "language/a.js", features: []string{"let"}}); r != nil {
		t.Errorf("covered by %q", r.text)
	}
}
