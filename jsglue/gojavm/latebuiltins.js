// Built-in functions that goja lacks, and replacements of its own functions for very long
// arrays. Few scripts call them, so the file is compiled at the first call. It is one
// function, whose argument has parts of the realm from before any script ran.
(function (realm) {
	"use strict";

	const {
		apply, create, deleteProperty, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, isArray, trunc, min, max, InternalError, Object, Array, Map, Date,
		RangeError, TypeError, String, species, mapGet, mapSet, mapForEach, charCodeAt, slice, getFullYear, setFullYear, getTime, setTime,
		Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array, asIntN, isDetached, classOfView, bufferOfView,
		lengthOfView, Promise, promiseThen, promiseResolve, asyncIterator, iterator, generator, toStringTag, WeakMap, weakGet, weakSet, shift, asNative,
		makeAsyncGenerator, isAsyncGenerator, compileAsyncGenerator, Function, ownKeys, setPrototypeOf,
	} = realm;

	function toObject(value) {
		if (value === undefined || value === null) throw new TypeError("cannot convert undefined or null to an object");
		return Object(value);
	}

	function callable(f) {
		if (typeof f !== "function") throw new TypeError("not a function");
		return f;
	}

	function isObject(value) {
		return typeof value === "object" && value !== null || typeof value === "function";
	}

	// ---- Object, Map ----

	const objectMethods = {
		__defineGetter__(name, getter) {
			const object = toObject(this);
			defineProperty(object, name, { get: callable(getter), enumerable: true, configurable: true });
		},
		__defineSetter__(name, setter) {
			const object = toObject(this);
			defineProperty(object, name, { set: callable(setter), enumerable: true, configurable: true });
		},
		__lookupGetter__(name) { return lookup(toObject(this), name, "get"); },
		__lookupSetter__(name) { return lookup(toObject(this), name, "set"); },
	};

	// group calls put for each group of items, in the order in which the groups appear.
	function group(items, f, keyOf) {
		if (items === undefined || items === null) throw new TypeError("cannot group undefined or null");
		callable(f);
		const groups = new Map();
		let index = 0;
		for (const item of items) {
			const key = keyOf(f(item, index++));
			const list = apply(mapGet, groups, [key]);
			if (list === undefined) apply(mapSet, groups, [key, [item]]);
			else put(list, list.length, item);
		}
		return groups;
	}
	const objectFunctions = {
		groupBy(items, f) {
			const groups = group(items, f, (key) => typeof key === "symbol" ? key : `${key}`);
			const result = create(null);
			apply(mapForEach, groups, [(list, key) => put(result, key, list)]);
			return result;
		},
	};
	const mapFunctions = { groupBy(items, f) { return group(items, f, (key) => key); } };

	function lookup(object, name, accessor) {
		const key = typeof name === "symbol" ? name : `${name}`;
		for (; object !== null; object = getPrototypeOf(object)) {
			const descriptor = getOwnPropertyDescriptor(object, key);
			if (descriptor !== undefined) return descriptor[accessor];
		}
	}

	// ---- Strings, dates: Annex B of the standard ----

	function html(name) {
		return function (value) {
			const text = thisString(this, name), element = elements[name], attribute = attributes[name];
			const added = attribute === undefined ? "" : ` ${attribute}="${`${value}`.split('"').join("&quot;")}"`;
			return `<${element}${added}>${text}</${element}>`;
		};
	}
	const elements = {
		anchor: "a", big: "big", blink: "blink", bold: "b", fixed: "tt", fontcolor: "font", fontsize: "font", italics: "i",
		link: "a", small: "small", strike: "strike", sub: "sub", sup: "sup",
	};
	const attributes = { anchor: "name", fontcolor: "color", fontsize: "size", link: "href" };

	// loneSurrogate returns the index of the first unpaired surrogate at or after from, -1 if there is none.
	function loneSurrogate(text, from) {
		for (let i = from; i < text.length; i++) {
			const unit = apply(charCodeAt, text, [i]);
			if (unit < 0xd800 || unit > 0xdfff) continue;
			const next = i + 1 < text.length ? apply(charCodeAt, text, [i + 1]) : 0;
			if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) return i;
			i++;
		}
		return -1;
	}
	function thisString(value, name) {
		if (value === undefined || value === null) throw new TypeError(`String.prototype.${name} called on null or undefined`);
		return `${value}`;
	}
	const stringMethods = {
		isWellFormed() { return loneSurrogate(thisString(this, "isWellFormed"), 0) < 0; },
		toWellFormed() {
			const text = thisString(this, "toWellFormed");
			let result = "", from = 0;
			for (let at; (at = loneSurrogate(text, from)) >= 0; from = at + 1)
				result += apply(slice, text, [from, at]) + "\ufffd";
			return from === 0 ? text : result + apply(slice, text, [from]);
		},
	};
	for (const name in elements) stringMethods[name] = html(name);

	const dateMethods = {
		getYear() { return apply(getFullYear, this, []) - 1900; },
		setYear(year) {
			let time = apply(getTime, this, []);
			const number = +year;
			if (number !== number) return apply(setTime, this, [NaN]);
			const whole = trunc(number);
			if (time !== time) apply(setTime, this, [+new Date(1970, 0, 1)]);
			return apply(setFullYear, this, [whole >= 0 && whole <= 99 ? whole + 1900 : number]);
		},
	};

	// ---- Promise ----

	const promiseFunctions = {
		withResolvers() {
			let resolve, reject;
			const promise = new this((...functions) => {
				if (resolve !== undefined || reject !== undefined) throw new TypeError("the executor of a promise was called twice");
				resolve = functions[0];
				reject = functions[1];
			});
			callable(resolve);
			callable(reject);
			return { promise, resolve, reject };
		},
	};

	// ---- asynchronous generators: ordinary ones that yield an Await for each await ----

	// Such a generator yields an Await to await promise. It is resumed by its method named by
	// resume, or by throw.
	class Await {
		constructor(promise, resume = "next") {
			this.promise = promise;
			this.resume = resume;
		}
	}
	// settled calls one of two functions when a value is settled.
	function settled(value, fulfilled, rejected) {
		let promise;
		try {
			promise = apply(promiseResolve, Promise, [value]);
		} catch (error) {
			rejected(error);
			return;
		}
		apply(promiseThen, promise, [fulfilled, rejected]);
	}
	const asyncIteratorPrototype = {};
	defineProperty(asyncIteratorPrototype, asyncIterator, {
		value: { [asyncIterator]() { return this; } }[asyncIterator], writable: true, configurable: true,
	});
	asNative(asyncIteratorPrototype[asyncIterator]);
	defineProperty(asyncIteratorPrototype[asyncIterator], "name", { value: "[Symbol.asyncIterator]", configurable: true });
	const asyncGeneratorPrototype = create(asyncIteratorPrototype);
	defineProperty(asyncGeneratorPrototype, toStringTag, { value: "AsyncGenerator", configurable: true });
	const runs = new WeakMap(); // of asynchronous generators
	function addMethod(kind) {
		const method = { [kind](value) {
			let request;
			const promise = new Promise((resolve, reject) => { request = { kind, value, resolve, reject }; });
			const run = apply(weakGet, runs, [this]) ?? (isAsyncGenerator(this) ? runOf(this, this) : undefined);
			if (run === undefined) request.reject(new TypeError(`AsyncGenerator.prototype.${kind} called on an object that is not an asynchronous generator`));
			else run(request);
			return promise;
		} }[kind];
		defineProperty(asyncGeneratorPrototype, kind, { value: asNative(method), writable: true, configurable: true });
	}
	addMethod("next"); // not a loop over an array: a script may have changed Array's iterator
	addMethod("return");
	addMethod("throw");

	// asyncGenerator is esbuild's helper: it wraps an ordinary generator in an asynchronous one.
	function asyncGenerator(self, args, start) {
		const made = create(asyncGeneratorPrototype);
		runOf(made, apply(start, self, args === null ? [] : args));
		return made;
	}
	// runOf returns the function that queues the requests of the asynchronous generator made, and runs
	// them on the ordinary generator sync.
	function runOf(made, sync) {
		const queue = [];
		let state = "start"; // or "yield", "executing", "return", "completed"
		const settle = (how, value) => apply(shift, queue, [])[how](value);
		function proceed() {
			while (queue.length > 0 && state !== "executing" && state !== "return") {
				const { kind, value } = queue[0];
				if (state === "start" && kind !== "next") state = "completed";
				if (state !== "completed") {
					state = "executing";
					if (kind === "return") settled(value, (result) => step("return", result), (error) => step("throw", error));
					else step(kind, value);
				} else if (kind === "next") {
					settle("resolve", { value: undefined, done: true });
				} else if (kind === "throw") {
					settle("reject", value);
				} else {
					state = "return";
					const end = (how, result) => {
						state = "completed";
						settle(how, result);
						proceed();
					};
					settled(value, (result) => end("resolve", { value: result, done: true }), (error) => end("reject", error));
				}
			}
		}
		function step(kind, value) {
			let result;
			try {
				result = apply(generator[kind], sync, [value]);
			} catch (error) {
				state = "completed";
				settle("reject", error);
				proceed();
				return;
			}
			value = result.value;
			if (result.done) {
				state = "completed";
				settle("resolve", { value, done: true });
				proceed();
			} else if (value instanceof Await) {
				settled(value.promise, (awaited) => step(value.resume, awaited), (error) => step("throw", error));
			} else if (value instanceof Delegated) {
				yielded(value.value);
			} else {
				settled(value, yielded, (error) => step("throw", error));
			}
		}
		function yielded(value) {
			state = "yield";
			settle("resolve", { value, done: false });
			proceed();
		}
		const run = (request) => {
			put(queue, queue.length, request);
			proceed();
		};
		apply(weakSet, runs, [made, run]);
		return run;
	}
	const asyncGeneratorFunctionPrototype = create(Function.prototype);
	function AsyncGeneratorFunction(...args) {
		const f = apply(compileAsyncGenerator, undefined, args);
		if (new.target !== undefined && new.target !== AsyncGeneratorFunction) {
			const { prototype } = new.target;
			if (isObject(prototype)) setPrototypeOf(f, prototype);
		}
		return f;
	}
	asNative(AsyncGeneratorFunction);
	setPrototypeOf(AsyncGeneratorFunction, Function);
	defineProperty(AsyncGeneratorFunction, "length", { value: 1, configurable: true });
	defineProperty(AsyncGeneratorFunction, "prototype", { value: asyncGeneratorFunctionPrototype, writable: false });
	defineProperty(asyncGeneratorFunctionPrototype, "constructor", { value: AsyncGeneratorFunction, configurable: true });
	defineProperty(asyncGeneratorFunctionPrototype, "prototype", { value: asyncGeneratorPrototype, configurable: true });
	defineProperty(asyncGeneratorFunctionPrototype, toStringTag, { value: "AsyncGeneratorFunction", configurable: true });
	defineProperty(asyncGeneratorPrototype, "constructor", { value: asyncGeneratorFunctionPrototype, configurable: true });
	// markMethods turns marked methods of an object into asynchronous generator functions.
	function markMethods(object, prototype) {
		const keys = ownKeys(object);
		for (let i = 0; i < keys.length; i++) makeAsyncGenerator(getOwnPropertyDescriptor(object, keys[i]).value);
		if (prototype !== undefined) markMethods(prototype);
		return object;
	}

	// yield*: yieldStar returns an iterator for an ordinary yield*. Its values are Awaits, and the
	// values to yield as Delegated objects.
	class Delegated {
		constructor(value) { this.value = value; }
	}
	function yieldStar(iterable) {
		let method = iterable[asyncIterator], object;
		if (method === undefined || method === null) object = fromSync(apply(callable(iterable[iterator]), iterable, []));
		else object = apply(callable(method), iterable, []);
		if (!isObject(object)) throw new TypeError("the iterator of yield* is not an object");
		const { next } = object;
		let awaited; // the kind of call whose result is awaited
		function wait(kind, promise) {
			awaited = kind;
			return { done: false, value: new Await(promise, kind === "return" || kind === "value" ? "return" : "next") };
		}
		function request(kind, value) {
			if (kind === "next") return wait(kind, apply(next, object, [value]));
			const method = object[kind];
			if (method !== undefined && method !== null) return wait(kind, apply(callable(method), object, [value]));
			if (kind === "return") return wait("value", value);
			const close = object.return;
			if (close !== undefined && close !== null) return wait("close", apply(callable(close), object, []));
			throw new TypeError("the iterator of yield* has no method 'throw'");
		}
		function receive(kind, value) {
			if (awaited === undefined) return request(kind, value);
			const call = awaited;
			awaited = undefined;
			if (kind === "throw") throw value;
			if (call === "value") return { done: true, value };
			if (!isObject(value)) throw new TypeError("the iterator of yield* returned a value that is not an object");
			if (call === "close") throw new TypeError("the iterator of yield* has no method 'throw'");
			return value.done ? { done: true, value: value.value } : { done: false, value: new Delegated(value.value) };
		}
		return {
			[iterator]() { return this; },
			next: (value) => receive("next", value),
			throw: (value) => receive("throw", value),
			return: (value) => receive("return", value),
		};
	}
	// fromSync is CreateAsyncFromSyncIterator.
	function fromSync(object) {
		if (!isObject(object)) throw new TypeError("the iterator of yield* is not an object");
		const { next } = object;
		const close = () => {
			const method = object.return;
			if (method !== undefined && method !== null) apply(callable(method), object, []);
		};
		const proceed = (kind, call) => new Promise((resolve, reject) => {
			const result = call();
			if (!isObject(result)) throw new TypeError("the iterator of yield* returned a value that is not an object");
			const done = !!result.done;
			settled(result.value, (value) => resolve({ value, done }), (error) => {
				if (!done && kind !== "return") try { close(); } catch {}
				reject(error);
			});
		});
		return {
			next: (value) => proceed("next", () => apply(next, object, [value])),
			return: (value) => proceed("return", () => {
				const method = object.return;
				return method === undefined || method === null ? { value, done: true } : apply(callable(method), object, [value]);
			}),
			throw: (value) => proceed("throw", () => {
				const method = object.throw;
				if (method !== undefined && method !== null) return apply(callable(method), object, [value]);
				close();
				throw new TypeError("the iterator of yield* has no method 'throw'");
			}),
		};
	}

	// ---- Atomics: one thread runs scripts, so every operation is atomic ----

	const integerArrays = { __proto__: null, Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array };
	function integerArray(array, only) {
		const name = isObject(array) ? apply(classOfView, array, []) : undefined;
		if (name === undefined || !(name in integerArrays) || only !== undefined && !(name in only))
			throw new TypeError("Atomics: the first argument must be a typed array of integers");
		checkAttached(array);
		return name;
	}
	function checkAttached(array) {
		if (isDetached(apply(bufferOfView, array, []))) throw new TypeError("Atomics: the array's buffer is detached");
	}
	function toInteger(value) {
		const number = trunc(+value);
		return number !== number ? 0 : number + 0;
	}
	function indexIn(array, value) {
		const index = toInteger(value);
		if (index < 0 || index >= apply(lengthOfView, array, [])) throw new RangeError("Atomics: the index is out of range");
		return index;
	}
	const isBig = (name) => name === "BigInt64Array" || name === "BigUint64Array";
	// element converts a value as a store to an array of the class would.
	function element(name, value) {
		const box = new integerArrays[name](1);
		box[0] = value;
		return box[0];
	}
	function modify(operate) {
		return function (array, at, value) {
			const name = integerArray(array), index = indexIn(array, at);
			const operand = element(name, isBig(name) ? asIntN(64, value) : toInteger(value));
			checkAttached(array);
			const old = array[index];
			array[index] = operate(old, operand);
			return old;
		};
	}
	const waitable = { __proto__: null, Int32Array, BigInt64Array };
	const atomics = {
		add: modify((a, b) => a + b),
		and: modify((a, b) => a & b),
		exchange: modify((_, b) => b),
		or: modify((a, b) => a | b),
		sub: modify((a, b) => a - b),
		xor: modify((a, b) => a ^ b),
		compareExchange(array, at, expected, replacement) {
			const name = integerArray(array), index = indexIn(array, at);
			const convert = (value) => element(name, isBig(name) ? asIntN(64, value) : toInteger(value));
			const before = convert(expected), after = convert(replacement);
			checkAttached(array);
			const old = array[index];
			if (old === before) array[index] = after;
			return old;
		},
		isLockFree(size) {
			const n = toInteger(size);
			return n === 1 || n === 2 || n === 4 || n === 8;
		},
		load(array, at) {
			integerArray(array);
			const index = indexIn(array, at);
			checkAttached(array);
			return array[index];
		},
		store(array, at, value) {
			const name = integerArray(array), index = indexIn(array, at);
			const stored = isBig(name) ? asIntN(16777216, value) : toInteger(value);
			checkAttached(array);
			array[index] = stored;
			return stored;
		},
		notify(array, at, count) {
			integerArray(array, waitable);
			indexIn(array, at);
			if (count !== undefined) toInteger(count);
			return 0;
		},
		wait(array) {
			integerArray(array, waitable);
			throw new TypeError("Atomics.wait: no other thread can end the wait");
		},
	};

	// ---- long arrays ----

	// goja's own loops over an array visit each index and cannot be interrupted. Calls for very
	// long arrays are passed to these functions instead.
	function lengthOf(object) {
		const length = trunc(+object.length);
		return length > 0 ? min(length, 9007199254740991) : 0;
	}
	function relative(value, length, otherwise) {
		if (value === undefined) return otherwise;
		const index = trunc(+value) || 0;
		return index < 0 ? max(length + index, 0) : min(index, length);
	}
	function remove(object, key) {
		if (!deleteProperty(object, key)) throw new TypeError(`cannot delete property '${String(key)}'`);
	}
	function move(object, from, to) {
		if (from in object) object[to] = object[from];
		else remove(object, to);
	}
	function newArray(original, length) {
		if (!isArray(original)) {
			if (length > 4294967295) throw new RangeError("invalid array length");
			return new Array(length);
		}
		let { constructor } = original;
		if (isObject(constructor)) constructor = constructor[species];
		if (constructor === undefined || constructor === null || constructor === Array) {
			if (length > 4294967295) throw new RangeError("invalid array length");
			return new Array(length);
		}
		return new constructor(length);
	}
	function put(object, key, value) {
		defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
	}
	// search calls visit for each index, or each that exists, until it returns true.
	function search(object, f, thisArgument, { all, backwards }, visit) {
		const length = lengthOf(object);
		callable(f);
		for (let n = 0; n < length; n++) {
			const i = backwards ? length - 1 - n : n;
			if (!all && !(i in object)) continue;
			const value = object[i];
			if (visit(apply(f, thisArgument, [value, i, object]), value, i)) return;
		}
	}
	function reduce(object, f, initial, backwards) {
		const length = lengthOf(object);
		callable(f);
		let has = initial.length > 1, result = initial[1];
		for (let n = 0; n < length; n++) {
			const i = backwards ? length - 1 - n : n;
			if (!(i in object)) continue;
			result = has ? f(result, object[i], i, object) : object[i];
			has = true;
		}
		if (!has) throw new TypeError("reduce of an empty array with no initial value");
		return result;
	}
	const longArrays = {
		indexOf(value, from) {
			const length = lengthOf(this);
			for (let i = relative(from, length, 0); i < length; i++) if (i in this && this[i] === value) return i;
			return -1;
		},
		lastIndexOf(value) {
			const length = lengthOf(this);
			let i = arguments.length > 1 ? trunc(+arguments[1]) || 0 : length - 1;
			i = i < 0 ? length + i : min(i, length - 1);
			for (; i >= 0; i--) if (i in this && this[i] === value) return i;
			return -1;
		},
		includes(value, from) {
			const length = lengthOf(this);
			for (let i = relative(from, length, 0); i < length; i++) {
				const element = this[i];
				if (element === value || element !== element && value !== value) return true;
			}
			return false;
		},
		forEach(f, thisArgument) { search(this, f, thisArgument, {}, () => false); },
		some(f, thisArgument) {
			let found = false;
			search(this, f, thisArgument, {}, (result) => found = !!result);
			return found;
		},
		every(f, thisArgument) {
			let all = true;
			search(this, f, thisArgument, {}, (result) => !(all = !!result));
			return all;
		},
		find(f, thisArgument) {
			let found;
			search(this, f, thisArgument, { all: true }, (result, value) => { if (result) found = value; return result; });
			return found;
		},
		findIndex(f, thisArgument) {
			let found = -1;
			search(this, f, thisArgument, { all: true }, (result, value, i) => { if (result) found = i; return result; });
			return found;
		},
		findLast(f, thisArgument) {
			let found;
			search(this, f, thisArgument, { all: true, backwards: true }, (result, value) => { if (result) found = value; return result; });
			return found;
		},
		findLastIndex(f, thisArgument) {
			let found = -1;
			search(this, f, thisArgument, { all: true, backwards: true }, (result, value, i) => { if (result) found = i; return result; });
			return found;
		},
		reduce(f) { return reduce(this, f, arguments, false); },
		reduceRight(f) { return reduce(this, f, arguments, true); },
		filter(f, thisArgument) {
			callable(f);
			const result = newArray(this, 0);
			let count = 0;
			search(this, f, thisArgument, {}, (keep, value) => { if (keep) put(result, count++, value); return false; });
			return result;
		},
		map(f, thisArgument) {
			callable(f);
			const result = newArray(this, lengthOf(this));
			search(this, f, thisArgument, {}, (value, _, i) => { put(result, i, value); return false; });
			return result;
		},
		slice(start, end) {
			const length = lengthOf(this);
			const first = relative(start, length, 0), last = relative(end, length, length);
			const result = newArray(this, max(last - first, 0));
			let count = 0;
			for (let i = first; i < last; i++, count++) if (i in this) put(result, count, this[i]);
			result.length = count;
			return result;
		},
		fill(value, start, end) {
			const length = lengthOf(this);
			const last = relative(end, length, length);
			for (let i = relative(start, length, 0); i < last; i++) this[i] = value;
			return this;
		},
		copyWithin(target, start, end) {
			const length = lengthOf(this);
			let to = relative(target, length, 0), from = relative(start, length, 0);
			let count = min(relative(end, length, length) - from, length - to), step = 1;
			if (from < to && to < from + count) {
				step = -1;
				from += count - 1;
				to += count - 1;
			}
			for (; count > 0; count--, from += step, to += step) move(this, from, to);
			return this;
		},
		reverse() {
			const length = lengthOf(this);
			for (let low = 0, high = length - 1; low < high; low++, high--) {
				const hasLow = low in this, lowValue = hasLow ? this[low] : undefined;
				const hasHigh = high in this, highValue = hasHigh ? this[high] : undefined;
				if (hasHigh) this[low] = highValue; else if (hasLow) remove(this, low);
				if (hasLow) this[high] = lowValue; else if (hasHigh) remove(this, high);
			}
			return this;
		},
		shift() {
			const length = lengthOf(this);
			const first = this[0];
			for (let i = 1; i < length; i++) move(this, i, i - 1);
			remove(this, length - 1);
			this.length = length - 1;
			return first;
		},
		unshift(...items) {
			const length = lengthOf(this);
			if (items.length > 0) {
				if (length + items.length > 9007199254740991) throw new TypeError("invalid array length");
				for (let i = length - 1; i >= 0; i--) move(this, i, i + items.length);
				for (let i = 0; i < items.length; i++) this[i] = items[i];
			}
			return this.length = length + items.length;
		},
		splice(start, count, ...items) {
			const length = lengthOf(this);
			const from = relative(start, length, 0);
			let removed = 0;
			if (arguments.length === 1) removed = length - from;
			else if (arguments.length > 1) removed = min(max(trunc(+count) || 0, 0), length - from);
			if (length + items.length - removed > 9007199254740991) throw new TypeError("invalid array length");
			const result = newArray(this, removed);
			for (let i = 0; i < removed; i++) if (from + i in this) put(result, i, this[from + i]);
			result.length = removed;
			const added = items.length;
			if (added < removed) {
				for (let i = from; i < length - removed; i++) move(this, i + removed, i + added);
				for (let i = length - 1; i >= length - removed + added; i--) remove(this, i);
			} else if (added > removed) {
				for (let i = length - removed - 1; i >= from; i--) move(this, i + removed, i + added);
			}
			for (let i = 0; i < added; i++) this[from + i] = items[i];
			this.length = length - removed + added;
			return result;
		},
		// flat uses a stack of its own, not recursion, for any depth of nesting.
		flat(depth) {
			const object = toObject(this);
			const limit = depth === undefined ? 1 : trunc(+depth) || 0;
			const result = newArray(object, 0);
			const stack = [{ list: object, i: 0, length: lengthOf(object) }];
			let count = 0;
			while (stack.length > 0) {
				const top = stack[stack.length - 1];
				if (top.i >= top.length) {
					stack.length--;
					continue;
				}
				const i = top.i++;
				if (!(i in top.list)) continue;
				const value = top.list[i];
				if (stack.length <= limit && isArray(value)) {
					if (stack.length > 10000) throw new InternalError("the array is nested too deep");
					stack[stack.length] = { list: value, i: 0, length: lengthOf(value) };
				} else put(result, count++, value);
			}
			return result;
		},
	};

	// ---- replacing ----

	// substitute expands a replacement as String.prototype.replace does: $$, $&, $1, $<name> and
	// the text before and after the match.
	function substitute(template, match, position, text, captures, groups) {
		let result = "", from = 0;
		for (let at; (at = template.indexOf("$", from)) >= 0 && at + 1 < template.length;) {
			result += template.slice(from, at);
			const next = template[at + 1];
			from = at + 2;
			if (next === "$") result += "$";
			else if (next === "&") result += match;
			else if (next === "`") result += text.slice(0, position);
			else if (next === "'") result += text.slice(position + match.length);
			else if (next === "<" && groups !== undefined && template.indexOf(">", at) > 0) {
				const end = template.indexOf(">", at);
				const value = groups[template.slice(at + 2, end)];
				if (value !== undefined) result += `${value}`;
				from = end + 1;
			} else if (next >= "0" && next <= "9") {
				let number = +next, length = 1;
				const second = template[at + 2];
				if (second >= "0" && second <= "9" && number * 10 + +second <= captures.length && number * 10 + +second > 0) {
					number = number * 10 + +second;
					length = 2;
				}
				if (number > 0 && number <= captures.length) {
					if (captures[number - 1] !== undefined) result += captures[number - 1];
					from = at + 1 + length;
				} else {
					result += "$";
					from = at + 1;
				}
			} else {
				result += "$";
				from = at + 1;
			}
		}
		return result + template.slice(from);
	}

	return {
		longArrays,
		generators: {
			asyncGenerator, yieldStar, await: Await, markMethods, prototype: asyncGeneratorPrototype, functionPrototype: asyncGeneratorFunctionPrototype,
		},
		replacer: (template) => (match, ...rest) => {
			const groups = typeof rest[rest.length - 1] === "object" ? rest.pop() : undefined;
			const text = rest.pop(), position = rest.pop();
			return substitute(template, match, position, text, rest, groups);
		},
		methods: {
			"Object.prototype": objectMethods, Object: objectFunctions, Map: mapFunctions, "String.prototype": stringMethods, "Date.prototype": dateMethods,
			Promise: promiseFunctions, Atomics: atomics,
		},
	};
})
