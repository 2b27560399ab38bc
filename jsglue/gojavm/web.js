// Globals that browsers, Node and QuickJS-ng have. The file is one function; it is called at the
// first use of one of them, with ECMAScript's own globals from the start of the VM and the native
// functions. It returns the globals.
(function (realm, natives) {
	"use strict";

	const {
		Array, ArrayBuffer, BigInt, Boolean, DataView, Date, Error, EvalError, Map, Number, Object, RangeError, ReferenceError,
		Reflect, RegExp, Set, String, Symbol, SyntaxError, TypeError, URIError, Uint8Array, WeakMap, WeakSet,
	} = realm;
	const { classOf, isFFArray, shareBuffer, detachBuffer, newDecoder, encodeUTF8, encodeInto, now, timeOrigin } = natives;
	const { apply } = Reflect;
	const { create, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, keys, setPrototypeOf } = Object;
	const objectPrototype = Object.prototype;
	const errors = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
	const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
	const typedArray = getPrototypeOf(Uint8Array.prototype);
	const viewed = {
		kind: getter(typedArray, Symbol.toStringTag),
		buffer: getter(typedArray, "buffer"),
		byteOffset: getter(typedArray, "byteOffset"),
		length: getter(typedArray, "length"),
	};
	const dataView = {
		buffer: getter(DataView.prototype, "buffer"),
		byteOffset: getter(DataView.prototype, "byteOffset"),
		byteLength: getter(DataView.prototype, "byteLength"),
	};
	const { slice } = ArrayBuffer.prototype, bufferLength = getter(ArrayBuffer.prototype, "byteLength");
	const { getTime } = Date.prototype;
	const regexp = { source: getter(RegExp.prototype, "source"), flags: getter(RegExp.prototype, "flags") };
	const mapForEach = Map.prototype.forEach, mapSet = Map.prototype.set, mapGet = Map.prototype.get;
	const setForEach = Set.prototype.forEach, setAdd = Set.prototype.add;
	const typedArrays = create(null);
	for (const name of ["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64", "BigInt64", "BigUint64"])
		typedArrays[name + "Array"] = realm[name + "Array"];

	function hidden(object, name, value) {
		defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
	}

	function tag(Class, name) {
		defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
	}

	// ---- DOMException ----

	const codes = { InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12,
		AbortError: 20, TimeoutError: 23, DataCloneError: 25 };

	class DOMException extends Error {
		#name;
		constructor(message = "", name = "Error") {
			super(message);
			this.#name = `${name}`;
		}
		get name() { return this.#name; }
		get code() { return hasOwn(codes, this.#name) ? codes[this.#name] : 0; }
	}
	tag(DOMException, "DOMException");

	// ---- DataViews ----

	function isDataView(value) {
		return classOf(value) === "Object" && brand(value) === "DataView";
	}

	// viewOf returns another view like a DataView, of its buffer or of a copy of it.
	function viewOf(Class, view, copy = (buffer) => buffer) {
		return new Class(copy(apply(dataView.buffer, view, [])), apply(dataView.byteOffset, view, []), apply(dataView.byteLength, view, []));
	}

	// ---- TextEncoder, TextDecoder ----

	class TextEncoder {
		get encoding() { return "utf-8"; }
		encode(input = "") { return encodeUTF8(`${input}`); }
		encodeInto(source, destination) {
			const text = `${source}`;
			if (apply(viewed.kind, destination, []) !== "Uint8Array") throw new TypeError("not a Uint8Array");
			return encodeInto(text, destination);
		}
	}
	tag(TextEncoder, "TextEncoder");

	class TextDecoder {
		#decode;
		#encoding;
		#fatal;
		#ignoreBOM;
		constructor(label = "utf-8", options = {}) {
			const { fatal, ignoreBOM } = options ?? {};
			this.#fatal = !!fatal;
			this.#ignoreBOM = !!ignoreBOM;
			const { encoding, decode } = newDecoder(`${label}`, this.#fatal, this.#ignoreBOM);
			this.#encoding = encoding;
			this.#decode = decode;
		}
		get encoding() { return this.#encoding; }
		get fatal() { return this.#fatal; }
		get ignoreBOM() { return this.#ignoreBOM; }
		decode(input, options) {
			const decode = this.#decode;
			return decode(isDataView(input) ? viewOf(Uint8Array, input) : input, !!options?.stream);
		}
	}
	tag(TextDecoder, "TextDecoder");

	// ---- performance ----

	class Performance {
		now() { return now(); }
		get timeOrigin() { return timeOrigin; }
		toJSON() { return { timeOrigin }; }
	}
	tag(Performance, "Performance");

	// ---- structuredClone ----

	function refuse(value) {
		let text;
		try {
			text = typeof value === "symbol" ? "a symbol" : typeof value === "function" ? "a function" : `a ${classOf(value)}`;
		} catch {
			text = "the value";
		}
		throw new DOMException(`${text} could not be cloned`, "DataCloneError");
	}

	// brand recognizes DataViews and boxed values, which classOf treats as ordinary objects.
	function brand(value) {
		for (const [name, check] of brands) {
			try {
				apply(check, value, []);
				return name;
			} catch {
				// Another one.
			}
		}
		return "Object";
	}
	const brands = [
		["DataView", dataView.byteLength], ["BigInt", BigInt.prototype.valueOf], ["Symbol", Symbol.prototype.valueOf],
	];
	for (const Class of [WeakMap, WeakSet]) {
		const { has } = Class.prototype;
		brands.push([Class.name, function () { apply(has, this, [brands]); }]);
	}

	function kindOf(value) {
		const kind = classOf(value);
		if (kind !== "Object") return kind;
		const prototype = getPrototypeOf(value);
		return prototype === objectPrototype || prototype === null ? kind : brand(value);
	}

	// shell makes the copy of an object without its contents, which it adds to the list.
	function shell(original, copy, inside) {
		const kind = kindOf(original);
		switch (kind) {
		case "Boolean": case "Number": case "String": case "BigInt":
			return Object(apply(realm[kind].prototype.valueOf, original, []));
		case "Date":
			return new Date(apply(getTime, original, []));
		case "RegExp":
			return new RegExp(apply(regexp.source, original, []), apply(regexp.flags, original, []));
		case "ArrayBuffer":
			if (shareBuffer(original) === undefined) throw new DOMException("a detached ArrayBuffer cannot be cloned", "DataCloneError");
			return apply(slice, original, [0, apply(bufferLength, original, [])]);
		case "DataView":
			return viewOf(DataView, original, copy);
		case "TypedArray": {
			const Class = typedArrays[apply(viewed.kind, original, [])];
			const made = new Class(copy(apply(viewed.buffer, original, [])), apply(viewed.byteOffset, original, []),
				apply(viewed.length, original, []));
			return isFFArray(original) ? setPrototypeOf(made, getPrototypeOf(original)) : made;
		}
		case "Error": {
			const { name } = original, message = getOwnPropertyDescriptor(original, "message");
			const made = new (hasOwn(errors, name) ? errors[name] : Error)();
			if (message !== undefined && hasOwn(message, "value")) hidden(made, "message", `${message.value}`);
			hidden(made, "stack", `${original.stack}`);
			if (hasOwn(original, "cause")) inside[inside.length] = () => hidden(made, "cause", copy(original.cause));
			return made;
		}
		case "Map": {
			const made = new Map(), entries = [];
			apply(mapForEach, original, [(value, key) => { entries[entries.length] = [key, value]; }]);
			inside[inside.length] = () => {
				for (let i = 0; i < entries.length; i++) apply(mapSet, made, [copy(entries[i][0]), copy(entries[i][1])]);
			};
			return made;
		}
		case "Set": {
			const made = new Set(), members = [];
			apply(setForEach, original, [(value) => { members[members.length] = value; }]);
			inside[inside.length] = () => {
				for (let i = 0; i < members.length; i++) apply(setAdd, made, [copy(members[i])]);
			};
			return made;
		}
		case "Array": case "Object": {
			const made = kind === "Array" ? new Array(original.length) : {};
			inside[inside.length] = () => {
				const names = keys(original);
				for (let i = 0; i < names.length; i++) {
					const name = names[i];
					if (hasOwn(original, name))
						defineProperty(made, name, { value: copy(original[name]), writable: true, enumerable: true, configurable: true });
				}
			};
			return made;
		}
		}
		return refuse(original);
	}

	function structuredClone(value, options) {
		if (arguments.length === 0) throw new TypeError("structuredClone needs a value");
		const copies = new Map(), moved = [];
		for (const buffer of options?.transfer ?? []) {
			if (typeof buffer !== "object" || buffer === null || classOf(buffer) !== "ArrayBuffer" || apply(mapGet, copies, [buffer]) !== undefined)
				throw new DOMException("only ArrayBuffers can be transferred, each once", "DataCloneError");
			const shared = shareBuffer(buffer);
			if (shared === undefined) throw new DOMException("a detached ArrayBuffer cannot be transferred", "DataCloneError");
			apply(mapSet, copies, [buffer, shared]);
			moved[moved.length] = buffer;
		}
		const inside = []; // a list, so that nesting needs no stack
		function copy(original) {
			if (typeof original === "symbol" || typeof original === "function") refuse(original);
			if (typeof original !== "object" || original === null) return original;
			let made = apply(mapGet, copies, [original]);
			if (made === undefined) {
				made = shell(original, copy, inside);
				apply(mapSet, copies, [original, made]);
			}
			return made;
		}
		const result = copy(value);
		while (inside.length > 0) {
			const fill = inside[inside.length - 1];
			inside.length--;
			fill();
		}
		for (let i = 0; i < moved.length; i++) detachBuffer(moved[i]);
		return result;
	}
	defineProperty(structuredClone, "length", { value: 1, configurable: true });

	return { DOMException, TextEncoder, TextDecoder, Performance, performance: new Performance(), structuredClone };
})
