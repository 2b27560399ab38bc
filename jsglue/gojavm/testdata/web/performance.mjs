const print = globalThis.print ?? console.log;
const first = performance.now(), second = performance.now();
print(second >= first, first >= 0, Math.abs(performance.timeOrigin + first - Date.now()) < 60000, JSON.stringify(Object.keys(performance.toJSON())).includes("timeOrigin"), Object.prototype.toString.call(performance));
queueMicrotask(() => print("second")); Promise.resolve().then(() => print("third")); print("first");
try { queueMicrotask(1); } catch (e) { print(e.name); } print(queueMicrotask(() => {}));
