package fuzz

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"testing"
)

// A known finding is a fault of other software, which its reason describes.
type known struct {
	Match  string // a regular expression for the output of the process
	Fault  string // the faulty software
	Reason string
}

//go:embed testdata/known.json
var knownText []byte

func readKnown(t *testing.T) []known {
	t.Helper()
	var list []known
	if err := json.Unmarshal(knownText, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// isKnown reports whether a finding is listed.
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
