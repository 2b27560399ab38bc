package interop

import "slices"

// Two pairs of keys, and the client's public key as bytes.
const (
	serverPublic = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
	serverSecret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"
	clientPublic = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
	clientSecret = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"
	clientKey    = "\xbb\x88\x47\x1d\x65\xe2\x65\x9b\x30\xc5\x5a\x53\x21\xce\xbb\x5a\xab\x2b\x70\xa3\x98\x64\x5c\x26\xdc\xa2\xb2\xfc\xb4\x3f\xc5\x18"
)

var (
	plainServer = []step{set("PLAIN_SERVER", 1), set("ZAP_DOMAIN", "test")}
	curveServer = []step{set("CURVE_SERVER", 1), set("CURVE_SECRETKEY", serverSecret)}
	zapDomain   = set("ZAP_DOMAIN", "test")
	forget      = set("LINGER", 0) // for messages without a receiver
)

func plainClient(password string) []step {
	return []step{set("PLAIN_USERNAME", "user"), set("PLAIN_PASSWORD", password)}
}

func curveClient(server string) []step {
	return []step{set("CURVE_SERVERKEY", server), set("CURVE_PUBLICKEY", clientPublic), set("CURVE_SECRETKEY", clientSecret)}
}

// accepted is a server that handles the requests for authentication, if there are any,
// and its client.
func accepted(name string, server, requests, client []step) scenario {
	return scenario{
		name:   name,
		ours:   side{"REP", slices.Concat(server, []step{forget}), slices.Concat(requests, []step{recv("in"), send("out")})},
		theirs: side{"REQ", client, []step{send("in"), recv("out")}},
	}
}

// refused is the same, but the handshake fails on both sides, and no message arrives.
func refused(name string, server, requests, client []step) scenario {
	return scenario{
		name:   name,
		ours:   side{"REP", slices.Concat(server, []step{forget}), slices.Concat(requests, []step{failed(), none(0)})},
		theirs: side{"REQ", slices.Concat(client, []step{forget}), []step{try(), failed()}},
	}
}

var security = transposed(
	accepted("plain", plainServer, []step{zap(200, "PLAIN", "user", "right")}, plainClient("right")),
	refused("plain-password", plainServer, []step{zap(400, "PLAIN", "user", "wrong")}, plainClient("wrong")),
	// libzmq refuses all peers if nothing answers ZAP requests.
	refused("plain-no-handler", plainServer, nil, plainClient("right")),
	refused("plain-null", plainServer, nil, nil),
	accepted("curve", curveServer, nil, curveClient(serverPublic)),
	accepted("curve-zap", slices.Concat(curveServer, []step{zapDomain}),
		[]step{zap(200, "CURVE", clientKey)}, curveClient(serverPublic)),
	refused("curve-zap-refuses", slices.Concat(curveServer, []step{zapDomain}),
		[]step{zap(400, "CURVE", clientKey)}, curveClient(serverPublic)),
	refused("curve-server-key", curveServer, nil, curveClient(clientPublic)),
	refused("curve-null", curveServer, nil, nil),
)
