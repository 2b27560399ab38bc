package interop

var beating = []step{set("HEARTBEAT_IVL", 30), set("HEARTBEAT_TIMEOUT", 300)}

// A connection outlives many heartbeats: after another one, ROUTER would not know its peer.
var heartbeats = transposed(scenario{
	name: "heartbeats",
	ours: side{
		socket:  "ROUTER",
		options: append([]step{set("ROUTER_MANDATORY", 1)}, beating...),
		steps:   []step{recvID("before"), none(700), sendID("after")},
	},
	theirs: side{
		socket:  "DEALER",
		options: beating,
		steps:   []step{send("before"), recv("after")},
	},
})
