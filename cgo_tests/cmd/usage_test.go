package cmd

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestHelp(t *testing.T) {
	t.Parallel()
	result := run(t, testkit.Options{}, "--help")
	if result.Status != 0 || result.Stderr != "" {
		t.Errorf("%+v", result)
	}
	if short := run(t, testkit.Options{}, "-h"); short.Stdout != result.Stdout || short.Status != 0 {
		t.Errorf("-h: %+v", short)
	}
	for _, line := range []string{"usage: zmqjs ", "  FILE ", "  -e CODE ", "  ARGUMENTS ", "  --memory-limit N", "  -h, --help ", "  --version "} {
		if !strings.Contains("\n"+result.Stdout, "\n"+line) {
			t.Errorf("--help has no line that begins with %q:\n%s", line, result.Stdout)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	result := run(t, testkit.Options{}, "--version")
	if result.Status != 0 || !regexp.MustCompile(`^zmqjs \d+\.\d+\.\d+ \(libzmq \d+\.\d+\.\d+\)\n$`).MatchString(result.Stdout) {
		t.Errorf("%+v", result)
	}
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for problem, arguments := range map[string][]string{
		"no script is named":                                          {},
		"-e needs the code of a script":                               {"-e"},
		"unknown option -x":                                           {"-x"},
		"unknown option --tracee":                                     {"--trace", "--tracee", "x.js"},
		"no other arguments go with --help":                           {"--help", "more"},
		"no other arguments go with -h":                               {"--trace", "-h"},
		"no other arguments go with --version":                        {"--version", "more"},
		"--trace and --stat exclude each other":                       {"--trace", "--stat", "x.js"},
		"--json needs --trace or --stat":                              {"--json", "x.js"},
		"--memory-limit needs a number of bytes above 0, such as 64M": {"--memory-limit"},
	} {
		t.Run(fmt.Sprint(arguments), func(t *testing.T) {
			result := run(t, testkit.Options{}, arguments...)
			if result.Status != 2 || result.Stdout != "" || !strings.HasPrefix(result.Stderr, "zmqjs: "+problem+"\nusage: zmqjs [") {
				t.Errorf("%+v", result)
			}
		})
	}
}

// A script that needs more memory than it may ends by an error.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	result := run(t, testkit.Options{}, "--memory-limit", "64M", "-e", "const all = []; for (;;) all.push([])")
	if result.Status != 1 || !strings.Contains(result.Stderr, "its limit of 67108864 bytes") {
		t.Errorf("%+v", result)
	}
	result = run(t, testkit.Options{}, "--memory-limit", "1G", "-e", "print(scriptArgs.length)", "a")
	if result.Status != 0 || result.Stdout != "2\n" {
		t.Errorf("%+v", result)
	}
	for _, limit := range []string{"", "0", "-1", "x", "1x", "1MM", " 1", "99999999999999999999", "18446744073709551615k"} {
		result := run(t, testkit.Options{}, "--memory-limit", limit, "-e", "print(1)")
		if result.Status != 2 || result.Stdout != "" || !strings.Contains(result.Stderr, "--memory-limit needs") {
			t.Errorf("%q: %+v", limit, result)
		}
	}
}
