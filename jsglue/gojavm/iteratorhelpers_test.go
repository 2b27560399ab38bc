package gojavm

import "testing"

func TestIteratorHelpers(t *testing.T) {
	expect(t, `
		function* count() { try { for (let i = 1; i < 5; i++) yield i; } finally { print("closed"); } }
		print([1, 2, 3].values().map((v, i) => v * 10 + i).toArray(), new Set("aba").values().filter((v) => v > "a").toArray());
		print(count().drop(1).take(2).toArray());
		print(count().flatMap((v) => [v, v]).take(3).toArray());
		print(count().some((v) => v > 1), count().every((v) => v < 3), count().find((v) => v === 2));
		print(count().reduce((a, b) => a + b), count().reduce((a, b) => a + b, "x"));
		count().forEach((v, i) => { if (i === 3) print("last", v); });
		print(Iterator.from("ab").toArray(), Iterator.from({ next() { return { done: true } } }) instanceof Iterator);
		class Own extends Iterator { next() { return { value: 7, done: false } } }
		print(new Own().take(2).toArray(), String(new Own()));`,
		lines("10,21,32 b", "closed", "2,3", "closed", "1,1,2", "closed", "closed", "closed", "true false 2", "closed", "closed", "10 x1234", "last 4", "closed",
			"a,b true", "7,7 [object Iterator]"))
}

// Exceptions of a callback propagate, and close the underlying iterator.
func TestIteratorHelperErrors(t *testing.T) {
	expect(t, `
		const closing = () => ({ __proto__: Iterator.prototype, next() { return { value: 1, done: false } }, return() { print("closed"); return {} } });
		for (const f of [() => closing().map(1), () => closing().take(NaN), () => closing().drop(-1), () => closing().forEach(() => { throw new URIError() }),
			() => closing().flatMap(() => 1).next(), () => { const i = closing().map((v) => v); i.return(); print(i.next().done); i.return(); throw new EvalError() },
			() => Iterator(), () => new Iterator(), () => Iterator.from(5), () => Iterator.prototype.map.call(1, () => 1), () => [].values().reduce(() => 1),
			() => { const i = closing().map(() => i.next()); i.next() }, () => { Iterator.prototype.constructor = 1 }, () => new ([].values().map)((v) => v)])
			try { f(); print("no error") } catch (e) { print(e.name) }
		let deep = closing();
		for (let i = 0; i < 1e5; i++) deep = deep.map((v) => v);
		try { deep.next() } catch (e) { print(e.name) }`,
		lines("closed", "TypeError", "closed", "RangeError", "closed", "RangeError", "closed", "URIError", "closed", "TypeError", "closed", "true", "EvalError",
			"TypeError", "TypeError", "TypeError", "TypeError", "TypeError", "closed", "TypeError", "TypeError", "TypeError", "InternalError"))
}

// The helpers have the attributes of built-in functions.
func TestIteratorHelperAttributes(t *testing.T) {
	expect(t, `
		const helper = Object.getPrototypeOf([].values().map((v) => v)), wrap = Object.getPrototypeOf(Iterator.from({ next() {} }));
		for (const [object, name] of [[globalThis, "Iterator"], [Iterator, "from"], [Iterator.prototype, "flatMap"], [Iterator.prototype, "toArray"], [helper, "next"], [wrap, "return"]]) {
			const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(object, name);
			print(value.name, value.length, writable, enumerable, configurable, value, Object.hasOwn(value, "prototype"));
		}
		print(Object.getOwnPropertyNames(Iterator.prototype).sort().join(), helper[Symbol.toStringTag], Object.keys(Iterator.prototype).length);
		print(Iterator.prototype === Object.getPrototypeOf(helper), Iterator.prototype.constructor === Iterator);`,
		lines("Iterator 0 true false true function Iterator() { [native code] } true", "from 1 true false true function from() { [native code] } false",
			"flatMap 1 true false true function flatMap() { [native code] } false", "toArray 0 true false true function toArray() { [native code] } false",
			"next 0 true false true function next() { [native code] } false", "return 0 true false true function return() { [native code] } false",
			"constructor,drop,every,filter,find,flatMap,forEach,map,reduce,some,take,toArray Iterator Helper 0", "true true"))
}
