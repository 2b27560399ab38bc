package conformance

import (
	"os"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// TestGroups runs each group of the suite in each engine for another platform, so that a part can be chosen. On this
// machine TestConformance runs all of them.
func TestGroups(t *testing.T) {
	if target.Name() == "" {
		t.Skip("TestConformance runs all groups")
	}
	groups, err := os.ReadDir("suite")
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range runners(t) {
		for _, group := range groups {
			if !group.IsDir() {
				continue
			}
			t.Run(name+"/"+group.Name(), func(t *testing.T) {
				suite := Standard(here(t), command)
				suite.Only = group.Name() + "/"
				Check(t, suite, 1)
			})
		}
	}
}
