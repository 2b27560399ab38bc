package napi

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestEntries(t *testing.T) {
	hostOnly(t)
	testkit.CheckEntries(t, []string{"ZMQJS_NPM_ROOT=" + installed(t)}, node(t), nil)
}
