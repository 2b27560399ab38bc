package gojavm

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestWeb runs scripts and compares their output with that of Node 20.
func TestWeb(t *testing.T) {
	scripts, err := filepath.Glob("testdata/web/*.mjs")
	if err != nil || len(scripts) == 0 {
		t.Fatal(scripts, err)
	}
	for _, script := range scripts {
		f := newFixture(t, Options{})
		if err := f.RunFile(script); err != nil {
			t.Errorf("%s: %v", script, err)
		}
		got, want := strings.Split(f.out(), "\n"), strings.Split(readFile(t, strings.TrimSuffix(script, ".mjs")+".txt"), "\n")
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("%s: line %d differs from Node's:\n%s\nwant\n%s", script, i+1, f.out(), strings.Join(want, "\n"))
			}
		}
	}
}

// Differences from Node.
func TestStructuredClone(t *testing.T) {
	expect(t, `let deep = {};
for (let i = 0; i < 2e4; i++) deep = {deep};
let depth = 0;
for (let d = structuredClone(deep); d.deep; d = d.deep) depth++;
print(depth)`, "20000\n")
	expect(t, `const a = new Uint8FFArray(2); a[1] = 7;
const b = structuredClone({a}).a;
print(Object.getPrototypeOf(b) === Uint8FFArray.prototype, b[1], b.length, (b[1] = 8, a[1]))`, "true 7 2 7\n")
	expect(t, `const buffer = new ArrayBuffer(1);
const outcome = (f) => { try { f(); return "done" } catch (e) { return e.name + " " + e.code } };
print(outcome(() => structuredClone()), outcome(() => structuredClone(1, {transfer: [buffer]})), outcome(() => structuredClone(1, {transfer: [buffer]})), outcome(() => structuredClone(1, {transfer: [{}]})), outcome(() => structuredClone(buffer)))`,
		"TypeError undefined done DataCloneError 25 DataCloneError 25 DataCloneError 25\n")
	// The script has replaced the globals.
	expect(t, `globalThis.Map = globalThis.Object = globalThis.Array = globalThis.Uint8Array = globalThis.Reflect = undefined;
print(JSON.stringify(structuredClone({a: [1]})), new TextDecoder().decode(new TextEncoder().encode("é")))`, `{"a":[1]} é`+"\n")
	expect(t, `performance = 1; globalThis.structuredClone = 2; delete globalThis.TextEncoder; var TextDecoder = 3; function DOMException() {}
print(performance, structuredClone, typeof TextEncoder, TextDecoder, new DOMException() instanceof Error, typeof Performance)`, "1 2 undefined 3 false function\n")
	expect(t, `const text = () => JSON.stringify(Object.getOwnPropertyDescriptor(globalThis, "performance"), (key, value) => key === "value" ? 0 : value);
performance; print(text(), performance === performance, Object.keys(globalThis).length)`, `{"value":0,"writable":true,"enumerable":false,"configurable":true} true 0`+"\n")
}

func TestTextDecoderFFArray(t *testing.T) {
	expect(t, `const a = new Uint8FFArray(2); a[0] = 0x68; a[1] = 0x69; print(new TextDecoder().decode(a))`, "hi\n")
}
