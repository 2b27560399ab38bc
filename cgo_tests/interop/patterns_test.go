package interop

import "slices"

const (
	nul     = "a\x00b\x00\x00"
	unicode = "Füße 🎞"
)

// simple are the scenarios that every counterparty can take part in.
var simple = transposed(
	scenario{
		ours:   side{socket: "REQ", steps: []step{send("question"), recv("answer"), send("x", nul), recv(unicode, "y")}},
		theirs: side{socket: "REP", steps: []step{recv("question"), send("answer"), recv("x", nul), send(unicode, "y")}},
	},
	scenario{
		ours:   side{socket: "PUSH", steps: []step{send("one"), send("two", "parts"), sendMany(1000)}},
		theirs: side{socket: "PULL", steps: []step{recv("one"), recv("two", "parts"), recvMany(1000)}},
	},
	scenario{
		ours: side{socket: "DEALER", options: []step{set("ROUTING_ID", "dealer")},
			steps: []step{send("", "x", nul), recv("y"), send("z"), recv("", "", unicode)}},
		theirs: side{socket: "ROUTER",
			steps: []step{recvID("", "x", nul), sendID("y"), recv("dealer", "z"), sendID("", "", unicode)}},
	},
	// Messages with the prefix arrive, and no others; after another subscription, the rest.
	scenario{
		ours: side{socket: "PUB", steps: []step{publish("a", "ab", "b", "bc", "c", "ac")}},
		theirs: side{socket: "SUB", options: []step{set("SUBSCRIBE", "a")}, steps: []step{
			skip("a"), recv("ab"), recv("ac"), recv("a"),
			set("UNSUBSCRIBE", "a"), set("SUBSCRIBE", "b"), skip("b"), recv("bc"), recv("b"),
		}},
	},
	scenario{
		name:   "large",
		ours:   side{socket: "PUSH", steps: []step{sendLarge(5 << 20)}},
		theirs: side{socket: "PULL", steps: []step{recvLarge(5 << 20)}},
	},
)

// patterns are those of libzmq's other bindings.
var patterns = slices.Concat(simple, transposed(
	scenario{
		name:   "empty-parts",
		ours:   side{socket: "REQ", steps: []step{send("", "", nul, ""), recv("")}},
		theirs: side{socket: "REP", steps: []step{recv("", "", nul, ""), send("")}},
	},
	scenario{
		ours:   side{socket: "PAIR", steps: []step{send("1"), recv("2", nul), sendMany(1000), recvMany(1000)}},
		theirs: side{socket: "PAIR", steps: []step{recv("1"), send("2", nul), recvMany(1000), sendMany(1000)}},
	},
	scenario{
		name:   "echo",
		ours:   side{socket: "DEALER", steps: []step{sendLarge(5 << 20), recvLarge(5 << 20), send("", nul, ""), recv("", nul, "")}},
		theirs: side{socket: "DEALER", steps: []step{echo(), echo()}},
	},
	// A publisher that sees the subscriptions, and subscribers that send them.
	scenario{
		ours:   side{socket: "XPUB", steps: []step{recv("\x01a"), send("b"), send("ab", "part"), recv("\x00a"), recv("\x01c"), send("ab"), send("c")}},
		theirs: side{socket: "XSUB", steps: []step{send("\x01a"), recv("ab", "part"), send("\x00a"), send("\x01c"), recv("c")}},
	},
	scenario{
		ours:   side{socket: "XPUB", steps: []step{recv("\x01a"), send("b"), send("ab")}},
		theirs: side{socket: "SUB", options: []step{set("SUBSCRIBE", "a")}, steps: []step{recv("ab")}},
	},
	scenario{
		ours:   side{socket: "PUB", steps: []step{publish("a", "ab", "b")}},
		theirs: side{socket: "XSUB", steps: []step{send("\x01a"), skip("a"), recv("ab"), recv("a")}},
	},
	scenario{
		name:     "websocket",
		ours:     side{socket: "REQ", steps: []step{send("question"), recv("", nul)}},
		theirs:   side{socket: "REP", steps: []step{recv("question"), send("", nul)}},
		endpoint: "ws://127.0.0.1:*",
	},
))
