package hostprocess

import (
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// Settings of Go's in the host's environment are the host's: they change nothing in the library,
// and the library changes nothing in them.
func TestSettings(t *testing.T) {
	host := usingHost(t, "settings")
	settings := []string{
		"GOMEMLIMIT=bad", "GOGC=bad", "GOMAXPROCS=bad", "GOTRACEBACK=bad", "GODEBUG=bad",
		"GODEBUG=cgocheck=2", "GODEBUG=inittrace=1", "GODEBUG=gctrace=1", "GODEBUG=schedtrace=1", "GOGC=off",
		"GODEBUG=bad GOGC=bad GOMEMLIMIT=bad GOMAXPROCS=bad GOTRACEBACK=bad",
	}
	for _, way := range waysOfUse(t) {
		for _, setting := range settings {
			t.Run(way.name+", "+setting, func(t *testing.T) {
				t.Parallel()
				checkSettings(t, host, way, strings.Fields(setting))
			})
		}
	}
}

func checkSettings(t *testing.T, host string, way way, settings []string) {
	t.Helper()
	var names []string
	want := ""
	for _, setting := range settings {
		name, _, _ := strings.Cut(setting, "=")
		names = append(names, name)
	}
	for _, when := range []string{"before", "loaded", "used"} {
		for _, setting := range settings {
			want += when + ": " + setting + "\n"
		}
	}
	// Such variables in the test's own environment would take precedence.
	program := append([]string{"-u", "GODEBUG"}, settings...)
	for _, library := range []string{way.path, "none"} {
		command := slices.Concat(program, []string{host, library}, names)
		result := testkit.Run(t, testkit.Options{}, "env", command...)
		if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
			t.Errorf("with %s: %+v\nwant:\n%s", library, result, want)
		}
	}
}
