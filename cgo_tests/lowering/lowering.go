// Package lowering runs the conformance suite in hosts whose engines know no modules, or
// only an older language: the scripts are lowered first.
package lowering

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// Lower lowers the scripts below a directory to CommonJS in an edition ("ES5"), and gives
// the directory that they are in then.
func Lower(t *testing.T, from, edition string) string {
	t.Helper()
	to := t.TempDir()
	root := filepath.Join(runner.Root(t), "cgo_tests")
	command := exec.Command("node", filepath.Join(root, "lowering/lower.js"), from, to, edition)
	command.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(root, "node_modules"))
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return to
}

// Compile compiles a host in C against the built library.
func Compile(t *testing.T, source string, flags ...string) string {
	t.Helper()
	library := os.Getenv("ZMQJS_LIBRARY_DIR")
	if library == "" {
		library = filepath.Join(runner.Root(t), "build")
	}
	program := filepath.Join(t.TempDir(), "host")
	arguments := append([]string{"-std=c99", "-D_GNU_SOURCE", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-I" + filepath.Join(runner.Root(t), "include"), source, "-o", program, "-L" + library, "-Wl,-rpath," + library,
		"-lzmqjs", "-lm"}, flags...)
	if output, err := exec.Command("gcc", arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return program
}

// Suite is the suite, lowered.
func Suite(t *testing.T, program, edition string) *conformance.Suite {
	t.Helper()
	directory := filepath.Join(runner.Root(t), "cgo_tests/conformance")
	suite := conformance.Standard(directory, []string{program})
	suite.Dir = Lower(t, suite.Dir, edition)
	suite.Features = filepath.Join(suite.Dir, "features.js")
	return suite
}

// Check runs a suite, which is to pass with at least so many assertions.
func Check(t *testing.T, suite *conformance.Suite, fewest int) {
	t.Helper()
	var tap bytes.Buffer
	results, err := suite.Run(&tap)
	if err != nil {
		t.Fatal(err)
	}
	summary, _ := conformance.Summary(results)
	t.Log(summary)
	assertions := 0
	for i, result := range results {
		assertions += result.Passed
		if !result.OK() {
			t.Error(result.TAP(i + 1))
		}
	}
	if assertions < fewest {
		t.Errorf("%d assertions, fewer than %d", assertions, fewest)
	}
}
