package jsc

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestEntries(t *testing.T) {
	testkit.CheckEntries(t, nil, []string{Compile(t)}, func(directory string) string {
		return lowering.Lower(t, directory, "ES2022")
	})
}
