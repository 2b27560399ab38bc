package lexical

import (
	"strings"
	"testing"
)

// Where a token ends: at the mark ¦. Each is read with the text behind it, and, if it is one that does not end,
// to the end.
func TestEnds(t *testing.T) {
	kinds := map[string]func(text string) int{
		"comment": func(text string) int { return CommentEnd(text, 0) },
		"HTML":    func(text string) int { return HTMLCommentEnd(text, 0, true) },
		"word":    func(text string) int { return WordEnd(text, 0) },
		"number":  func(text string) int { return NumberEnd(text, 0) },
		"string":  func(text string) int { return StringEnd(text, 0) },
		"template": func(text string) int {
			end, _ := TemplateEnd(text, 1)
			return end
		},
		"regexp": func(text string) int {
			end, found := RegexpEnd(text, 0)
			if !found {
				return -end
			}
			return end
		},
	}
	for kind, marked := range map[string][]string{
		"comment": {
			"//a¦\nb", "//a¦\r\nb", "//a¦\rb", "//a¦\u2028b", "//a¦\u2029b", "//a\u0085b¦", "//¦", "//*¦\n*/", "//\\¦\nb", "#!/bin/x 'y `z¦\nb", "#!a¦\u2028b", "#!¦",
			"/**/¦b", "/***/¦", "/*/*/¦*/", "/*\n\u2028*/¦b", "/* //*/¦b", "/*¦", "/*a¦", "/*/¦", "¦/a", "¦#a", "¦<!--", "¦",
		},
		"HTML": {"<!--a¦\nb", "<!-- `'/*¦\u2029b", "-->a¦\rb", "<!--¦", "¦<!-", "¦->", "¦--", "¦//"},
		"word": {
			"a¦ b", "a¦.b", "$_a1¦-", "#a¦ in b", "#¦!a", "a¦#b", "été¦=", "\U00020000x¦+", "\\u0061b¦(", "a¦\u00a0b", "a¦\u2028b", "a¦\ufeffb", "a\u0085b¦ ", "ab\\u¦{61}", "ab¦",
		},
		"number": {
			"1¦ b", "1.5e+3¦+1", "1e-3¦-1", "1E5¦/2", "0xe¦+1", "0XE¦-1", ".5¦/2", "1.¦/2", "1_000n¦*2", "0b11¦/2", "1..toString¦()", "1e¦", "1e+¦", "1¦\u00a0",
		},
		"string": {
			`"a"¦b`, `'a"'¦b`, `"\""¦b`, `"\\"¦b`, "'a\\\nb'¦c", "'a\\\r\nb'¦c", "'a\\\rb'¦c", "'\u2028\u2029'¦b", "'a¦\nb'", "'a¦\rb'", `"a¦`, `"\¦`, `'¦`, "'\\\r\n¦", "\"`${\"¦}",
		},
		"template": {
			"`a`¦b", "`a\n\r\u2028`¦", "`\\``¦", "`\\${`¦", "`\\\\${¦a}`", "`$`¦", "`$${¦a", "`${¦`a`}`", "`a¦", "`\\¦", "`//`¦", "`'`¦'",
		},
		"regexp": {`/a/¦g`, `/\//¦b`, `/[/]/¦b`, `/[\]/]/¦b`, `/[[]/¦]/`, "/`'\"/¦`", `/\[/¦]/`, "/[(]/¦)", "/=/¦a"},
	} {
		for _, test := range marked {
			before, behind, _ := strings.Cut(test, "¦")
			if got := kinds[kind](before + behind); got != len(before) {
				t.Errorf("%s %q: %d, want %d", kind, before+behind, got, len(before))
			}
		}
	}
	// A slash that begins no regular expression, and where that is seen.
	for _, test := range []string{"/a¦\n/", "/a¦\r/", "/a¦\u2028/", "/a¦\u2029/", "/[/¦\n]/", "/a\\¦\n/", "/a\\¦\u2028/", "/a¦", "/\\¦", "/¦"} {
		before, behind, _ := strings.Cut(test, "¦")
		if end, found := RegexpEnd(before+behind, 0); found || end != len(before) {
			t.Errorf("%q: %d, %t, want %d", before+behind, end, found, len(before))
		}
	}
	for text, want := range map[string]bool{"`${a}`": true, "`$a`": false, "`\\${a}`": false, "`a": false} {
		if _, got := TemplateEnd(text, 1); got != want {
			t.Errorf("%q: substitution %t", text, got)
		}
	}
}

// #! begins a comment at the beginning of a text only, --> only at the beginning of a line.
func TestPlaces(t *testing.T) {
	if got := CommentEnd(" #!a", 1); got != 1 {
		t.Errorf("#! behind a blank: %d", got)
	}
	if got := CommentEnd("a//b\n", 1); got != 4 {
		t.Errorf("// behind a word: %d", got)
	}
	if got := HTMLCommentEnd("--> a", 0, false); got != 0 {
		t.Errorf("--> in a line: %d", got)
	}
	if got := HTMLCommentEnd("<!-- a", 0, false); got != 6 {
		t.Errorf("<!-- in a line: %d", got)
	}
}

func TestBlank(t *testing.T) {
	for text, want := range map[string]struct {
		size int
		line bool
	}{
		"\n": {1, true}, "\r\n": {1, true}, "\u2028": {3, true}, "\u2029a": {3, true},
		" ": {1, false}, "\t": {1, false}, "\v": {1, false}, "\f": {1, false}, "\u00a0": {2, false}, "\ufeff": {3, false}, "\u3000": {3, false}, "\u1680": {3, false},
		"": {0, false}, "a": {0, false}, "\u0085": {0, false}, "\u180e": {0, false}, "\u200b": {0, false}, "\xe2": {0, false}, "\xe2\x80": {0, false}, "é": {0, false},
	} {
		if size, line := Blank(text); size != want.size || line != want.line {
			t.Errorf("%q: %d, %t", text, size, line)
		}
	}
	if got := SkipBlanks(" \n\u2028\ufeff\ta "); got != "a " {
		t.Errorf("behind blanks: %q", got)
	}
	if got := SkipBlanks("\n "); got != "" {
		t.Errorf("behind nothing but blanks: %q", got)
	}
}
