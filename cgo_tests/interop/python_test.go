package interop

import (
	"slices"
	"testing"
)

func TestPython(t *testing.T) {
	t.Parallel()
	with(t, python, slices.Concat(patterns, values, security))
	withHeartbeats(t, python, "DEALER", "ROUTER")
}
