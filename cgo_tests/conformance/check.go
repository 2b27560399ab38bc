package conformance

import (
	"bytes"
	"testing"
)

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
