package esm

import (
	"strings"
	"testing"
)

func TestRefused(t *testing.T) {
	for _, module := range []bool{false, true} {
		text := "let a = 1;\nconst o = {\n  async *m() {\n  }\n};\n"
		if at, message := Scan(text).Refused(module); at < 0 || !strings.HasSuffix(text[:at], "async *") {
			t.Errorf("%d %s (module: %v)", at, message, module)
		}
		if at, message := Scan("let a = 1;\n").Refused(module); at != -1 {
			t.Errorf("%d %s (module: %v)", at, message, module)
		}
	}
}
