package spidermonkey

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestEntries(t *testing.T) {
	testkit.CheckEntries(t, nil, []string{build(t, "runner")}, nil)
}
