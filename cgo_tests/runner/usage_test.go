package runner

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	t.Parallel()
	result := run(t, Options{}, "--help")
	if result.Status != 0 || result.Stderr != "" {
		t.Errorf("%+v", result)
	}
	for _, line := range []string{"usage: zmqjs ", "  FILE ", "  -e CODE ", "  ARGUMENTS ", "  --help ", "  --version "} {
		if !strings.Contains("\n"+result.Stdout, "\n"+line) {
			t.Errorf("--help has no line that begins with %q:\n%s", line, result.Stdout)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	result := run(t, Options{}, "--version")
	if result.Status != 0 || !regexp.MustCompile(`^zmqjs \d+\.\d+\.\d+ \(libzmq \d+\.\d+\.\d+\)\n$`).MatchString(result.Stdout) {
		t.Errorf("%+v", result)
	}
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for _, arguments := range [][]string{{}, {"-e"}, {"-x"}, {"--nothing"}, {"--help", "more"}, {"--version", "more"}} {
		t.Run(fmt.Sprint(arguments), func(t *testing.T) {
			result := run(t, Options{}, arguments...)
			if result.Status != 2 || result.Stdout != "" || !strings.HasPrefix(result.Stderr, "usage: zmqjs") {
				t.Errorf("%+v", result)
			}
		})
	}
}
