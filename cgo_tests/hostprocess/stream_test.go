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
	// The report's descriptor must not be a pipe that the scripts' lines fill.
	report, err := os.Create(filepath.Join(t.TempDir(), "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer report.Close()
	result := testkit.Run(t, testkit.Options{Stdout: report}, host, library, when, digits)
	text := testkit.Read(t, report.Name())
	var want []string
	if when == "before" {
		for _, digit := range digits {
			want = append(want, told("loaded", digit, "closed")...)
		}
	}
	for _, digit := range digits {
		want = append(want, told("used", digit, "there")...)
	}
	want = append(want, "done")
	var got []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if !strings.HasPrefix(line, "line ") {
			got = append(got, line)
		}
	}
	if result.Status != 0 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%+v\nwant:\n%s\ngot:\n%s", result, strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
}

// told are the host's lines about a descriptor that cannot be used.
func told(when string, digit rune, state string) []string {
	return []string{
		fmt.Sprintf("%s: %c is %s", when, digit, state),
		fmt.Sprintf("%s: reading %c: Bad file descriptor", when, digit),
		fmt.Sprintf("%s: writing %c: Bad file descriptor", when, digit),
	}
}
