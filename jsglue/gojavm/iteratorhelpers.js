// Iterator.from and the methods of Iterator.prototype, with the names of ECMAScript's operations.
// The file is compiled at the first call of one of them. It is one function, whose argument has
// parts of the realm from before any script ran.
(function (realm) {
	"use strict";

	const {
		apply, asNative, defineProperty, setPrototypeOf, isPrototypeOf, iterator, iteratorPrototype, generator, toStringTag, trunc, String,
		RangeError, TypeError,
	} = realm;

	function isObject(value) {
		return typeof value === "object" && value !== null || typeof value === "function";
	}

	// ---- Iterator Records: { iterator, next, done } ----

	function getIteratorDirect(object) {
		return { __proto__: null, iterator: object, next: object.next, done: false };
	}
	// step is IteratorStepValue; it sets done at the end.
	function step(iterated) {
		const result = apply(iterated.next, iterated.iterator, []);
		if (!isObject(result)) throw new TypeError("the method 'next' of an iterator returned a value that is not an object");
		if (!result.done) return result.value;
		iterated.done = true;
	}
	function closeIterator({ iterator }) {
		const method = iterator.return;
		if (method === undefined || method === null) return;
		if (!isObject(apply(method, iterator, []))) throw new TypeError("the method 'return' of an iterator returned a value that is not an object");
	}
	// closeAndThrow is IteratorClose with a throw completion: error is thrown, whatever closing throws.
	function closeAndThrow(iterated, error) {
		try {
			closeIterator(iterated);
		} catch {}
		throw error;
	}
	function getIteratorFlattenable(value, takesStrings) {
		if (!isObject(value) && !(takesStrings && typeof value === "string")) throw new TypeError("the value is neither an iterator nor iterable");
		const method = value[iterator];
		const object = method === undefined || method === null ? value : apply(method, value, []);
		if (!isObject(object)) throw new TypeError("the method [Symbol.iterator] returned a value that is not an object");
		return getIteratorDirect(object);
	}

	// ---- Iterator Helper objects ----

	class IteratorHelper {
		#iterated;
		#generator;
		#started = false;
		constructor(iterated, generator) {
			this.#iterated = iterated;
			this.#generator = generator;
		}
		next() {
			const { next } = generator, running = this.#generator;
			this.#started = true;
			return apply(next, running, []);
		}
		return() {
			const result = apply(generator.return, this.#generator, []);
			if (!this.#started) {
				this.#started = true;
				closeIterator(this.#iterated);
			}
			return result;
		}
	}

	// produce skips the first values and yields the results of visit for the others, until it has
	// read limit values. visit returns omitted to yield nothing.
	const omitted = {};
	function* produce(iterated, skipped, limit, visit) {
		for (; skipped > 0; skipped--) {
			step(iterated);
			if (iterated.done) return;
		}
		for (let counter = 0; counter < limit; counter++) {
			const value = step(iterated);
			if (iterated.done) return;
			let returning = true;
			try {
				const made = visit(value, counter);
				if (made !== omitted) yield made;
				returning = false;
			} catch (error) {
				returning = false;
				closeAndThrow(iterated, error);
			} finally {
				if (returning) closeIterator(iterated);
			}
		}
		closeIterator(iterated);
	}
	function* produceFlat(iterated, mapper) {
		for (let counter = 0; ; counter++) {
			const value = step(iterated);
			if (iterated.done) return;
			let returning = true;
			try {
				const inner = getIteratorFlattenable(mapper(value, counter), false);
				for (let item; item = step(inner), !inner.done;) {
					let returningInner = true;
					try {
						yield item;
						returningInner = false;
					} finally {
						if (returningInner) closeIterator(inner);
					}
				}
				returning = false;
			} catch (error) {
				returning = false;
				closeAndThrow(iterated, error);
			} finally {
				if (returning) closeIterator(iterated);
			}
		}
	}

	// ---- Iterator.from ----

	class WrapForValidIterator {
		#iterated;
		constructor(iterated) { this.#iterated = iterated; }
		next() {
			const iterated = this.#iterated;
			return apply(iterated.next, iterated.iterator, []);
		}
		return() {
			const { iterator } = this.#iterated;
			const method = iterator.return;
			return method === undefined || method === null ? { value: undefined, done: true } : apply(method, iterator, []);
		}
	}
	function inherit(prototype) { // not a loop over an array: a script may have changed Array's iterator
		delete prototype.constructor;
		setPrototypeOf(prototype, iteratorPrototype);
		asNative(prototype.next);
		asNative(prototype.return);
	}
	inherit(IteratorHelper.prototype);
	inherit(WrapForValidIterator.prototype);
	defineProperty(IteratorHelper.prototype, toStringTag, { value: "Iterator Helper", configurable: true });

	const iteratorFunctions = {
		from(value) {
			const iterated = getIteratorFlattenable(value, true);
			return apply(isPrototypeOf, iteratorPrototype, [iterated.iterator]) ? iterated.iterator : new WrapForValidIterator(iterated);
		},
	};

	// ---- Iterator.prototype ----

	function thisIterator(value, name) {
		if (!isObject(value)) throw new TypeError(`Iterator.prototype.${name} called on a value that is not an object`);
		return value;
	}
	// open checks the receiver and the argument of a method that takes a function.
	function open(value, name, f) {
		const iterator = thisIterator(value, name);
		if (typeof f !== "function") closeAndThrow({ iterator }, new TypeError(`Iterator.prototype.${name}: the argument is not a function`));
		return getIteratorDirect(iterator);
	}
	// visitAll calls visit for each value, until it returns true.
	function visitAll(iterated, visit, counter = 0) {
		for (; ; counter++) {
			const value = step(iterated);
			if (iterated.done) return;
			let ends;
			try {
				ends = visit(value, counter);
			} catch (error) {
				closeAndThrow(iterated, error);
			}
			if (ends) {
				closeIterator(iterated);
				return;
			}
		}
	}
	function toCount(value, name, limit) {
		const iterator = thisIterator(value, name);
		try {
			const number = +limit;
			const count = trunc(number);
			if (count >= 0 && (count <= 9007199254740991 || count === Infinity)) return count;
			throw new RangeError(`Iterator.prototype.${name}: the argument must be a number >= 0`);
		} catch (error) {
			closeAndThrow({ iterator }, error);
		}
	}
	const same = (value) => value;
	const iteratorMethods = {
		map(mapper) {
			const iterated = open(this, "map", mapper);
			return new IteratorHelper(iterated, produce(iterated, 0, Infinity, (value, counter) => mapper(value, counter)));
		},
		filter(predicate) {
			const iterated = open(this, "filter", predicate);
			return new IteratorHelper(iterated, produce(iterated, 0, Infinity, (value, counter) => predicate(value, counter) ? value : omitted));
		},
		take(limit) {
			const count = toCount(this, "take", limit);
			const iterated = getIteratorDirect(this);
			return new IteratorHelper(iterated, produce(iterated, 0, count, same));
		},
		drop(limit) {
			const count = toCount(this, "drop", limit);
			const iterated = getIteratorDirect(this);
			return new IteratorHelper(iterated, produce(iterated, count, Infinity, same));
		},
		flatMap(mapper) {
			const iterated = open(this, "flatMap", mapper);
			return new IteratorHelper(iterated, produceFlat(iterated, (value, counter) => mapper(value, counter)));
		},
		reduce(reducer) {
			const iterated = open(this, "reduce", reducer);
			let result = arguments[1], counter = 0;
			if (arguments.length < 2) {
				result = step(iterated);
				if (iterated.done) throw new TypeError("Iterator.prototype.reduce: there are no values and no initial value");
				counter = 1;
			}
			visitAll(iterated, (value, counter) => { result = reducer(result, value, counter); }, counter);
			return result;
		},
		toArray() {
			const iterated = getIteratorDirect(thisIterator(this, "toArray"));
			const list = [];
			visitAll(iterated, (value, counter) => {
				defineProperty(list, counter, { value, writable: true, enumerable: true, configurable: true });
			});
			return list;
		},
		forEach(f) {
			visitAll(open(this, "forEach", f), (value, counter) => { f(value, counter); });
		},
		some(predicate) {
			let result = false;
			visitAll(open(this, "some", predicate), (value, counter) => result = !!predicate(value, counter));
			return result;
		},
		every(predicate) {
			let result = true;
			visitAll(open(this, "every", predicate), (value, counter) => !(result = !!predicate(value, counter)));
			return result;
		},
		find(predicate) {
			let result;
			visitAll(open(this, "find", predicate), (value, counter) => {
				if (!predicate(value, counter)) return false;
				result = value;
				return true;
			});
			return result;
		},
	};

	return { methods: { Iterator: iteratorFunctions, "Iterator.prototype": iteratorMethods } };
})
