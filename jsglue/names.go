package jsglue

import "strings"

// What the names of some constants begin with.
const (
	eventPrefix         = "EVENT_"
	protocolErrorPrefix = "PROTOCOL_ERROR_"
)

// nameOf is the name of the first constant with a prefix and a value, without that prefix; ""
// if there is none.
func nameOf(prefix string, value int) string {
	for _, constant := range constants {
		if int(constant.Value) == value && strings.HasPrefix(constant.Name, prefix) {
			return strings.TrimPrefix(constant.Name, prefix)
		}
	}
	return ""
}
