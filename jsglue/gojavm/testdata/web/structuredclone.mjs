const print = globalThis.print ?? console.log;
const fails = (f) => { try { return "no: " + String(f()); } catch (e) { return `${e.name} ${e.code} ${e instanceof Error}`; } };
for (const v of [undefined, null, true, 1.5, -0, NaN, 10n, "text"]) print(Object.is(structuredClone(v), v));
print(JSON.stringify(structuredClone({ a: 1, b: [1, , { c: null }], "é": "x", u: undefined })), Object.keys(structuredClone({ u: undefined, 2: 0, 1: 0 })).join());
const sparse = structuredClone(Object.assign([1, , 3], { extra: { deep: 1 } }));
print(sparse.length, 1 in sparse, sparse.extra.deep, Array.isArray(sparse));
const cyclic = { name: "c", list: [] }; cyclic.self = cyclic; cyclic.list.push(cyclic, cyclic.list);
const copied = structuredClone(cyclic); print(copied !== cyclic, copied.self === copied, copied.list[0] === copied, copied.list[1] === copied.list);
const map = structuredClone(new Map([[{ k: 1 }, "v"], ["self", 0]])); print(map instanceof Map, map.size, [...map.keys()][0].k, map.get("self"));
const set = new Set([1, "a"]); set.add(set); const sets = structuredClone(set); print(sets instanceof Set, sets.size, sets.has(sets), [...sets].slice(0, 2).join());
print(structuredClone(new Date(5)).getTime(), String(structuredClone(/a\/b/giu)), structuredClone(Object.assign(/x/g, { lastIndex: 3 })).lastIndex);
for (const boxed of [new Number(1), new String("s"), new Boolean(false), Object(2n)]) { const c = structuredClone(boxed); print(typeof c, c == boxed.valueOf(), c !== boxed, Object.prototype.toString.call(c)); }
const buffer = new Uint8Array([1, 2, 3, 4]).buffer, views = structuredClone({ a: new Uint8Array(buffer, 1, 2), b: new Int16Array(buffer, 2), d: new DataView(buffer, 1, 2), buffer });
print(views.a.join(), views.a.buffer === views.buffer, views.b.buffer === views.buffer, views.d.getUint8(0), views.d.byteLength, views.buffer !== buffer, views.a.byteOffset);
for (const T of [Int8Array, Uint8ClampedArray, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) print(structuredClone(new T(2)).constructor === T);
for (const E of [Error, TypeError, RangeError, SyntaxError]) { const e = structuredClone(new E("m", { cause: { n: 1 } })); print(e.constructor === E, e.name, e.message, typeof e.stack, e.cause.n, Object.keys(e).length); }
class Own extends Error { name = "Own"; extra = 1; } const own = structuredClone(new Own("m")); print(own.constructor === Error, own.name, own.message, own.extra, "cause" in own);
class Point { x = 1; #y = 2; get z() { return 3; } } const point = structuredClone(new Point()); print(point.constructor === Object, JSON.stringify(point));
print(JSON.stringify(structuredClone(Object.create({ inherited: 1 }, { hidden: { value: 1 }, shown: { value: 2, enumerable: true }, [Symbol("s")]: { value: 3, enumerable: true }, got: { get() { return 4; }, enumerable: true } }))), Object.getPrototypeOf(structuredClone(Object.create(null))) === Object.prototype);
for (const refused of [() => {}, class {}, Symbol("s"), Object(Symbol("s")), new WeakMap(), new WeakSet(), Promise.resolve(), { deep: [() => {}] }, new Map([[1, Symbol()]]), new Proxy({}, {}), new Proxy([], {})]) print(fails(() => structuredClone(refused)));
print(fails(() => structuredClone({ get a() { throw new RangeError("mine"); } })));
const moved = new Uint8Array([7, 8]), got = structuredClone({ moved, twice: moved.buffer }, { transfer: [moved.buffer] });
print(got.moved.join(), got.twice === got.moved.buffer, moved.byteLength, moved.buffer.byteLength);
const kept = new ArrayBuffer(2); print(fails(() => structuredClone(() => {}, { transfer: [kept] })), kept.byteLength, fails(() => structuredClone(1, { transfer: [kept, kept] })), structuredClone(1, undefined), structuredClone(1, { transfer: undefined }));
const d = new DOMException("m", "AbortError"); print(d.name, d.code, d.message, d instanceof Error, String(d), new DOMException().name, new DOMException("a", "toString").code, Object.prototype.toString.call(d));
