// Built-ins that goja lacks and that scripts can see without a call, and the parts of the
// realm that Go code uses. The file is one function. It is called once for each VM, with
// functions implemented in Go.
(function (natives) {
	"use strict";

	const { extraFlags, checkPower, isDetached, asNative, makeAsyncGenerator, isAsyncGenerator, compileAsyncGenerator } = natives;
	const { apply, ownKeys, deleteProperty, defineProperty: tryDefine } = Reflect;
	const { create, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys, setPrototypeOf } = Object;
	const { isArray } = Array;
	const { trunc, min, max } = Math;
	const TypeErrorClass = TypeError;

	function isObject(value) {
		return typeof value === "object" && value !== null || typeof value === "function";
	}

	// QuickJS's class for failures of the engine, such as a stack overflow.
	class InternalError extends Error {}
	defineProperty(InternalError.prototype, "name", { value: "InternalError", writable: true, configurable: true });
	defineProperty(InternalError.prototype, "message", { value: "", writable: true, configurable: true });
	asNative(InternalError);
	defineProperty(globalThis, "InternalError", { value: InternalError, writable: true, configurable: true });

	defineProperty(Date.prototype, "toGMTString", { value: Date.prototype.toUTCString, writable: true, configurable: true });
	Array.prototype[Symbol.unscopables].at = true;

	// ---- Iterator ----

	const iteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));
	function Iterator() {
		if (new.target === undefined || new.target === Iterator) throw new TypeErrorClass("Iterator can only be called by a class that extends it");
	}
	asNative(Iterator);
	defineProperty(Iterator, "prototype", { value: iteratorPrototype, writable: false });
	defineProperty(globalThis, "Iterator", { value: Iterator, writable: true, configurable: true });
	// own defines an accessor of Iterator.prototype. An assignment to an inheriting object
	// defines a property of that object instead.
	function own(key, value) {
		const { get, set } = getOwnPropertyDescriptor({
			get [key]() { return value; },
			set [key](value) {
				if (!isObject(this) || this === iteratorPrototype) throw new TypeErrorClass("cannot assign to a property of Iterator.prototype");
				if (getOwnPropertyDescriptor(this, key) === undefined)
					defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
				else this[key] = value;
			},
		}, key);
		defineProperty(iteratorPrototype, key, { get: asNative(get), set: asNative(set), configurable: true });
	}
	own("constructor", Iterator);
	own(Symbol.toStringTag, "Iterator");

	// ---- RegExp: the flags d and v ----

	const regexpProto = RegExp.prototype;
	const goja = {};
	for (const name of ["unicode"]) goja[name] = getOwnPropertyDescriptor(regexpProto, name).get;
	function redefine(object, accessors) {
		for (const key of ownKeys(accessors)) {
			const { get } = getOwnPropertyDescriptor(accessors, key);
			defineProperty(object, key, { get: asNative(get), configurable: true });
		}
	}
	function flagGetter(regexp, name, flag) {
		if (regexp === regexpProto) return undefined;
		const extra = extraFlags(regexp);
		if (extra === null) throw new TypeErrorClass(`RegExp.prototype.${name} called on an object that is not a RegExp`);
		return extra.includes(flag);
	}
	redefine(regexpProto, {
		get hasIndices() { return flagGetter(this, "hasIndices", "d"); },
		get unicodeSets() { return flagGetter(this, "unicodeSets", "v"); },
		get unicode() {
			if (isObject(this) && extraFlags(this)?.includes("v")) return false;
			return apply(goja.unicode, this, []);
		},
		get flags() {
			if (!isObject(this)) throw new TypeErrorClass("RegExp.prototype.flags called on a value that is not an object");
			let flags = "";
			if (this.hasIndices) flags += "d";
			if (this.global) flags += "g";
			if (this.ignoreCase) flags += "i";
			if (this.multiline) flags += "m";
			if (this.dotAll) flags += "s";
			if (this.unicode) flags += "u";
			if (this.unicodeSets) flags += "v";
			if (this.sticky) flags += "y";
			return flags;
		},
	});

	const generator = getPrototypeOf(function* () {}).prototype;
	const typedArray = getPrototypeOf(Uint8Array.prototype);
	const viewed = (key) => getOwnPropertyDescriptor(typedArray, key).get;

	return {
		// The argument of the late sources: parts of the realm, before any script ran.
		realm: {
			apply, create, deleteProperty, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, isArray, trunc, min, max, InternalError, Object, Array, Map, Date,
			RangeError, TypeError, String, species: Symbol.species, mapGet: Map.prototype.get, mapSet: Map.prototype.set, mapForEach: Map.prototype.forEach,
			charCodeAt: String.prototype.charCodeAt, slice: String.prototype.slice, getFullYear: Date.prototype.getFullYear,
			Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array, asIntN: BigInt.asIntN, isDetached,
			Promise, promiseThen: Promise.prototype.then, promiseResolve: Promise.resolve, asyncIterator: Symbol.asyncIterator, iterator: Symbol.iterator,
			generator: { next: generator.next, throw: generator.throw, return: generator.return }, toStringTag: Symbol.toStringTag, WeakMap,
			weakGet: WeakMap.prototype.get, weakSet: WeakMap.prototype.set, shift: Array.prototype.shift,
			classOfView: viewed(Symbol.toStringTag), bufferOfView: viewed("buffer"), lengthOfView: viewed("length"),
			makeAsyncGenerator, isAsyncGenerator, compileAsyncGenerator, Function, ownKeys, asNative, setPrototypeOf, isPrototypeOf: Object.prototype.isPrototypeOf, iteratorPrototype,
			setFullYear: Date.prototype.setFullYear, getTime: Date.prototype.getTime, setTime: Date.prototype.setTime,
		},
		// power is base ** exponent. goja itself does not limit the size of the result.
		power(base, exponent) {
			base = -(-base);
			exponent = -(-exponent);
			checkPower(base, exponent);
			return base ** exponent;
		},
		get: (object, key) => object[key],
		setOwn: (object, key, value) => tryDefine(object, key, { value, writable: true, enumerable: true, configurable: true }),
		remove: (object, key) => deleteProperty(object, key),
		keys,
		isArray,
		primitive: (object) => object.valueOf(),
	};
})
