package quickjs

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestPrintTable: the table with which the bundled engine's console.log is compared is true.
func TestPrintTable(t *testing.T) {
	table := filepath.Join(testkit.Root(t), "jsglue/gojavm/testdata")
	result := testkit.Run(t, testkit.Options{Dir: table}, quickjs(t).QJS, "console.js")
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	rows, seen := 0, ""
	for line := range strings.SplitSeq(result.Stdout, "\n") {
		text, ended := strings.CutPrefix(line, "\x1e")
		if !ended {
			seen += line + "\n"
			continue
		}
		var row struct {
			Value, Since string
			QJS          *string
			Thrown       bool
		}
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			t.Fatal(err)
		}
		if row.Since == "" {
			rows++
			if row.Thrown != (row.QJS == nil) || row.QJS != nil && strings.ToValidUTF8(seen, "\uFFFD") != *row.QJS+"\n" {
				t.Errorf("%s: printed %q, thrown: %v", row.Value, seen, row.Thrown)
			}
		}
		seen = ""
	}
	if rows < 100 {
		t.Errorf("the table has %d rows for this version", rows)
	}
}
