package headers

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestSystemsAreTestedInOnePlace: jsglue/libzmq/os.h tests for which system it is compiled; every other such test
// has a comment that says why, at its end or on the line before.
func TestSystemsAreTestedInOnePlace(t *testing.T) {
	root := testkit.Root(t)
	list := exec.Command("git", "ls-files", "*.c", "*.h", "*.cc", "*.go", ":!cgo_tests", ":!bench", ":!examples", ":!docs")
	list.Dir = root
	output, err := list.Output()
	files := strings.Fields(string(output))
	if err != nil || len(files) < 200 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	macro := regexp.MustCompile(`^\s*#.*\b(_WIN(32|64)|__APPLE__|__linux(__)?|__unix(__)?|__GLIBC__|__MINGW\w*|__CYGWIN__|_MSC_VER)\b`)
	found := 0
	for _, file := range files {
		lines := strings.Split(testkit.Read(t, root+"/"+file), "\n")
		for i, line := range lines {
			if !macro.MatchString(line) {
				continue
			}
			found++
			said := strings.HasSuffix(line, "*/") || i > 0 && strings.HasSuffix(lines[i-1], "*/")
			if file != "jsglue/libzmq/os.h" && !said {
				t.Errorf("%s:%d: %s: the difference belongs into a file of the system's name, or says why not", file, i+1, line)
			}
		}
	}
	if found < 5 {
		t.Errorf("%d tests for a system were found: the pattern is wrong", found)
	}
}
