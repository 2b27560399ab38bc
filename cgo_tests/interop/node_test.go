package interop

import (
	"slices"
	"testing"
)

func TestNode(t *testing.T) {
	t.Parallel()
	with(t, node, slices.Concat(patterns, values, security))
	withHeartbeats(t, node, "DEALER", "ROUTER")
}
