package hostprocess

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// toolLimit suits a program that valgrind runs, which is some fifty times slower.
const toolLimit = 5 * time.Minute

// A tool reports nothing in a host that sends 1,000 messages on each of three threads; without the
// suppressions it does.
func checkTool(t *testing.T, finding string, run func(suppressed bool) testkit.Result) {
	t.Helper()
	if with := run(true); with.Status != 0 || strings.Contains(with.Stderr, finding) {
		t.Errorf("%+v", with)
	}
	// The reports of a tool without them may depend on the scheduling of threads.
	var without testkit.Result
	for range 30 {
		if without = run(false); strings.Contains(without.Stderr, finding) {
			return
		}
	}
	t.Errorf("there is nothing to be suppressed: %+v", without)
}

func TestValgrind(t *testing.T) {
	host := usingHost(t, "messages")
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			checkTool(t, "==    at 0x", func(suppressed bool) testkit.Result {
				return runInValgrind(t, suppressed, host, way.path)
			})
		})
	}
}

// runInValgrind runs a program, whose status is 9 if valgrind finds something.
func runInValgrind(t *testing.T, suppressed bool, program ...string) testkit.Result {
	t.Helper()
	if _, err := exec.LookPath("valgrind"); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	arguments := []string{"-q", "--leak-check=full", "--error-exitcode=9"}
	if suppressed {
		arguments = append(arguments, "--suppressions="+testkit.Suppressions(t, "valgrind"))
	}
	options := testkit.Options{Limit: toolLimit, Dir: t.TempDir()}
	return testkit.Run(t, options, "valgrind", append(arguments, program...)...)
}

// A sanitized host and plugin are compiled with a sanitizer.
type sanitizedHost struct{ program, plugin string }

// sanitize builds them, with the library in a directory.
func sanitize(t *testing.T, sanitizer, library string, flags ...string) sanitizedHost {
	t.Helper()
	flags = append([]string{"-O1", "-fsanitize=" + sanitizer}, flags...)
	program := compile(t, "messages", flags, "-rdynamic", "messages.c", "use.c")
	return sanitizedHost{program, pluginWith(t, flags, library)}
}

// run runs it with the suppressions of a tool, by whose name an environment variable begins, if with has it.
func (h sanitizedHost) run(t *testing.T, tool string, suppressed bool) testkit.Result {
	t.Helper()
	options := testkit.Options{Limit: toolLimit}
	if suppressed {
		options.Env = []string{strings.ToUpper(tool) + "_OPTIONS=suppressions=" + testkit.Suppressions(t, tool)}
	}
	return testkit.Run(t, options, h.program, h.plugin)
}

func leanLibrary(t *testing.T) string {
	t.Helper()
	return filepath.Join(testkit.LibraryDir(t), "lean")
}

func TestThreadSanitizer(t *testing.T) {
	host := sanitize(t, "thread", leanLibrary(t))
	checkTool(t, "WARNING: ThreadSanitizer", func(suppressed bool) testkit.Result {
		return host.run(t, "tsan", suppressed)
	})
}
