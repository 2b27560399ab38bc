package esm

import (
	"reflect"
	"strings"
	"testing"
)

func TestScanDeclarations(t *testing.T) {
	for _, test := range []struct {
		text string
		want Syntax
	}{
		{`import "a";`, Syntax{Text: `           `, Requests: []Request{{"a", nil, 7}}}},
		{"import d, { a as b, \"odd x\" as c, default as e } from \"m\";\nimport * as ns from 'n' with { type: \"json\" };\nf();", Syntax{
			Text:     strings.Repeat(" ", 58) + "\n" + strings.Repeat(" ", 46) + "\nf();",
			Requests: []Request{{"m", nil, 54}, {"n", map[string]string{"type": "json"}, 79}},
			Imports:  []Import{{0, "default", "d", 7}, {0, "a", "b", 12}, {0, "odd x", "c", 20}, {0, "default", "e", 34}, {1, "*", "ns", 71}},
		}},
		{"import {\n  a\n} from \"\\u0061\\n\";\n", Syntax{
			Text:     "        \n   \n" + strings.Repeat(" ", 18) + "\n",
			Requests: []Request{{"a\n", nil, 20}}, Imports: []Import{{0, "a", "a", 11}},
		}},
		{`export { a, b as "odd y" };`, Syntax{Text: strings.Repeat(" ", 27), Exports: []Export{{"a", "a", 9}, {"b", "odd y", 12}}}},
		{`export { default, a as b } from "m";`, Syntax{Text: strings.Repeat(" ", 36), Requests: []Request{{"m", nil, 32}}, Reexport: []Reexport{{0, "default", "default", 9}, {0, "a", "b", 18}}}},
		{`export * from "m"; export * as n from "m";`, Syntax{
			Text: strings.Repeat(" ", 42), Requests: []Request{{"m", nil, 14}, {"m", nil, 38}}, Stars: []int{0}, Reexport: []Reexport{{1, "*", "n", 31}},
		}},
		{`export default function() {}`, Syntax{Text: `function d$0000        () {}`, Exports: []Export{{"default", "default", 0}}}},
		{`export default async function* () {}`, Syntax{Text: `async function* d$0000         () {}`, Exports: []Export{{"default", "default", 0}}}},
		{`export default async function f() {}`, Syntax{Text: `               async function f() {}`, Exports: []Export{{"f", "default", 0}}}},
		{`export default class extends A {}`, Syntax{Text: `class d$0000         extends A {}`, Exports: []Export{{"default", "default", 0}}}},
		{`export default class C {}`, Syntax{Text: `               class C {}`, Exports: []Export{{"C", "default", 0}}}},
		{`export default functional / 2;`, Syntax{Text: `const d$0000  =functional / 2;`, Exports: []Export{{"default", "default", 0}}}},
		{`export default async () => {};`, Syntax{Text: `const d$0000  =async () => {};`, Exports: []Export{{"default", "default", 0}}}},
	} {
		got := Scan(test.text)
		got.names = placeholders{}
		for i := range got.Requests {
			if len(got.Requests[i].Attributes) == 0 {
				got.Requests[i].Attributes = nil
			}
		}
		if !reflect.DeepEqual(*got, test.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", test.text, *got, test.want)
		}
	}
}

// Text that only resembles module syntax stays.
func TestScanLeaves(t *testing.T) {
	for _, text := range []string{
		"`\nimport x from \"a\";\nexport {};\n`;",
		"`${`\nexport {};`}\nimport \"a\";`;",
		"`\\`\nimport \"a\";`;",
		"/*\nimport \"a\";\n*/",
		"// x\n/re`/;\n\"\\\"\nimport 'a'\";",
		"x = /`/g;\ny = \"`\";\nz = /[/`]/;",
		"if (a) /`/.test(b);\nwhile (a) /`/.test(b);",
		"a = b / c / d;\nf() / 2 / g;\n[] / `/`;",
		"{\n}\n/`/.test(a);",
		"({}) / 2;\nx = {} / 1;\ni++ / 2;\n++/`/.lastIndex;",
		"return /`/;\ntypeof /`/;\nfor (const x of /`/) ;",
		"o.import(1);\no?.export;\no.if(a) / 2;\n({ import: 1, export: 2, import(x) {\n} });",
		"class C {\n  import(a) {\n  }\n  static import = 1;\n  #import(x) {\n    this.#import(2);\n  }\n}",
		"imports();\nexported;\nimport_x(2);\nlet $import = 1.5e+3 / 2;",
		"0x1f / 2;\n.5 / 2;\n1n / 2n;",
	} {
		if got := Scan(text); got.Text != text || got.IsModule() || got.Dynamic || got.Error != nil {
			t.Errorf("%s\nbecomes\n%s", text, got.Text)
		}
	}
}

func TestScanExpressions(t *testing.T) {
	for text, want := range map[string]string{
		"import.meta.url;":                    "import$0000.url;",
		"`${import.meta}`;":                   "`${import$0000}`;",
		"x = import(\"a\");":                  "x = i$0000(\"a\");",
		"import(a).then((import_) => {});":    "i$0000(a).then((import_) => {});",
		"if (import(a)) {\n}":                 "if (i$0000(a)) {\n}",
		"import(import(\"a\"));":              "i$0000(i$0000(\"a\"));",
		"i$0000;\nimport$0000;\nimport(a);":   "i$0000;\nimport$0000;\ni$0001(a);",
		"#!/usr/bin/env import\nimport(\"\")": "///usr/bin/env import\ni$0000(\"\")",
		"import(/* ) */ a);":                  "i$0000(/* ) */ a);",
	} {
		if got := Scan(text); got.Text != want || !got.Dynamic && !got.Meta {
			t.Errorf("%s becomes %s", text, got.Text)
		}
	}
	for _, text := range []string{"import.defer(a);", "import.source(a);", "import defer * as a from \"a\";", "import source a from \"a\";"} {
		if got := Scan(text); got.Error == nil || got.Error.Offset < 0 {
			t.Errorf("%s is accepted", text)
		}
	}
	for _, text := range []string{"import defer from \"a\";", "import source from \"a\";", "import defer, * as a from \"a\";", "import defer, { a } from \"a\";"} {
		if got := Scan(text); got.Error != nil {
			t.Errorf("%s: %v", text, got.Error)
		}
	}
}

func TestUnquote(t *testing.T) {
	for text, want := range map[string]string{
		`plain`: "plain", `\x41\u0042\u{43}`: "ABC", `\ud83d\ude00!`: "😀!", `\u{1F600}`: "😀", `\n\t\0\"\'\\`: "\n\t\x00\"'\\", "a\\\nb": "ab", `\`: `\`,
	} {
		if got := unquote(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
