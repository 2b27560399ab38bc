package interop

// values are the messages that send makes from JavaScript's values, and the results of the typed
// receives. Numbers are in this machine's byte order.
var values = []scenario{
	{
		name: "send",
		ours: side{socket: "PUSH", steps: []step{
			js(`socket.send(5)`, "4"),
			js(`socket.send(-2)`, "4"),
			js(`socket.send(2 ** 40)`, "8"),
			js(`socket.send(-(2n ** 63n))`, "8"),
			js(`socket.send(2n ** 64n - 1n)`, "8"),
			js(`socket.send(true)`, "4"),
			js(`socket.send(false)`, "4"),
			js(`socket.send(null)`, "0"),
			js(`socket.send("")`, "0"),
			js(`socket.send("a\0b\0\0")`, "5"),
			js(`socket.send("Füße 🎞")`, "11"),
			js(`socket.send(new Uint8Array([0, 255, 128]))`, "3"),
			js(`socket.send(new Uint16Array([1, 2]).subarray(1))`, "2"),
		}},
		theirs: side{socket: "PULL", steps: []step{
			recv(native(int32(5))),
			recv(native(int32(-2))),
			recv(native(int64(1) << 40)),
			recv(native(int64(-1) << 63)),
			recv(native(^uint64(0))),
			recv(native(int32(1))),
			recv(native(int32(0))),
			recv(""),
			recv(""),
			recv(nul),
			recv(unicode),
			recv("\x00\xff\x80"),
			recv(native(uint16(2))),
		}},
	},
	{
		name: "receive",
		ours: side{socket: "PULL", steps: []step{
			js(`socket.recv_int()`, "5"),
			js(`socket.recv_int()`, "-2147483648"),
			js(`socket.recv_bigint()`, "-9223372036854775808"),
			js(`typeof socket.recv_bigint()`, "bigint"),
			js(`JSON.stringify(socket.recv_str())`, `"a\u0000b"`),
			js(`socket.recv_str()`, unicode),
			js(`socket.recv_str().length`, "0"),
			js(`socket.recv_uint8ffarray().join()`, "0,255,128"),
			js(`socket.recv().length`, "0"),
		}},
		theirs: side{socket: "PUSH", steps: []step{
			send(native(int32(5))),
			send(native(int32(-1) << 31)),
			send(native(int64(-1) << 63)),
			send(native(int64(7))),
			send("a\x00b"),
			send(unicode),
			send(""),
			send("\x00\xff\x80"),
			send(""),
		}},
	},
	{
		name: "multipart",
		ours: side{socket: "PAIR", steps: []step{
			js(`socket.send_multipart([1, 2n, "", null, "a\0b\0\0", new Uint8Array([255])])`, "18"),
			js(`socket.recv_multipart().map((part) => part.join("-")).join()`, "97,,0-255"),
			js(`socket.recv_into(new Uint8Array(2))`, "5"),
			js(`((bytes) => [socket.recv_into(bytes, 1), ...bytes].join())(new Uint8Array(4))`, "2,0,120,121,0"),
		}},
		theirs: side{socket: "PAIR", steps: []step{
			recv(native(int32(1)), native(int64(2)), "", "", nul, "\xff"),
			send("a", "", "\x00\xff"), send("large"), send("xy"),
		}},
	},
}
