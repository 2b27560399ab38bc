package fuzz

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"
)

// A known finding is none of ours, and is to be looked up under its reason.
type known struct {
	Match  string // a regular expression for what the process prints
	Fault  string // whose it is
	Reason string
}

func readKnown(t *testing.T) []known {
	t.Helper()
	text, err := os.ReadFile("testdata/known.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []known
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// isKnown tells whether a finding is listed.
func isKnown(t *testing.T, output string) bool {
	t.Helper()
	for _, k := range readKnown(t) {
		if k.Match != "" && regexp.MustCompile(k.Match).MatchString(output) {
			t.Logf("known, of %s: %s", k.Fault, k.Reason)
			return true
		}
	}
	return false
}
