package tsan

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// buildLimit suits a first build, which compiles the bundled engine again.
const buildLimit = 8 * time.Minute

// requireSanitizer skips the test where gcc has no thread sanitizer.
func requireSanitizer(t *testing.T) {
	t.Helper()
	source := filepath.Join(t.TempDir(), "empty.c")
	if err := os.WriteFile(source, []byte("int main(void) { return 0; }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("gcc", "-fsanitize=thread", source, "-o", source+".out").CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: gcc has no thread sanitizer, races are not looked for: %v\n%s", err, output)
	}
}

// buildLibrary builds a library with the sanitizer in a directory of build: target is lib or lean.
// The environment may change the build.
func buildLibrary(t *testing.T, name, target string, environment ...string) string {
	t.Helper()
	dir := filepath.Join(testkit.Root(t), "build", name)
	options := testkit.Options{Dir: testkit.Root(t), Env: environment, Limit: buildLimit, Group: true}
	// Variables of a make that runs the tests must not reach this one.
	result := testkit.Run(t, options, "env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL",
		"make", "--no-print-directory", target, "BUILD="+dir, "STRIP=", "SANITIZE=thread")
	if result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	if target == "lean" {
		return filepath.Join(dir, "lean")
	}
	return dir
}

var checked struct {
	sync.Once
	dir string
}

// checkedLibrary is the library as it is, built once for all tests.
func checkedLibrary(t *testing.T) string {
	t.Helper()
	checked.Do(func() { checked.dir = buildLibrary(t, "tsan", "lib") })
	if checked.dir == "" {
		t.Fatal("the build has failed")
	}
	return checked.dir
}
