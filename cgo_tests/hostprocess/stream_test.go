package hostprocess

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// No standard descriptor that a host has closed becomes one of the library's: it cannot be read
// or written before the host makes it something else.
func TestStreams(t *testing.T) {
	host := usingHost(t, "streams")
	for _, way := range waysOfUse(t) {
		for _, when := range []string{"before", "after", "between"} {
			for _, digits := range []string{"0", "1", "2", "01", "12", "02", "012"} {
				t.Run(way.name+", "+when+", "+digits, func(t *testing.T) {
					t.Parallel()
					checkStreams(t, host, way.path, when, digits)
				})
			}
		}
	}
}

func checkStreams(t *testing.T, host, library, when, digits string) {
	t.Helper()
	with, without := reportOfStreams(t, host, library, when, digits), reportOfStreams(t, host, "none", when, digits)
	for _, digit := range digits {
		// The library has put something there that fails in the same way.
		without = strings.ReplaceAll(without, fmt.Sprintf("used: %c is closed", digit), fmt.Sprintf("used: %c is there", digit))
		if failed := fmt.Sprintf("used: reading %c: Bad file descriptor\n", digit); !strings.Contains(with, failed) {
			t.Errorf("no line %q", failed)
		}
	}
	if with != without {
		t.Errorf("with the library:\n%s\nwithout:\n%s", with, without)
	}
}

// reportOfStreams runs the host, and returns its report.
func reportOfStreams(t *testing.T, host, library, when, digits string) string {
	t.Helper()
	// The report's descriptor must not be a pipe that the scripts' lines fill.
	report, err := os.Create(filepath.Join(t.TempDir(), "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer report.Close()
	result := testkit.Run(t, testkit.Options{Stdout: report}, host, library, when, digits)
	if result.Status != 0 {
		t.Errorf("%+v", result)
	}
	var lines strings.Builder
	for line := range strings.Lines(testkit.Read(t, report.Name())) {
		if !strings.HasPrefix(line, "line ") { // of a script
			lines.WriteString(line)
		}
	}
	return lines.String()
}
