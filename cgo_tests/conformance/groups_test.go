package conformance

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// TestGroups runs each group of the suite in each engine for another platform. On this machine TestConformance runs all
// of them.
func TestGroups(t *testing.T) {
	if target.Name() == "" {
		t.Skip("TestConformance runs all groups")
	}
	for name, command := range runners(t) {
		t.Run(name, func(t *testing.T) { CheckGroups(t, Standard(here(t), command)) })
	}
}
