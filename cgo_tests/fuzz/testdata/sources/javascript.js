import * as zmq from "zmq"; const c = new zmq.Context(), s = c.socket(zmq.PAIR); s.recv(zmq.DONTWAIT);
//----
const f = (a, b = 1, ...c) => { try { return a?.b ?? c[0] } catch { throw new Error("x") } finally { print(b) } }; f({});
//----
class A { #x = 1; static s = 2; get x() { return this.#x } set x(v) { this.#x = v } static { A.s++ } has(o) { return #x in o } } new A().has({});
//----
async function g() { for await (const x of [1, Promise.resolve(2)]) print(x); await null; } g().catch(print);
//----
function* h() { try { yield* [1, 2, 3] } finally { print("f") } } for (const x of h()) { if (x > 1) break }
//----
label: for (let i = 0; i < 9; i++) { switch (i) { case 1: continue label; case 3: break label; default: } }
//----
const { a, b: [d, ...e], ...rest } = { a: 1, b: [2, 3], c: 4 }; `${a}${d}${e}`; delete rest.c;
//----
/(?<y>\d{4})-(?<m>\d\d)/u.exec("2021-03")?.groups.y; "aXbX".replace(/X/g, m => m + m); /[\p{L}--a]/v;
//----
JSON.parse('{"a":[1,2,{"b":null}]}', (k, v) => v); JSON.stringify({ toJSON() { return 1n + 1n + "" } });
//----
new Proxy({}, { get: (t, k, r) => Reflect.get(t, k, r), has: () => true, ownKeys: () => ["a"] }).x;
//----
setTimeout(() => { throw new TypeError("late") }, 0); Promise.reject(new Error("r")); queueMicrotask(() => 1);
//----
import { sprintf, exit } from "std"; import * as os from "os"; sprintf("%d %s %x", 1, "a", 255); os.setTimeout(() => exit(1), 1);
//----
export const q = 1; export default class {} export * as ns from "std"; import.meta.url; await q; const m = await import("os");
//----
const u = new Uint8FFArray([1, 2, 3]); u.subarray(1).map(x => x * 2); new Float64Array(u.buffer.slice(0, 0)); u.set([1], 2);
//----
for (;;) { for (let i = 0; i < 10; i++) [3, 1, 2].sort((a, b) => a - b); }
//----
Symbol.iterator in []; var { [Symbol("k")]: z = 1 } = {}; eval("1 + 1"); new Function("a", "return a")(1); with_ = 1;
//----
using r = { [Symbol.dispose]() { print("d") } }; { await using s = null; } 1_000; 0n ?? 1; a ||= b; "\u{10FFFF}";
