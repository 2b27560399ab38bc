const print = globalThis.print ?? console.log;
const bytes = (...b) => new Uint8Array(b);
const tell = (f) => { try { const v = f(); return v; } catch (e) { return e.name; } };
const show = (s) => JSON.stringify(s);
const encoder = new TextEncoder(), decoder = new TextDecoder();
print(encoder.encoding, encoder.encode().length, [...encoder.encode("aé€😀\ud800")].join(), encoder.encode("x") instanceof Uint8Array);
for (const size of [0, 1, 3, 5, 6, 9, 10, 20]) { const { read, written } = encoder.encodeInto("aé€😀b", new Uint8Array(size)); print(size, read, written); }
print(tell(() => encoder.encodeInto("a", [])), tell(() => TextEncoder()), Object.prototype.toString.call(encoder), TextEncoder.name, encoder.encode.length);
for (const b of [[], [0x61, 0xc3, 0xa9], [0xff], [0xc3], [0xe2, 0x82], [0xe2, 0x28, 0xa1], [0xf0, 0x9f, 0x98], [0xf0, 0x9f, 0x98, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xef, 0xbb, 0xbf, 0x61], [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], [0x80, 0x80], [0, 0x41], [0xf0, 0x90, 0x28], [0xe1, 0x80, 0xe2, 0xf0, 0x91, 0x92, 0xf1, 0xbf, 0x41]])
	print(show(decoder.decode(bytes(...b))), show(new TextDecoder("utf8", { ignoreBOM: true }).decode(bytes(...b))), tell(() => show(new TextDecoder("utf-8", { fatal: true }).decode(bytes(...b)))));
for (const label of ["utf-16le", "UTF-16", " ucs-2 ", "utf-16be"]) for (const b of [[0x61, 0], [0, 0x61], [0x3d, 0xd8, 0, 0xde], [0xd8, 0x3d, 0xde, 0], [0x3d, 0xd8], [0xff, 0xfe, 0x61, 0], [0xfe, 0xff, 0, 0x61], [0x61], [0, 0xdc, 0x61, 0], [0x3d, 0xd8, 0x61, 0], [0x3d, 0xd8, 0x61]])
	print(new TextDecoder(label).encoding, show(new TextDecoder(label).decode(bytes(...b))));
const all = [0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xe2];
for (const step of [1, 2, 3, 5]) { const d = new TextDecoder(); let s = ""; for (let i = 0; i < all.length; i += step) s += d.decode(bytes(...all.slice(i, i + step)), { stream: true }); print(show(s), show(d.decode()), show(d.decode(bytes(0xef, 0xbb, 0xbf, 0x62)))); }
print(tell(() => new TextDecoder("nonsense")), decoder.encoding, decoder.fatal, decoder.ignoreBOM, tell(() => decoder.decode("text")), tell(() => decoder.decode(null)));
print(decoder.decode(bytes(0x61, 0x62, 0x63).subarray(1)), decoder.decode(bytes(0x61, 0x62).buffer), decoder.decode(new DataView(bytes(0x61, 0x62, 0x63).buffer, 1, 1)), decoder.decode(new Uint16Array([0x6261])));
