package conformance

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"testing"
)

// CheckGroups checks each group of a suite, in a test with its name, so that a part can be chosen: on another platform
// all of them take long.
func CheckGroups(t *testing.T, suite *Suite) {
	t.Helper()
	groups, err := fs.Glob(os.DirFS(suite.Dir), "*/*.js")
	if err != nil || len(groups) == 0 {
		t.Fatal(suite.Dir, groups, err)
	}
	for i, file := range groups {
		group := path.Dir(file)
		if i > 0 && group == path.Dir(groups[i-1]) {
			continue
		}
		t.Run(group, func(t *testing.T) {
			only := *suite
			only.Only = group + "/"
			Check(t, &only, 1)
		})
	}
}

// Check runs a suite in a test: every file passes, with at least a number of assertions in all.
func Check(t *testing.T, suite *Suite, fewest int) {
	t.Helper()
	var tap bytes.Buffer
	results, err := suite.Run(&tap)
	if err != nil {
		t.Fatal(err)
	}
	summary, _ := Summary(results)
	t.Log(suite.Only, summary)
	assertions := 0
	for i, result := range results {
		assertions += result.Passed
		if result.Skipped != "" {
			t.Logf("%s: %s", result.Name, result.Skipped)
		}
		if !result.OK() {
			t.Error(result.TAP(i + 1))
		}
	}
	if assertions < fewest {
		t.Errorf("%d assertions, fewer than %d", assertions, fewest)
	}
}
