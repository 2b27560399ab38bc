package gojavm

import (
	"runtime/debug"
	"testing"

	"github.com/dop251/goja"
)

const ffSetup = `const a = new Int32FFArray(8); for (let i = 0; i < 8; i++) a[i] = i;
const t = (f) => { try { return String(f()) } catch (e) { return String(e) } };
`

// The results are those in FFglitch's documentation.
func TestFFArrayMethods(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{`new Int32FFArray(8)`, "0,0,0,0,0,0,0,0"},
		{`a.toString()`, "0,1,2,3,4,5,6,7"},
		{`a.subarray(0, 3).join("Oo")`, "0Oo1Oo2"},
		{`a.copyWithin(0, 6)`, "6,7,2,3,4,5,6,7"},
		{`a.copyWithin(2, 6, 7)`, "0,1,6,3,4,5,6,7"},
		{`a.copyWithin(-2, -4)`, "0,1,2,3,4,5,4,5"},
		{`a.copyWithin(1, 2, 1)`, "0,1,2,3,4,5,6,7"},
		{`a.subarray()`, "0,1,2,3,4,5,6,7"},
		{`a.subarray(4)`, "4,5,6,7"},
		{`a.subarray(-2)`, "6,7"},
		{`a.subarray(4, -2)`, "4,5"},
		{`a.subarray(-100, 2)`, "0,1"},
		{`a.subarray(2, 2)`, "RangeError: out-of-bound access"},
		{`a.subarray(8)`, "RangeError: out-of-bound access"},
		{`a.subarray() instanceof Int32FFPtr`, "true"},
		{`a.subarray() instanceof Int32FFArray`, "false"},
		{`(a.subarray(2, 4).fill(9), a)`, "0,1,9,9,4,5,6,7"},
		{`a.subarray(1).subarray(1, 3)`, "2,3"},
		{`a.set(new Int32FFArray(2), 2)`, "0,1,0,0,4,5,6,7"},
		{`a.set(new Int32FFArray(2), -2)`, "0,1,2,3,4,5,0,0"},
		{`a.set(a.subarray(0, 6), 2)`, "0,1,0,1,2,3,4,5"},
		{`a.set()`, "0,1,2,3,4,5,6,7"},
		{`a.set(new Int32FFArray(2), 7)`, "RangeError: out-of-bound access"},
		{`a.set(new Int32FFArray(9))`, "RangeError: out-of-bound access"},
		{`a.set([1, 2])`, "TypeError: type mismatch"},
		{`a.set(new Uint32FFArray(1))`, "TypeError: type mismatch"},
		{`a.set(new Int32Array(1))`, "TypeError: type mismatch"},
		{`a.set(null)`, "TypeError: type mismatch"},
		{`a.fill(1)`, "1,1,1,1,1,1,1,1"},
		{`a.fill(2, 6)`, "0,1,2,3,4,5,2,2"},
		{`a.fill(3, 4, 6)`, "0,1,2,3,3,3,6,7"},
		{`a.fill(4, -6, -4)`, "0,1,4,4,4,5,6,7"},
		{`a.fill()`, "0,1,2,3,4,5,6,7"},
		{`a.fill("3")`, "TypeError: the first argument to fill() must be a number"},
		{`a.fill(3n)`, "TypeError: the first argument to fill() must be a number"},
		{`a.fill(1, 5, 5)`, "RangeError: out-of-bound access"},
		{`new Uint8FFArray(2).fill(300)`, "44,44"},
		{`new Int8FFArray(2).fill(-1.5)`, "-1,-1"},
		{`a.reverse()`, "7,6,5,4,3,2,1,0"},
		{`(a.subarray(2, 6).reverse(), a)`, "0,1,5,4,3,2,6,7"},
		{`a.sort((x, y) => y - x)`, "7,6,5,4,3,2,1,0"},
		{`a.reverse().sort()`, "0,1,2,3,4,5,6,7"},
		{`Int32FFArray.prototype.sort.call(a) === a`, "true"},
		{`a.slice()`, "0,1,2,3,4,5,6,7"},
		{`a.slice(2, -2)`, "2,3,4,5"},
		{`a.slice(-6, 6)`, "2,3,4,5"},
		{`a.slice(4, 4)`, "RangeError: out-of-bound access"},
		{`a.slice() instanceof Int32FFArray`, "true"},
		{`a.subarray(1).slice() instanceof Int32FFArray`, "true"},
		{`(a.slice().fill(1), a)`, "0,1,2,3,4,5,6,7"},
		{`(a.subarray(2).dup().fill(1), a)`, "0,1,2,3,4,5,6,7"},
		{`a.subarray(2).dup()`, "2,3,4,5,6,7"},
		{`a.every((e) => e < 8)`, "true"},
		{`a.some((e) => e < 0)`, "false"},
		{`a.forEach((e, i, arr) => arr[i] = i + 2)`, "undefined"},
		{`(a.forEach((e, i, arr) => arr[i] = i + 2), a)`, "2,3,4,5,6,7,8,9"},
		{`a.forEach(5)`, "TypeError: Value is not an object: 5"},
		{`a.map((e) => e * e)`, "0,1,4,9,16,25,36,49"},
		{`a.map((e) => e * e) instanceof Int32FFArray`, "true"},
		{`a.subarray(1, 3).map((e) => "7")`, "7,7"},
		{`a.map(function () { return this.x }, {x: 3})`, "3,3,3,3,3,3,3,3"},
		{`a.map()`, "TypeError: not a function"},
		{`a.find((e) => e > 3)`, "4"},
		{`a.find((e) => e > 30)`, "undefined"},
		{`a.findIndex((e) => e === 4)`, "4"},
		{`[a.indexOf(4), a.indexOf(4, 5), a.lastIndexOf(4), a.lastIndexOf(4, 3)]`, "4,-1,4,-1"},
		{`[a.includes(3), a.includes(30), a.includes()]`, "true,false,false"},
		{`a.reduce((acc, e) => acc + e)`, "28"},
		{`a.reduce((acc, e) => acc + e, "s")`, "s01234567"},
		{`a.reduceRight((acc, e) => acc + e, "s")`, "s76543210"},
		{`[...a.values()] + ";" + [...a.keys()] + ";" + [...a.subarray(6).entries()]`, "0,1,2,3,4,5,6,7;0,1,2,3,4,5,6,7;0,6,1,7"},
		{`[...a]`, "0,1,2,3,4,5,6,7"},
		{`Int32FFArray.prototype.fill.call([1], 1)`, "TypeError: not an FFArray or FFPtr"},
		{`Int32FFArray.prototype.slice.call(undefined)`, "TypeError: not an FFArray or FFPtr"},
		{`Int32FFArray.prototype.slice.call({__proto__: Int32FFArray.prototype}) && 1`, "TypeError: Method get TypedArray.prototype.length called on incompatible receiver [object Object]"},
	} {
		got := eval(t, Options{}, ffSetup+"print(t(() => "+test.source+"))")
		if got != test.want+"\n" {
			t.Errorf("%s: %q, want %q", test.source, got, test.want)
		}
	}
}

func TestFFArrayConstructors(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{`[Int8FFArray, Uint8FFArray, Int16FFArray, Uint16FFArray, Int32FFArray, Uint32FFArray].map((C) => { const x = new C(1); x[0] = 0xfedcba98; return x })`,
			"-104,152,-17768,47768,-19088744,4275878552"},
		{`[Int64FFArray, Uint64FFArray].map((C) => { const x = new C(1); x[0] = 1n << 63n; return x })`, "-9223372036854775808,9223372036854775808"},
		{`typeof new Int64FFArray(1)[0]`, "bigint"},
		{`new Int64FFArray(1)[0] = 1`, "TypeError: Cannot convert 1 to a BigInt"},
		{`new Int64FFArray(2).fill(-5)`, "-5,-5"},
		{`new Uint64FFArray(2).fill(1n)`, "1,1"},
		{`new Int64FFArray(1).fill(NaN)`, "0"},
		{`(() => { const x = new Int64FFArray(3); x[1] = -5n; return [x.indexOf(-5n), x.lastIndexOf(-5n), x.includes(-5n), x.indexOf(5n), x.includes(5n)] })()`,
			"1,1,true,-1,false"},
		{`(() => { const x = new Uint64FFArray(3); x[1] = -5n; return [x, x.indexOf(2n ** 64n - 5n)] })()`, "0,18446744073709551611,0,1"},
		// The argument is a length, whatever it is.
		{`new Uint8FFArray([1, 2]).length`, "0"},
		{`new Uint8FFArray([3]).length`, "3"},
		{`new Uint8FFArray("2")`, "0,0"},
		{`new Uint8FFArray(2.7)`, "0,0"},
		{`new Uint8FFArray().length`, "0"},
		{`new Uint8FFArray(-1)`, "TypeError: FFArray() takes a positive length as argument"},
		{`new Uint8FFArray(1e15)`, "TypeError: FFArray() takes a positive length as argument"},
		{`Uint8FFArray(2)`, "0,0"},
		{`Uint8FFArray(2) instanceof Uint8FFArray`, "true"},
		{`new Int32FFPtr(a)`, "0,1,2,3,4,5,6,7"},
		{`(new Int32FFPtr(new Int32FFPtr(a))[1] = 5, a)`, "0,5,2,3,4,5,6,7"},
		{`new Int32FFPtr(a) instanceof Int32FFPtr`, "true"},
		{`new Uint8FFPtr(a)`, "TypeError: type mismatch"},
		{`new Uint8FFPtr(4)`, "TypeError: type mismatch"},
		{`new Uint8FFPtr(new Uint8Array(3))`, "TypeError: type mismatch"},
		{`new Uint8FFPtr()`, "TypeError: type mismatch"},
		{`class X extends Uint8FFArray { last() { return this[this.length - 1] } } const x = new X(3); x[2] = 257; return [x.last(), x.length, x instanceof X, x.slice() instanceof X]`,
			"1,3,true,false"},
	} {
		source := "t(() => " + test.source + ")"
		if len(test.source) > 5 && test.source[:5] == "class" {
			source = "t(() => { " + test.source + " })"
		}
		if got := eval(t, Options{}, ffSetup+"print("+source+")"); got != test.want+"\n" {
			t.Errorf("%s: %q, want %q", test.source, got, test.want)
		}
	}
}

func TestFFArrayObject(t *testing.T) {
	expect(t, `const u = new Uint8FFArray(3);
print(u instanceof Uint8Array, u instanceof Object, Object.prototype.toString.call(u), u.buffer, u.filter, u.at, Uint8FFArray.from);
print(Uint8FFArray.name, Uint8FFArray.length, Object.getPrototypeOf(Uint8FFArray.prototype) === Object.prototype, u.constructor === Uint8FFArray);
u[5] = 1; u.x = 2; u.length = 9; print(u[5], u.x, u.length, u, Object.keys(u), JSON.stringify(u));
try { (function () { "use strict"; u.length = 1 })() } catch (e) { print(e.name) }
print(new Uint8Array(u), Array.from(u), Array.isArray(u), 2 in u, 3 in u);
const e = new Uint8FFArray(0); print(e.length, e.dup().length, e.slice().length, e.fill(1).length, [...e].length);
print(Math.lround(-3.5), Math.lround(3.5), Math.lround(-0.4), Math.lround("2.5"));`,
		lines("false true [object Object] undefined undefined undefined undefined",
			"Uint8FFArray 1 true true",
			`undefined 2 3 0,0,0 0,1,2,x {"0":0,"1":0,"2":0,"x":2}`,
			"TypeError",
			"0,0,0 0,0,0 false true false",
			"0 0 0 0 0",
			"-4 4 0 3"))
}

// Scripts that change the built-in classes do not change FFArrays.
func TestFFArrayRobust(t *testing.T) {
	expect(t, `Reflect.construct = Function.prototype.call = ArrayBuffer.prototype.slice = null;
Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), "length", {get() { return 99 }});
Uint8Array = null;
const a = new Uint8FFArray(3); a[1] = 4; print(a.length, a.slice(), a.map((x) => x + 1), a.subarray(1))`, "3 0,4,0 1,5,1 4,0\n")
}

func TestBytes(t *testing.T) {
	f := newFixture(t, Options{})
	if err := f.Eval("t.js", `var values = {
u8: new Uint8FFArray(3).fill(7), ptr: new Uint8FFArray(4).fill(1).subarray(1, 3),
i16: new Int16FFArray(2).fill(-2), u32: new Uint32FFArray(1).fill(0x01020304), i64: new Int64FFArray(1).fill(-1),
plain: Uint8Array.of(1, 2), clamped: Uint8ClampedArray.of(300), view: new Uint8Array(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2),
f32: Float32Array.of(0), f64: Float64Array.of(0), i8: Int8Array.of(-1), u16: Uint16Array.of(0x4142), i32: Int32Array.of(1), u64: BigUint64Array.of(1n),
buffer: Uint8Array.of(9).buffer, empty: new Uint8FFArray(0),
number: 5, text: "abc", array: [1, 2], object: {}, nothing: null, undef: undefined, data: new DataView(new ArrayBuffer(2)), date: new Date(0) }`); err != nil {
		t.Fatal(err)
	}
	values := f.Runtime().Get("values").ToObject(f.Runtime())
	for name, want := range map[string]string{
		"u8": "\x07\x07\x07", "ptr": "\x01\x01", "i16": "\xfe\xff\xfe\xff", "u32": "\x04\x03\x02\x01", "i64": "\xff\xff\xff\xff\xff\xff\xff\xff",
		"plain": "\x01\x02", "clamped": "\xff", "view": "\x02\x03", "f32": "\x00\x00\x00\x00", "f64": "\x00\x00\x00\x00\x00\x00\x00\x00",
		"i8": "\xff", "u16": "BA", "i32": "\x01\x00\x00\x00", "u64": "\x01\x00\x00\x00\x00\x00\x00\x00", "buffer": "\x09", "empty": "",
	} {
		if b, ok := f.Bytes(values.Get(name)); !ok || string(b) != want {
			t.Errorf("%s: %q, %v; want %q", name, b, ok, want)
		}
	}
	for _, name := range []string{"number", "text", "array", "object", "nothing", "undef", "date"} {
		if b, ok := f.Bytes(values.Get(name)); ok {
			t.Errorf("%s: %q", name, b)
		}
	}
	if b, ok := f.Bytes(nil); ok {
		t.Errorf("nil: %q", b)
	}
	for name, want := range map[string]bool{"u8": true, "ptr": true, "i64": true, "plain": false, "buffer": false, "array": false, "nothing": false} {
		if got := IsFFArray(values.Get(name)); got != want {
			t.Errorf("IsFFArray(%s) = %v", name, got)
		}
	}
}

// Script and host share the memory.
func TestNewUint8FFArray(t *testing.T) {
	f := newFixture(t, Options{})
	data := []byte{1, 2, 3}
	obj := f.NewUint8FFArray(data)
	if err := f.Runtime().Set("a", obj); err != nil {
		t.Fatal(err)
	}
	data[0] = 9
	if err := f.Eval("t.js", `print(a, a.length, a instanceof Uint8FFArray); a[2] = 300; a.subarray(1, 2).fill(7)`); err != nil {
		t.Fatal(err)
	}
	if got := f.out(); got != "9,2,3 3 true\n" {
		t.Errorf("printed %q", got)
	}
	b, ok := f.Bytes(obj)
	if !ok || string(data) != "\x09\x07\x2c" || &b[0] != &data[0] {
		t.Errorf("data %v, bytes %v", data, b)
	}
	if b, ok := f.Bytes(f.NewUint8FFArray(nil)); !ok || len(b) != 0 {
		t.Errorf("empty: %v, %v", b, ok)
	}
}

// An empty view at the end of a buffer refers to no other object. An error here crashes the
// process.
func TestEmptyViewAtTheEnd(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	f := newFixture(t, Options{})
	if err := f.Eval("t.js", `
		const file = std.tmpfile();
		for (let i = 0; i < 3000; i++) {
			const buffer = new ArrayBuffer(160), other = new ArrayBuffer(160);
			for (const kind of [Uint8Array, Int8Array, Float64Array, Uint8FFArray])
				file.write(kind === Uint8FFArray ? new kind(0) : new kind(buffer, 160), 0, 0);
		}
		print("done")`); err != nil || f.out() != "done\n" {
		t.Errorf("%v", err)
	}
}

func BenchmarkNewUint8FFArray(b *testing.B) {
	vm, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer vm.Close()
	data := make([]byte, 10)
	b.ReportAllocs()
	for b.Loop() {
		vm.NewUint8FFArray(data)
	}
}

func BenchmarkBytes(b *testing.B) {
	vm, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer vm.Close()
	var v goja.Value = vm.NewUint8FFArray(make([]byte, 10))
	b.ReportAllocs()
	for b.Loop() {
		vm.Bytes(v)
	}
}

func BenchmarkFFArrayLoop(b *testing.B) {
	vm, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer vm.Close()
	b.ReportAllocs()
	for b.Loop() {
		if err := vm.Eval("t.js", "{ const a = new Uint8FFArray(1000); let s = 0; for (let i = 0; i < a.length; i++) { a[i] = i; s += a[i] } }"); err != nil {
			b.Fatal(err)
		}
	}
}
