package install

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestLedger: exports of a release stay, and new ones are recorded.
func TestLedger(t *testing.T) {
	var listed []string
	for _, symbol := range ledger(t) {
		listed = append(listed, symbol.name)
	}
	if exported := declared(t); !slices.Equal(exported, listed) { // see TestSymbols
		t.Errorf("exported:\n%s\ncapi/symbols:\n%s", strings.Join(exported, "\n"), strings.Join(listed, "\n"))
	}
}

// A symbol is a line of capi/symbols.
type symbol struct{ name, since string }

func ledger(t *testing.T) []symbol {
	t.Helper()
	var listed []symbol
	for line := range strings.Lines(testkit.Read(t, filepath.Join(testkit.Root(t), "capi/symbols"))) {
		if fields := strings.Fields(line); len(fields) == 2 {
			listed = append(listed, symbol{fields[0], fields[1]})
		} else if !strings.HasPrefix(line, "#") {
			t.Errorf("capi/symbols: %q", line)
		}
	}
	return listed
}

// TestOrdinals: Windows' DLL exports the same symbols. Their ordinals are 1 and so on, in the order of the releases
// that have brought them and within a release of the alphabet, so that none becomes another symbol's.
func TestOrdinals(t *testing.T) {
	want := ledger(t)
	slices.SortStableFunc(want, func(a, b symbol) int { return compareVersions(t, a.since, b.since) })
	var got []symbol
	for line := range strings.Lines(testkit.Read(t, filepath.Join(testkit.Root(t), "capi/zmqjs.def"))) {
		var name string
		var ordinal int
		if count, _ := fmt.Sscanf(line, " %s @%d\n", &name, &ordinal); count != 2 {
			continue
		}
		if got = append(got, symbol{name: name}); ordinal != len(got) {
			t.Errorf("capi/zmqjs.def: %s has ordinal %d, not %d", name, ordinal, len(got))
		}
	}
	if !slices.EqualFunc(got, want, func(a, b symbol) bool { return a.name == b.name }) {
		t.Errorf("capi/zmqjs.def: %v\ncapi/symbols: %v", got, want)
	}
}

func compareVersions(t *testing.T, a, b string) int {
	t.Helper()
	return slices.Compare(versionNumbers(t, a), versionNumbers(t, b))
}

func versionNumbers(t *testing.T, version string) []int {
	t.Helper()
	var numbers []int
	for field := range strings.SplitSeq(version, ".") {
		number, err := strconv.Atoi(field)
		if err != nil {
			t.Fatalf("capi/symbols: version %q: %v", version, err)
		}
		numbers = append(numbers, number)
	}
	return numbers
}
