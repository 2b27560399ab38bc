// Package lowering lowers scripts for hosts whose engines know no modules, or only an older
// language.
package lowering

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// Lower lowers the scripts below a directory to CommonJS in an edition ("ES5"), and gives
// the directory that they are in then, which has the same name.
func Lower(t *testing.T, from, edition string) string {
	t.Helper()
	tests, to := filepath.Join(testkit.Root(t), "cgo_tests"), filepath.Join(t.TempDir(), filepath.Base(from))
	result := testkit.Run(t, testkit.Options{Limit: 4 * testkit.Limit}, "node", filepath.Join(tests, "lowering/lower.js"),
		filepath.Join(tests, "node_modules/typescript"), from, to, edition)
	if result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	return to
}

// Suite lowers the conformance suite, and gives the directory that it is in then.
func Suite(t *testing.T, edition string) string {
	t.Helper()
	return Lower(t, filepath.Join(testkit.Root(t), "cgo_tests/conformance/suite"), edition)
}
