package jsglue

// Prefixes of the names of constants.
const (
	eventPrefix         = "EVENT_"
	protocolErrorPrefix = "PROTOCOL_ERROR_"
)
