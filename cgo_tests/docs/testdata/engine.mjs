// Prints the names that the bundled engine has, as engine.cjs does those that are declared.
import * as os from "os";
import * as std from "std";

const own = (object) => Object.getOwnPropertyNames(object).filter((name) => name !== "constructor");
const language = new Set(("Object Function Array String Number BigInt RegExp Date Boolean Proxy Reflect Error AggregateError TypeError ReferenceError " +
  "SyntaxError RangeError EvalError URIError eval Math JSON ArrayBuffer DataView Uint8Array Uint8ClampedArray Int8Array Uint16Array Int16Array " +
  "Uint32Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array Symbol WeakSet WeakMap WeakRef FinalizationRegistry Map Set " +
  "Promise globalThis NaN undefined Infinity isNaN parseInt parseFloat isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape " +
  "unescape SharedArrayBuffer Atomics Iterator").split(" "));
const internal = ["GoError", "InternalError", "__gojavm_guard"];
const found = {
  globals: own(globalThis).filter((name) => !language.has(name) && !internal.includes(name)),
  std: Object.keys(std),
  os: Object.keys(os),
  FILE: own(Object.getPrototypeOf(std.in)),
  Error: Object.keys(std.Error),
  console: own(console),
  performance: own(Performance.prototype),
  Uint8FFArray: own(Uint8FFArray.prototype),
  Int64FFPtr: own(Int64FFPtr.prototype),
};
for (const names of Object.values(found)) names.sort();
console.log(JSON.stringify(found));
