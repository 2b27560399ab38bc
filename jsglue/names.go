package jsglue

import (
	"slices"
	"strings"
)

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

const lastSocketType = 11 // ZMQ_STREAM

// typeName is the name of a socket type: "PAIR". Their constants follow one another.
func typeName(socketType int) string {
	first := slices.Index(headerConstants, Constant{"PAIR", 0})
	if socketType < 0 || socketType > lastSocketType {
		return "socket"
	}
	return headerConstants[first+socketType].Name
}
