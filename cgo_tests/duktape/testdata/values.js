// The values of a module that the adapter has built, for scripts, one callback after the other.
var checks = 0;
var Box = zmq.Box;

function equal(actual, expected, what) {
  checks++;
  if (!Object.is(actual, expected)) {
    throw new Error(what + ": " + String(actual) + " instead of " + String(expected));
  }
}

function throws(constructor, message, f) {
  checks++;
  try {
    f();
  } catch (error) {
    equal(error.constructor, constructor, "constructor of " + error);
    if (error.message.indexOf(message) < 0) {
      throw new Error("message " + error.message + " without " + message);
    }
    return error;
  }
  throw new Error("nothing was thrown by " + f);
}

function flags(object, name) {
  var d = Object.getOwnPropertyDescriptor(object, name);
  return (d.writable ? "w" : "-") + (d.enumerable ? "e" : "-") + (d.configurable ? "c" : "-");
}

function trap() {
  throw new Error("the script was called");
}

// ---- the module

equal(zmq.LARGE, Math.pow(2, 40), "constant");
equal(
  Object.keys(zmq).sort().join(),
  "ANSWER,Box,LARGE,MINUS,Sealed,adopt,ask,collectAll,describe,fail,list,make,nothing,poke,refuse,sum",
  "exports"
);
equal(openAgain(), zmq, "the same module every time");
equal(flags(zmq, "ANSWER") + flags(zmq, "Box"), "-e--e-", "exports cannot be changed");
equal(zmq.describe.name + zmq.describe.length, "describe1", "name and length");
equal(flags(zmq.describe, "name") + flags(zmq.describe, "length"), "--c--c", "of functions");
throws(TypeError, "not a constructor", function () {
  new zmq.describe();
});
equal(Box.name + Box.length, "Box1", "name and length");
equal(flags(Box, "prototype"), "---", "prototype");
equal(flags(Box.prototype, "constructor") + flags(Box.prototype, "put"), "w-cw-c", "methods");
equal(flags(Box.prototype, "number"), "--c", "accessors");
equal(Object.getOwnPropertyDescriptor(Box.prototype, "number").get.name, "get number", "getter");
equal(Object.getOwnPropertyDescriptor(Box.prototype, "number").set.name, "set number", "setter");
equal(Object.getOwnPropertyDescriptor(Box.prototype, "fixed").set, undefined, "no setter");
equal(flags(Box.prototype, Symbol.toStringTag), "--c", "tag");
equal(Box.prototype[Symbol.iterator].name, "[Symbol.iterator]", "a method of a symbol");
throws(TypeError, "needs 'new'", function () {
  Box(1);
});
throws(TypeError, "Sealed objects come from nowhere", function () {
  new zmq.Sealed();
});

// ---- reading

[
  [undefined, "undefined"],
  [null, "null"],
  [true, "boolean 1"],
  [0, "int32 0"],
  [-2147483648, "int32 -2147483648"],
  [2147483648, "double 2147483648"],
  [0.5, "double 0.5"],
  [NaN, "double nan"],
  ["", "string 0: "],
  ["a\u00e4\0\ud83d\ude00", "string 10: 61 c3 a4 00 ed a0 bd ed b8 80"],
  ["\ud83d\ude00\udbff\udfff", "string 12: ed a0 bd ed b8 80 ed af bf ed bf bf"],
  ["\ud800", "string 3: ed a0 80"],
  ["\ud800x\udc00", "string 7: ed a0 80 78 ed b0 80"],
  ["\udc00\ud800", "string 6: ed b0 80 ed a0 80"],
  ["\ud800\ud800\udc00", "string 9: ed a0 80 ed a0 80 ed b0 80"],
  ["\ud7ff\ue000", "string 6: ed 9f bf ee 80 80"],
  [[], "array 0"],
  [[1, , 3], "array 0"],
  [{}, "object"],
  [trap, "object"],
  [Math.max, "object"],
  [Symbol("s"), "object"],
  [new Date(), "object"],
  [Box.prototype, "object"],
  [Box, "object"],
  [zmq, "object"],
  [Box.prototype.put, "object"],
  [new Box(9), "instance 9"],
  [Object.create(new Box(9)), "object"],
  [new ArrayBuffer(2), "bytes 2: 00 00"],
  [new Uint8Array([1, 2, 3]).subarray(1, 2), "bytes 1: 02"],
  [new Uint8Array([1, 2, 3]).subarray(3), "bytes 0: "],
  [new Int16Array([-2]), "bytes 2: fe ff"],
  [new Float64Array([1]), "bytes 8: 00 00 00 00 00 00 f0 3f"],
  [new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2), "bytes 2: 02 03"],
  [new Buffer("ab"), "bytes 2: 61 62"],
  [Uint8Array.plainOf(new Uint8Array([1, 2])), "bytes 2: 01 02"],
  [Uint8Array.allocPlain(0), "bytes 0: "],
  [Duktape.Pointer(), "object"]
].forEach(function (pair) {
  equal(zmq.describe(pair[0]), pair[1], "describe");
});
equal(zmq.describe(), "undefined", "describe");

var bytes = new Uint8Array([1, 2, 3]);
zmq.poke(bytes.subarray(1), 0, 200);
zmq.poke(new DataView(bytes.buffer, 2), 0, 100);
equal(Array.prototype.join.call(bytes), "1,200,100", "poke");

// Reading runs no code of the script.
var traps = new Proxy({}, { get: trap });
[[1, 2], new Uint8Array(2), new Box(1), function () {}].forEach(function (target) {
  equal(zmq.describe(new Proxy(target, { get: trap, has: trap, getOwnPropertyDescriptor: trap })), "object", "proxy");
});
equal(zmq.describe(Object.create(new Proxy(new Box(1), { get: trap }))), "object", "a proxy as prototype");
equal(zmq.describe({ valueOf: trap, toString: trap }), "object", "hooks");
var deep = {};
for (var i = 0; i < 20000; i++) {
  deep = Object.create(deep);
}
try {
  zmq.describe(deep);
} catch (e) {
  equal(e.constructor, RangeError, "a chain of prototypes that the engine refuses");
}

// ---- making

equal(zmq.make("undefined"), undefined, "undefined");
equal(zmq.make("null"), null, "null");
equal(zmq.make("true"), true, "true");
equal(zmq.make("int32"), -2147483648, "int32");
equal(zmq.make("double"), 0.5, "double");
equal(zmq.make("string"), "\u00e4\0\ud83d\ude00", "string");
equal(zmq.make("string").length, 4, "a pair of surrogates");
equal(zmq.make("empty string"), "", "empty string");
equal(Object.prototype.toString.call(zmq.make("bytes")), "[object Uint8Array]", "bytes");
equal(Array.prototype.join.call(zmq.make("bytes")), "1,2,0,255", "bytes");
equal(zmq.make("bytes").buffer.byteLength, 4, "their buffer");
equal(zmq.make("empty bytes").length, 0, "empty bytes");
throws(RangeError, "2^53", function () {
  zmq.make("bigint");
});
throws(RangeError, "2^53", function () {
  zmq.make("bigint unsigned");
});
Object.defineProperty(Array.prototype, 0, { set: trap, configurable: true });
Object.defineProperty(Object.prototype, "first", { set: trap, configurable: true });
equal(JSON.stringify(zmq.make("array")), '[7,"seven"]', "array");
equal(JSON.stringify(zmq.make("object")), '{"first":7,"second":"seven"}', "object");
delete Array.prototype[0];
delete Object.prototype.first;

equal(
  zmq.list([1, "zw\u00f6lf", null, [1, 2], new Uint8Array([9]), new Box(3), , {}], "last"),
  "int32 1, string 6: 7a 77 c3 b6 6c 66, null, array 0, bytes 1: 09, instance 3, undefined, object, string 4: 6c 61 73 74",
  "list"
);
equal(zmq.list(new Array(1048577)), "1048577 unread, undefined", "list");
throws(TypeError, "usage", function () {
  zmq.list(new Proxy([1], {}));
});
equal(zmq.sum([1, 2, 3]), 6, "sum");
var thrown = {};
var getting = [1, 2];
Object.defineProperty(getting, 1, {
  get: function () {
    zmq.sum([4, 5]);
    throw thrown;
  }
});
try {
  zmq.sum(getting);
} catch (e) {
  equal(e, thrown, "what a getter throws arrives");
}

// ---- errors

var error = throws(RangeError, "xxx", function () {
  zmq.fail(2, 1000, 1);
});
equal(error.message.length, 1000, "message");
equal(error.code + error.errno + error.endpoint, "EADDRINUSE98tcp://127.0.0.1:1", "properties");
equal(flags(error, "code") + flags(error, "errno") + flags(error, "endpoint"), "wecwecwec", "their flags");
equal("code" in throws(TypeError, "x", function () { zmq.fail(1, 1, 0); }), false, "no properties");
equal(throws(Error, "the runtime is busy", zmq.refuse).code, "EBUSY", "code of a status");
var OriginalError = Error;
Error = trap;
var caught;
try {
  zmq.fail(0, 1, 0);
} catch (e) {
  caught = e;
}
Error = OriginalError;
equal(caught.constructor, Error, "the original Error");

// ---- instances

var box = new Box(5);
equal(box.number + box.fixed + box.twin().number, 15, "accessors and methods");
box.number = 6;
equal(box.number, 6, "setter");
equal(Reflect.ownKeys(box).length, 0, "no own properties");
Object.freeze(box);
[undefined, null, 1.5, "text", Symbol("s"), box, trap, Math.max].forEach(function (value, i) {
  box.put(i, value);
});
[undefined, null, 1.5, "text"].forEach(function (value, i) {
  equal(box.take(i), value, "slot " + i);
});
equal(box.take(5), box, "a slot with the instance itself");
equal(box.take(6), trap, "a function");
equal(box.take(7), Math.max, "a native function");
equal(box.take(500), undefined, "an empty slot");
equal(box.put(3), box, "this");
equal(box.take(3), undefined, "an emptied slot");
box.put(100, 1);
equal(box.take(100), 1, "a far slot");
box.put(200);
equal(box.take(200), undefined, "what was never kept");
(function () {
  // A dropped value is finalized after the call: the finalizer keeps another one under the same
  // index.
  var calls = 0;
  box.put(5, litter());
  function litter() {
    var object = {};
    Duktape.fin(object, function () {
      calls++;
      box.put(5, "by the finalizer");
    });
    return object;
  }
  box.put(5, "anew");
  gc();
  equal(calls, 1, "finalizers");
  equal(box.take(5), "by the finalizer", "after the call");
  box.put(5, box);
})();
throws(TypeError, "usage", function () {
  Box.prototype.put.call(Object.create(box), 0, 1);
});
throws(TypeError, "usage", function () {
  Box.prototype.take.call(1, 0);
});

// ---- lifetimes

box = deep = null;
gc();
var before = liveBoxes();
for (i = 0; i < 100; i++) {
  var cycle = new Box(i);
  cycle.put(0, [cycle]);
}
cycle = null;
gc();
equal(liveBoxes(), before, "cycles are collected");
(function () {
  var finalized = new Box(1);
  equal(Duktape.fin(finalized), undefined, "the finalizer is not the instance's");
  Duktape.fin(finalized, function (object) {
    rescued = object;
  });
})();
var rescued;
gc();
throws(TypeError, "usage", function () {
  if (liveBoxes() === before) {
    rescued.take(0);
  }
  throw new TypeError("usage");
});
Duktape.fin(rescued, undefined);
rescued = null;
gc();
equal(liveBoxes(), before, "finalized once");

// In a coroutine.
var thread = new Duktape.Thread(function () {
  var inner = new Box(3);
  Duktape.Thread.yield(inner.twin().number);
  return zmq.sum([inner.number, 1]);
});
equal(Duktape.Thread.resume(thread), 3, "in a coroutine");
equal(Duktape.Thread.resume(thread), 4, "after a yield");
throws(TypeError, "", function () {
  var yielding = [1];
  Object.defineProperty(yielding, 0, { get: function () { Duktape.Thread.yield(1); } });
  Duktape.Thread.resume(new Duktape.Thread(function () { zmq.sum(yielding); }));
});

// Finalizers that use the module when the heap ends.
kept = { box: new Box(1) };
for (i = 0; i < 10; i++) {
  Duktape.fin((kept["of" + i] = { box: new Box(i) }), function (object) {
    try {
      object.box.take(0);
      new Box(1).twin();
    } catch (e) {
      kept.thrown = e;
    }
  });
}
print(checks + " checks");
