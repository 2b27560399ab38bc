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

func suppressions(t *testing.T, tool string) string {
	t.Helper()
	return filepath.Join(testkit.Root(t), "cmd/suppressions", tool+".supp")
}

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
	if _, err := exec.LookPath("valgrind"); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	host := usingHost(t, "messages")
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			checkTool(t, "==    at 0x", func(suppressed bool) testkit.Result {
				arguments := []string{"-q", "--leak-check=full", "--error-exitcode=9"}
				if suppressed {
					arguments = append(arguments, "--suppressions="+suppressions(t, "valgrind"))
				}
				options := testkit.Options{Limit: toolLimit, Dir: t.TempDir()}
				return testkit.Run(t, options, "valgrind", append(arguments, host, way.path)...)
			})
		})
	}
}

// sanitizedHost builds the host and the plugin, of the lean library, with a sanitizer.
func sanitizedHost(t *testing.T, sanitizer string) (host, plugin string) {
	t.Helper()
	flags := []string{"-O1", "-fsanitize=" + sanitizer}
	host = compile(t, "messages", flags, "-rdynamic", "messages.c", "use.c")
	return host, pluginWith(t, flags, filepath.Join(testkit.LibraryDir(t), "lean"))
}

func TestThreadSanitizer(t *testing.T) {
	checkSanitizer(t, "thread", "WARNING: ThreadSanitizer", "tsan")
}

func TestLeakSanitizer(t *testing.T) {
	checkSanitizer(t, "address", "ERROR: LeakSanitizer", "lsan")
}

// checkSanitizer checks a sanitizer with the suppressions of a name, by which its environment variable begins.
func checkSanitizer(t *testing.T, sanitizer, finding, name string) {
	t.Helper()
	host, plugin := sanitizedHost(t, sanitizer)
	checkTool(t, finding, func(suppressed bool) testkit.Result {
		options := testkit.Options{Limit: toolLimit}
		if suppressed {
			options.Env = []string{strings.ToUpper(name) + "_OPTIONS=suppressions=" + suppressions(t, name)}
		}
		return testkit.Run(t, options, host, plugin)
	})
}
