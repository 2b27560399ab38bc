package jsglue

// An optionType says what a socket option holds.
type optionType int

const (
	intType    optionType = iota // int
	int64Type                    // int64_t or uint64_t
	stringType                   // text, which zmq_getsockopt ends with a NUL
	binaryType                   // bytes
	keyType                      // a CURVE key: text in Z85, or 32 bytes
)

// optionTypes are the socket options that are not integers of 32 bits, by number.
var optionTypes = map[int]optionType{
	4:   int64Type,  // AFFINITY
	22:  int64Type,  // MAXMSGSIZE
	85:  int64Type,  // VMCI_BUFFER_SIZE
	86:  int64Type,  // VMCI_BUFFER_MIN_SIZE
	87:  int64Type,  // VMCI_BUFFER_MAX_SIZE
	5:   binaryType, // ROUTING_ID
	6:   binaryType, // SUBSCRIBE
	7:   binaryType, // UNSUBSCRIBE
	61:  binaryType, // CONNECT_ROUTING_ID
	72:  binaryType, // XPUB_WELCOME_MSG
	110: binaryType, // HELLO_MSG
	111: binaryType, // DISCONNECT_MSG
	114: binaryType, // HICCUP_MSG
	32:  stringType, // LAST_ENDPOINT
	38:  stringType, // TCP_ACCEPT_FILTER
	45:  stringType, // PLAIN_USERNAME
	46:  stringType, // PLAIN_PASSWORD
	55:  stringType, // ZAP_DOMAIN
	63:  stringType, // GSSAPI_PRINCIPAL
	64:  stringType, // GSSAPI_SERVICE_PRINCIPAL
	68:  stringType, // SOCKS_PROXY
	92:  stringType, // BINDTODEVICE
	95:  stringType, // METADATA
	99:  stringType, // SOCKS_USERNAME
	100: stringType, // SOCKS_PASSWORD
	103: stringType, // WSS_KEY_PEM
	104: stringType, // WSS_CERT_PEM
	105: stringType, // WSS_TRUST_PEM
	106: stringType, // WSS_HOSTNAME
	48:  keyType,    // CURVE_PUBLICKEY
	49:  keyType,    // CURVE_SECRETKEY
	50:  keyType,    // CURVE_SERVERKEY
}

// The options that the module itself reads.
const (
	receiveTimeout = 27 // ZMQ_RCVTIMEO, in milliseconds
	sendTimeout    = 28 // ZMQ_SNDTIMEO
)
