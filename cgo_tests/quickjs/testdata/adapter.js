// A script's view of a module built by the adapter: one section for each callback.
import * as zmq from "zmq";
import * as again from "again";
import { Box, Sealed, describe, make } from "zmq";

let checks = 0;

function equal(actual, expected, what) {
    checks++;
    if (!Object.is(actual, expected))
        throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}

function throws(constructor, message, f) {
    checks++;
    try {
        f();
    } catch (error) {
        equal(error.constructor, constructor, "constructor of " + error);
        if (!error.message.includes(message))
            throw new Error(`message "${error.message}" without "${message}"`);
        return error;
    }
    throw new Error("nothing was thrown by " + f);
}

function flags(object, name) {
    const d = Object.getOwnPropertyDescriptor(object, name);
    return (d.writable ? "w" : "-") + (d.enumerable ? "e" : "-") + (d.configurable ? "c" : "-");
}

// Engines lack some of the names.
const has = name => typeof globalThis[name] === "function";

// ---- the module

equal(zmq.ANSWER, 42, "constant");
equal(zmq.MINUS, -1, "constant");
equal(zmq.LARGE, 2 ** 40, "constant");
equal(Object.keys(zmq).sort().join(),
    "ANSWER,Box,LARGE,MINUS,Sealed,adopt,ask,collectAll,describe,fail,list,make,nothing,poke,refuse,sum", "exports");
for (const name of Object.keys(zmq))
    equal(zmq[name], again[name], "under both names, " + name);
equal(describe.name, "describe", "name");
equal(describe.length, 1, "length");
equal(zmq.poke.length, 3, "length");
equal(zmq.nothing(), undefined, "result");
throws(TypeError, "", () => new describe());

// ---- reading

for (const [value, text] of [
    [undefined, "undefined"],
    [null, "null"],
    [true, "boolean 1"],
    [false, "boolean 0"],
    [0, "int32 0"],
    [-0, "int32 0"],
    [2147483647, "int32 2147483647"],
    [-2147483648, "int32 -2147483648"],
    [4 / 2, "int32 2"],
    [2147483648, "double 2147483648"],
    [-2147483649, "double -2147483649"],
    [0.5, "double 0.5"],
    [NaN, "double nan"],
    [Infinity, "double inf"],
    [0n, "bigint 0"],
    [-1n, "bigint -1"],
    [2n ** 53n + 1n, "bigint 9007199254740993"],
    [2n ** 63n - 1n, "bigint 9223372036854775807"],
    [-(2n ** 63n), "bigint -9223372036854775808"],
    [2n ** 63n, "bigint unsigned 9223372036854775808"],
    [2n ** 64n - 1n, "bigint unsigned 18446744073709551615"],
    [2n ** 64n, "bigint truncated"],
    [2n ** 64n + 2n ** 63n, "bigint truncated"],
    [2n ** 65n - 1n, "bigint truncated"],
    [-(2n ** 63n) - 1n, "bigint truncated"],
    [-(2n ** 64n), "bigint truncated"],
    [2n ** 2000n, "bigint truncated"],
    [-(2n ** 2000n), "bigint truncated"],
    ["", "string 0: "],
    ["aä\0\u{1f600}", "string 8: 61 c3 a4 00 f0 9f 98 80"],
    ["\ud800", "string 3: ed a0 80"],
    ["ab".repeat(2).slice(1), "string 3: 62 61 62"],
    [[], "array 0"],
    [[1, , 3], "array 0"],
    [{}, "object"],
    [() => 1, "object"],
    [Symbol("s"), "object"],
    [new Date(), "object"],
    [new Map(), "object"],
    [Box.prototype, "object"],
    [Box, "object"],
    [new Box(9), "instance 9"],
    [new ArrayBuffer(2), "bytes 2: 00 00"],
    [new ArrayBuffer(0), "bytes 0: "],
    [new Uint8Array([1, 2, 3]), "bytes 3: 01 02 03"],
    [new Uint8Array([1, 2, 3]).subarray(1), "bytes 2: 02 03"],
    [new Uint8Array([1, 2, 3]).subarray(1, 2), "bytes 1: 02"],
    [new Uint8Array([1, 2, 3]).subarray(3), "bytes 0: "],
    [new Uint8ClampedArray([1, 300]), "bytes 2: 01 ff"],
    [new Int8Array([-1]), "bytes 1: ff"],
    [new Int16Array([-2]), "bytes 2: fe ff"],
    [new Uint32Array([1]), "bytes 4: 01 00 00 00"],
    [new Float64Array([1]), "bytes 8: 00 00 00 00 00 00 f0 3f"],
    [new BigInt64Array([-1n]), "bytes 8: ff ff ff ff ff ff ff ff"],
    [new DataView(new Uint8Array([1, 2, 3, 4]).buffer), "bytes 4: 01 02 03 04"],
    [new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2), "bytes 2: 02 03"],
])
    equal(describe(value), text, "describe");
equal(describe(), "undefined", "describe");

class Bytes extends Uint8Array { }
class Elements extends Array { }
equal(describe(new Bytes([1, 2])), "bytes 2: 01 02", "subclass of Uint8Array");
equal(describe(Elements.of(1, 2)), "array 0", "subclass of Array");

{
    const bytes = new Uint8Array([1, 2, 3]);
    zmq.poke(bytes.subarray(1), 0, 200);
    equal(bytes.join(), "1,200,3", "poke");
    const view = new DataView(bytes.buffer, 2);
    zmq.poke(view, 0, 100);
    equal(bytes.join(), "1,200,100", "poke");
    throws(TypeError, "usage: poke(bytes, index, byte)", () => zmq.poke(bytes, 3, 1));
}

// FFglitch's arrays, and the pointers into them that subarray() returns.
for (const [name, bytes] of Object.entries({ Int8: 1, Uint8: 1, Int16: 2, Uint16: 2, Int32: 4,
    Uint32: 4, Int64: 8, Uint64: 8 })) {
    if (!has(name + "FFArray"))
        continue;
    const array = new globalThis[name + "FFArray"](3);
    array[1] = bytes === 8 ? 1n : 1;
    const one = " 01" + " 00".repeat(bytes - 1), none = " 00".repeat(bytes);
    equal(describe(array), `bytes ${3 * bytes}:${none}${one}${none}`, name);
    equal(describe(array.subarray(1, 2)), `bytes ${bytes}:${one}`, name);
}

// FFglitch's arrays whose bytes the engine does not expose are objects, not empty bytes.
for (const name of ["MVArray", "MVPtr", "MVMask", "MVMaskPtr", "MV2DArray", "MV2DPtr", "MV2DMask"])
    if (has(name)) {
        let array;
        try {
            array = new globalThis[name](2, 2);
        } catch {
            continue;
        }
        equal(describe(array), "object", name);
    }

// Reading a value runs no code of the script.
{
    const trap = () => { throw new Error("the script was called"); };
    const traps = new Proxy({}, { get: trap });
    equal(describe(new Proxy([1, 2], traps)), "object", "proxy");
    equal(describe(new Proxy(new Uint8Array(2), traps)), "object", "proxy");
    equal(describe(new Proxy(() => 1, traps)), "object", "proxy");
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    equal(describe(proxy), "object", "revoked proxy");
    const hooks = { valueOf: trap, toString: trap, [Symbol.toPrimitive]: trap };
    equal(describe(hooks), "object", "hooks");
    for (const prototype of [DataView.prototype, Object.getPrototypeOf(Uint8Array.prototype),
        ArrayBuffer.prototype])
        for (const name of ["buffer", "byteLength", "byteOffset", "length"]) {
            const former = Object.getOwnPropertyDescriptor(prototype, name);
            if (!former)
                continue;
            Object.defineProperty(prototype, name, { configurable: true, get: trap });
            equal(describe(new DataView(new ArrayBuffer(2), 1)), "bytes 1: 00", "own getters");
            equal(describe(new Uint16Array(2).subarray(1)), "bytes 2: 00 00", "own getters");
            equal(describe(new ArrayBuffer(1)), "bytes 1: 00", "own getters");
            Object.defineProperty(prototype, name, former);
        }
    Error.prepareStackTrace = trap;
    equal(describe({}), "object", "probing");
    Error.prepareStackTrace = undefined;
}

// A detached buffer is empty, and so are its views.
{
    const buffer = new ArrayBuffer(8);
    const views = [buffer, new Uint8Array(buffer, 2), new DataView(buffer, 2, 3)];
    detach(buffer);
    for (const view of views)
        equal(describe(view), "bytes 0: ", "detached");
}

if (ArrayBuffer.prototype.resize) {
    const buffer = new ArrayBuffer(4, { maxByteLength: 16 });
    const following = new Uint8Array(buffer, 1);
    const words = new Uint16Array(buffer);
    const fixed = new Uint8Array(buffer, 1, 2);
    const view = new DataView(buffer, 1);
    new Uint8Array(buffer).set([1, 2, 3, 4]);
    equal(describe(following), "bytes 3: 02 03 04", "follows");
    buffer.resize(7);
    equal(describe(following), "bytes 6: 02 03 04 00 00 00", "follows");
    equal(describe(words), "bytes 6: 01 02 03 04 00 00", "follows");
    equal(describe(fixed), "bytes 2: 02 03", "fixed");
    equal(describe(view), "bytes 6: 02 03 04 00 00 00", "follows");
    buffer.resize(2);
    equal(describe(following), "bytes 1: 02", "follows");
    equal(describe(words), "bytes 2: 01 02", "follows");
    equal(describe(fixed), "bytes 0: ", "out of bounds");
    equal(describe(view), "bytes 1: 02", "follows");
    equal(describe(buffer), "bytes 2: 01 02", "resized");
    buffer.resize(0);
    equal(describe(following), "bytes 0: ", "follows");
}

equal(zmq.list([1, "zwölf", null, 2n ** 70n, [1, 2], new Uint8Array([9]), new Box(3), , {}], "last"),
    "int32 1, string 6: 7a 77 c3 b6 6c 66, null, bigint truncated, array 0, bytes 1: 09, instance 3, " +
    "undefined, object, string 4: 6c 61 73 74", "list");
equal(zmq.list([]), "0 unread, undefined", "list");
equal(zmq.list(new Array(1048577)), "1048577 unread, undefined", "list");
equal(zmq.list(Elements.of("a", "b"), [1]), "string 1: 61, string 1: 62, array 0", "list");
throws(TypeError, "usage: list(array, value)", () => zmq.list(new Proxy([1], {})));
throws(TypeError, "usage: list(array, value)", () => zmq.list("text"));
{ // all elements are fetched before the first is read
    const bytes = new Uint8Array([1, 2]);
    const array = Object.defineProperty([bytes, 2], 1, { get: () => detach(bytes.buffer) });
    equal(zmq.list(array, bytes), "bytes 0: , undefined, bytes 0: ", "list");
}
equal(zmq.sum([1, 2, 3]), 6, "sum");
equal(zmq.sum([]), 0, "sum");
throws(RangeError, "in an element", () => zmq.sum(Object.defineProperty([1, 2], 1, {
    get() { throw new RangeError("in an element"); }
})));
equal(zmq.sum(Object.defineProperty([1, 2], 1, { get: () => zmq.sum([4, 5]) })), 10, "nested call");

// ---- making

equal(make("undefined"), undefined, "make");
equal(make("null"), null, "make");
equal(make("true"), true, "make");
equal(make("false"), false, "make");
equal(make("int32"), -2147483648, "make");
equal(make("double"), 0.5, "make");
equal(make("bigint"), -(2n ** 63n), "make");
equal(make("bigint unsigned"), 2n ** 64n - 1n, "make");
equal(make("string"), "ä\0\u{1f600}", "make");
equal(make("empty string"), "", "make");
equal(Array.isArray(make("array")), true, "make");
equal(JSON.stringify(make("array")), '[7,"seven"]', "make");
equal(JSON.stringify(make("object")), '{"first":7,"second":"seven"}', "make");
equal(Object.getPrototypeOf(make("object")), Object.prototype, "make");
equal(describe(make("bytes")), "bytes 4: 01 02 00 ff", "make");
equal(describe(make("empty bytes")), "bytes 0: ", "make");
const ByteArray = has("Uint8FFArray") ? Uint8FFArray : Uint8Array;
equal(make("bytes").constructor, ByteArray, "make");
equal(make("empty bytes").constructor, ByteArray, "make");

// ---- classes

equal(Box.name, "Box", "class");
equal(Box.length, 1, "class");
equal(Box.prototype.constructor, Box, "class");
equal(Box.prototype.put.length, 2, "class");
equal(Box.prototype.put.name, "put", "class");
equal(flags(Box.prototype, "put"), "w-c", "method");
equal(flags(Box.prototype, Symbol.toStringTag), "--c", "tag");
equal(Box.prototype[Symbol.toStringTag], "Box", "tag");
equal(Object.keys(Box.prototype).length, 0, "enumerable");
equal(Box.SIDES, 6, "static");
equal(flags(Box, "SIDES"), "---", "static");
equal(Box.make(), undefined, "static");
equal(Box.prototype[Symbol.iterator].name, "[Symbol.iterator]", "symbol");
equal(Object.getOwnPropertySymbols(Box.prototype).includes(Symbol.dispose), "dispose" in Symbol,
    "dispose");
equal("@@dispose" in Box.prototype, false, "dispose");

const box = new Box(5);
equal(box instanceof Box, true, "instanceof");
equal(Object.prototype.toString.call(box), "[object Box]", "tag");
equal(Object.keys(box).length, 0, "own properties");
equal(box[Symbol.iterator](), 5, "symbol");
throws(TypeError, "", () => Box(5));
throws(TypeError, "usage: Box(number)", () => new Box("5"));
throws(TypeError, "usage: Box(number)", () => new Box());
throws(TypeError, "Sealed objects come from nowhere", () => new Sealed());
throws(TypeError, "", () => Sealed());
throws(TypeError, "Sealed objects come from nowhere", () => new (class extends Sealed { })());
throws(TypeError, "usage: take(index)", () => box.take.call({}, 0));
throws(TypeError, "usage: take(index)", () => (0, box.take)(0));
throws(TypeError, "usage: number", () => Box.prototype.number);

const number = Object.getOwnPropertyDescriptor(Box.prototype, "number");
equal(number.get.name, "get number", "accessor");
equal(number.set.name, "set number", "accessor");
equal(number.set.length, 1, "accessor");
equal(number.enumerable, false, "accessor");
equal(number.configurable, true, "accessor");
equal(box.number, 5, "getter");
box.number = 6;
equal(box.number, 6, "setter");
equal(box.fixed, 6, "getter");
throws(TypeError, "", () => { box.fixed = 1; });
throws(TypeError, "usage: number", () => { box.number = "7"; });

class Crate extends Box {
    constructor(number) {
        super(number * 2);
        this.own = 1;
    }
    twice() {
        return this.number * 2;
    }
}
const crate = new Crate(4);
equal(crate.number, 8, "subclass");
equal(crate.twice(), 16, "subclass");
equal(crate instanceof Box, true, "subclass");
equal(Object.getPrototypeOf(crate), Crate.prototype, "subclass");
equal(describe(crate), "instance 8", "subclass");
equal(crate.twin().constructor, Box, "made by the library");
equal(Reflect.construct(Box, [1], Object) instanceof Box, false, "new.target");
equal(Reflect.construct(Box, [1], Object).constructor, Object, "new.target");
{
    function Target() { }
    Target.prototype = 1;
    equal(Reflect.construct(Box, [1], Target).constructor, Box, "new.target without prototype");
}
throws(RangeError, "prototype", () => Reflect.construct(Box, [1],
    Object.defineProperty(function () { }.bind(), "prototype", {
        get() { throw new RangeError("prototype"); }
    })));

// ---- slots

equal(box.take(0), undefined, "slot");
equal(box.take(1000), undefined, "slot");
equal(box.put(3), box, "nothing to drop");
equal(box.put(0, "zero"), box, "this");
box.put(100, box);
box.put(7, crate);
equal(box.take(0), "zero", "slot");
equal(box.take(100), box, "slot");
equal(box.take(7), crate, "slot");
equal(box.take(50), undefined, "slot");
box.put(0, "nought");
equal(box.take(0), "nought", "slot");
box.put(100, undefined);
equal(box.take(100), undefined, "slot");
box.put(7);
equal(box.take(7), undefined, "slot");
box.put(227, 1);
equal(box.take(227), 1, "slot");

// ---- errors

{
    for (const length of [0, 10, 255, 256, 5000])
        for (const [index, constructor] of [Error, TypeError, RangeError].entries()) {
            const error = throws(constructor, "x".repeat(length), () => zmq.fail(index, length, 0));
            equal(error.message.length, length, "message");
            equal(flags(error, "message"), "w-c", "message");
            equal(typeof error.stack, "string", "stack");
            equal(error.stack.includes("fail"), true, "stack");
            equal("code" in error || "errno" in error || "endpoint" in error, false, "properties");
        }
    const error = throws(Error, "", () => zmq.fail(0, 1, 1));
    equal(error.code, "EADDRINUSE", "code");
    equal(error.errno, 98, "errno");
    equal(error.endpoint, "tcp://127.0.0.1:1", "endpoint");
    for (const name of ["code", "errno", "endpoint"])
        equal(flags(error, name), "wec", name);
    equal(throws(TypeError, "", () => zmq.fail(1, 1, 1)).errno, 98, "errno");
    equal(throws(Error, "the runtime is busy", () => zmq.refuse()).code, "EBUSY", "code of a status");
    equal(zmq.ask(), -1, "no hook");

    // Errors are made by the engine's constructors, also if a script replaced the globals.
    const { TypeError: former } = globalThis;
    globalThis.TypeError = function () { throw 1; };
    const caught = throws(former, "x", () => zmq.fail(1, 1, 0));
    globalThis.TypeError = former;
    equal(caught instanceof TypeError, true, "class");
}

// ---- adopted memory

const SIZE = 65536;
const shown = array => describe(array.subarray(0, 3));
equal(zmq.adopt(3).constructor, ByteArray, "few bytes");
equal(shown(zmq.adopt(3)), "bytes 3: ab ab ab", "few bytes");
equal(liveAdoptions(), 0, "few bytes are copied");
equal(zmq.adopt(0).length, 0, "no bytes");
equal(zmq.adopt(SIZE).length, SIZE, "many bytes");
equal(shown(zmq.adopt(SIZE)), "bytes 3: ab ab ab", "many bytes");
{
    const before = liveAdoptions();
    let bytes = zmq.adopt(SIZE);
    if (liveAdoptions() === before) {
        print("skipped: this engine adopts no memory");
    } else {
        equal(bytes.constructor, Uint8Array, "adopted");
        bytes[1] = 1;
        equal(shown(bytes), "bytes 3: ab 01 ab", "adopted");
        equal(liveAdoptions(), before + 1, "adopted");
        bytes = bytes.subarray(1);
        collect();
        equal(liveAdoptions(), before + 1, "kept by a view");
        bytes = null;
        collect();
        equal(liveAdoptions(), before, "released");
        bytes = zmq.adopt(SIZE);
        detach(bytes.buffer);
        equal(liveAdoptions(), before, "released once, when detached");
        bytes = null;
        collect();
        equal(liveAdoptions(), before, "released once");
        if (ArrayBuffer.prototype.transfer) {
            for (const length of [undefined, SIZE, 2, 2 * SIZE]) {
                let buffer = zmq.adopt(SIZE).buffer;
                try {
                    buffer = buffer.transfer(length);
                } catch (error) {
                    equal(buffer.byteLength, SIZE, "refused transfer");
                }
                equal(describe(new Uint8Array(buffer, 0, 1)), "bytes 1: ab", "transferred");
                buffer = null;
                collect();
                equal(liveAdoptions(), before, "released");
            }
        }
    }
}

// ---- garbage

{
    const before = liveBoxes();
    (() => {
        for (let i = 0; i < 10; i++) {
            const a = new Box(1), b = new Crate(2);
            a.put(0, b);
            b.put(0, a);
            a.put(1, { a, f: () => a });
            a.self = a;
            b.put(20, a);
        }
    })();
    equal(liveBoxes() > before, true, "cycles");
    collect();
    equal(liveBoxes(), before, "cycles");
    const kept = new Box(1);
    kept.put(0, new Box(2));
    (() => { const a = new Box(3); a.put(0, a); })();
    equal(liveBoxes(), before + 3, "a cycle");
    equal(zmq.collectAll(), 1, "the library may have it collected");
    equal(liveBoxes(), before + 2, "a cycle");
    equal(kept.take(0).number, 2, "a slot keeps its value");
}

print(`${checks} checks`);
