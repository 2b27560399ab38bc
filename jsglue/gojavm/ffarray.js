// FFglitch's FFArrays and FFPtrs. An object of these classes is a typed array
// whose prototype has only the methods that FFglitch documents.
(function (global, kindKey, defineMethods) {
	const typedArray = Object.getPrototypeOf(Int8Array.prototype);
	const getter = (name) => uncurry(Object.getOwnPropertyDescriptor(typedArray, name).get);
	function uncurry(f) {
		return Function.prototype.call.bind(f);
	}
	const bufferOf = getter("buffer");
	const byteOffsetOf = getter("byteOffset");
	const lengthOf = getter("length");
	const setElements = uncurry(typedArray.set);
	const fillElements = uncurry(typedArray.fill);
	const sliceBuffer = uncurry(ArrayBuffer.prototype.slice);
	const { construct } = Reflect;
	const { defineProperty } = Object;
	const { trunc } = Math;
	const { asIntN } = BigInt;
	const toBigInt = BigInt;

	const kinds = [
		["Int8", Int8Array, 1],
		["Uint8", Uint8Array, 1],
		["Int16", Int16Array, 2],
		["Uint16", Uint16Array, 2],
		["Int32", Int32Array, 4],
		["Uint32", Uint32Array, 4],
		["Int64", BigInt64Array, 8],
		["Uint64", BigUint64Array, 8],
	];
	const int64 = 6;
	const arrays = [];
	const pointers = [];

	function kindOf(a) {
		const kind = a === undefined || a === null ? undefined : a[kindKey];
		if (kind === undefined) throw new TypeError("not an FFArray or FFPtr");
		return kind;
	}

	function integer(v) {
		v = trunc(+v);
		return v === v ? v : 0;
	}

	// position resolves a position, which counts from the end if it is negative.
	function position(v, length, missing) {
		if (v === undefined) return missing;
		v = integer(v);
		if (v < 0) v += length;
		return v < 0 ? 0 : v > length ? length : v;
	}

	function range(begin, end, length) {
		const from = position(begin, length, 0);
		const to = position(end, length, length);
		if (to <= from && length > 0) throw new RangeError("out-of-bound access");
		return [from, to];
	}

	const methods = {
		subarray(begin, end) {
			const kind = kindOf(this);
			const [from, to] = range(begin, end, lengthOf(this));
			const [, Elements, size] = kinds[kind];
			return construct(Elements, [bufferOf(this), byteOffsetOf(this) + from * size, to - from], pointers[kind]);
		},
		set(source, offset) {
			const kind = kindOf(this);
			if (arguments.length === 0) return this;
			if (source === undefined || source === null || source[kindKey] !== kind) throw new TypeError("type mismatch");
			const length = lengthOf(this);
			const at = position(offset, length, 0);
			if (at + lengthOf(source) > length) throw new RangeError("out-of-bound access");
			setElements(this, source, at);
			return this;
		},
		fill(value, begin, end) {
			const kind = kindOf(this);
			if (arguments.length === 0) return this;
			const big = kinds[kind][2] === 8;
			if (typeof value !== "number" && !(big && typeof value === "bigint"))
				throw new TypeError("the first argument to fill() must be a number");
			const [from, to] = range(begin, end, lengthOf(this));
			if (big && typeof value === "number") {
				value = integer(value);
				value = asIntN(64, toBigInt(value - value === 0 ? value : 0));
			}
			if (kind === int64) for (let i = from; i < to; i++) this[i] = value;
			else fillElements(this, value, from, to);
			return this;
		},
		slice(begin, end) {
			const kind = kindOf(this);
			const [from, to] = range(begin, end, lengthOf(this));
			return copy(this, kind, from, to);
		},
		dup() {
			return copy(this, kindOf(this), 0, lengthOf(this));
		},
		map(callback, thisArg) {
			const kind = kindOf(this);
			if (typeof callback !== "function") throw new TypeError("not a function");
			const length = lengthOf(this);
			const result = construct(kinds[kind][1], [length], arrays[kind]);
			for (let i = 0; i < length; i++) result[i] = apply(callback, thisArg, this[i], i, this);
			return result;
		},
	};

	function copy(a, kind, from, to) {
		const [, Elements, size] = kinds[kind];
		const offset = byteOffsetOf(a);
		return construct(Elements, [sliceBuffer(bufferOf(a), offset + from * size, offset + to * size)], arrays[kind]);
	}

	const apply = uncurry(Function.prototype.call);

	// The rest are the typed arrays' own methods.
	for (const name of ["toString", "join", "copyWithin", "reverse", "sort", "every", "some", "forEach", "find",
		"findIndex", "indexOf", "lastIndexOf", "includes", "reduce", "reduceRight", "values", "keys", "entries"])
		methods[name] = typedArray[name];

	// In fill, indexOf, lastIndexOf and includes, goja's BigInt64Array treats negative numbers as
	// positive ones; Array's methods do not.
	const int64Methods = { ...methods };
	for (const name of ["indexOf", "lastIndexOf", "includes"]) int64Methods[name] = Array.prototype[name];

	function hidden(object, key, value) {
		defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
	}

	function install(constructor, kind) {
		const { prototype } = constructor;
		defineProperty(prototype, kindKey, { value: kind });
		defineProperty(prototype, "length", {
			get: Object.getOwnPropertyDescriptor(typedArray, "length").get,
			enumerable: false,
			configurable: true,
		});
		const own = kind === int64 ? int64Methods : methods;
		defineMethods(prototype, own);
		hidden(prototype, Symbol.iterator, methods.values);
		hidden(global, constructor.name, constructor);
	}

	kinds.forEach(([name, Elements], kind) => {
		const arrayName = name + "FFArray";
		const { [arrayName]: array } = {
			[arrayName]: function (length) {
				const n = integer(length);
				if (n < 0 || n > 0xffffffff) throw new TypeError("FFArray() takes a positive length as argument");
				return construct(Elements, [n], new.target || array);
			},
		};
		const pointerName = name + "FFPtr";
		const { [pointerName]: pointer } = {
			[pointerName]: function (source) {
				if (typeof source !== "object" || source === null || source[kindKey] !== kind)
					throw new TypeError("type mismatch");
				return construct(Elements, [bufferOf(source), byteOffsetOf(source), lengthOf(source)], new.target || pointer);
			},
		};
		arrays.push(array);
		pointers.push(pointer);
		install(array, kind);
		install(pointer, kind);
	});

	hidden(Math, "lround", function lround(x) {
		x = +x;
		return Math.sign(x) * Math.round(Math.abs(x));
	});
});
