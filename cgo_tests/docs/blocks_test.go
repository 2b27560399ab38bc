package docs

import (
	"strings"
	"testing"
)

func TestUnchecked(t *testing.T) {
	const good = "/* a.c - a program */\nint main(void) { return 0; }\n"
	fenced := func(language, code string) string { return "```" + language + "\n" + code + "```\n" }
	for name, test := range map[string]struct{ document, want string }{
		"a program":             {fenced("c", good) + fenced("sh", "cc a.c -o a\n") + fenced("text", "out\n"), ""},
		"an excerpt":            {"From [it](../it.c):\n\n" + fenced("c", "int i;\n"), ""},
		"another language":      {fenced("python", "i = 1\n"), `line 1: the language "python"`},
		"no language":           {fenced("", "let i;\n"), `line 1: the language ""`},
		"no name":               {fenced("c", "int i;\n"), "line 1: neither a program"},
		"no source":             {"See [it](it.c). For example:\n" + fenced("c", "int i;\n"), "line 2: neither a program"},
		"a source further up":   {"From [it](it.c):\nor so:\n" + fenced("c", "int i;\n"), "line 3: neither a program"},
		"not compiled":          {fenced("c", good) + fenced("sh", "cc ba.c\n"), "line 1: no command compiles a.c"},
		"not strictly compiled": {fenced("c", good) + fenced("sh", "gcc a.c\n"), "line 1: no command compiles a.c"},
		"only an output":        {fenced("text", "out\n"), "line 1: output without a command"},
		"indented":              {"So:\n\n    int i;\n", "line 3: an indented block"},
		"a fence in a list":     {"-  ```c\n", "line 1: a fence is not at the beginning"},
		"no end":                {"```c\nint i;\n", "line 1: a block without an end"},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := blocks(test.document)
			got := strings.Join(unchecked(found), "\n")
			if err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, test.want) || (got != "" && test.want == "") {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	const source = "int one(void)\n{\n    return 1;\n}\n\nint two(void)\n{\n    return 2;\n}\n"
	for _, test := range []struct{ excerpt, want string }{
		{"int one(void)\n{\n  return  1;\n\n}\n", ""},
		{"int one(void)\n{\n" + omission + "\nreturn 2;\n}\n", ""},
		{"int one(void)\n{\n    return 2;\n}\n", "int one(void)\n{\n    return 2;\n}"},
		{"return 2;\n" + omission + "\nreturn 1;\n", "return 1;"},
		{"return\n", "return"},
		{"int two(void)\n", ""},
		{"int two(void);\n", "int two(void);"},
	} {
		if got := missing(test.excerpt, source); got != test.want {
			t.Errorf("%q: %q is missing, want %q", test.excerpt, got, test.want)
		}
	}
}
