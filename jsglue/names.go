package jsglue

// What the names of some constants begin with.
const (
	eventPrefix         = "EVENT_"
	protocolErrorPrefix = "PROTOCOL_ERROR_"
)
