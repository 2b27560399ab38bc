// Values of every kind, and what misbehaves while it is read.
import * as zmq from "zmq";

export const sentinel = { name: "thrown by the script" };

const numbers = [0, -0, 1, -1, 2, 3, 4, 7, 8, 1.5, -0.1, 127, 255, 256, 65535, 65536, 2147483647,
    -2147483648, 2147483648, 4294967295, 4294967296, 9007199254740991, 9007199254740993, 1e21,
    1e308, -1e308, 5e-324, NaN, Infinity, -Infinity];
const bigints = [0n, 1n, -1n, 2147483648n, 9223372036854775807n, -9223372036854775808n,
    9223372036854775808n, 18446744073709551615n, 18446744073709551616n, -(1n << 200n)];
const long = ["x".repeat(70000), "\u20ac".repeat(3000)];
const texts = ["", "a", "hello", "\0", "a\0b\0", "\u00e4\u20ac", "\ud83d\ude00", "\ud800", "\udfff\ud800x",
    "x".repeat(255), "x".repeat(256), "inproc://",
    "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:99999", "ipc://", "ipc:///dev/null/x", "x://y",
    "ipc://" + "l".repeat(300), "inproc://" + "l".repeat(300), "curve", "127.0.0.1:1",
    "0123456789012345678901234567890123456789"];
const views = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array,
    Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array];

export const integer = random => random.chance(30) ? random.pick(numbers) : random.below(64) - 2;
export const text = random => random.rarely(256) ? random.pick(long) : random.pick(texts);

export function view(world) {
    const random = world.random;
    const buffer = random.chance(50) && world.buffers.length ? random.pick(world.buffers) : world.buffer();
    const length = buffer.byteLength;
    if (random.chance(15))
        return buffer;
    const begin = random.below(length / 8 + 1) * 8;
    const room = length - begin;
    if (random.chance(15))
        return new DataView(buffer, begin, random.below(room + 1));
    const kind = random.pick(views);
    return new kind(buffer, begin, random.below(room / kind.BYTES_PER_ELEMENT + 1));
}

// What an element's getter, a proxy's trap or the like does before it gives its value.
function mischief(world) {
    const random = world.random;
    switch (random.below(7)) {
    case 0: {
        const socket = random.pick(world.sockets);
        return random.rarely(4) && socket.close(0) === 0 && world.replace(socket);
    }
    case 1: return world.buffers.length && globalThis.detach?.(random.pick(world.buffers));
    case 2: return globalThis.gc?.();
    case 3: throw sentinel;
    case 4: return random.pick(world.pollers).remove(random.pick(world.sockets));
    case 5: return random.rarely(16) && (world.end(40), random.pick(world.contexts).shutdown());
    default: return world.again?.();
    }
}

function trap(world, make) {
    try {
        mischief(world);
    } catch (e) {
        if (world.random.chance(30) || e === sentinel)
            throw e;
    }
    return make();
}

// An array whose elements may be read through getters.
export function list(world, make) {
    const random = world.random;
    const array = Array.from({ length: random.below(6) }, make);
    for (let i = 0; i < array.length; i++) {
        if (random.chance(15))
            Object.defineProperty(array, i, { get() {
                if (random.chance(20))
                    array.length = random.below(3);
                return trap(world, make);
            }, configurable: true });
    }
    if (random.chance(5))
        array.length = random.rarely(100) ? 70000 : random.pick([0, 9, 100]);
    if (random.chance(10))
        return new Proxy(array, { get(target, key) {
            return trap(world, () => target[key]);
        } });
    return array;
}

export const native = world => world.random.pick(world.random.pick([world.contexts, world.sockets, world.pollers]));

function freshMessage(world) {
    const random = world.random;
    switch (random.below(6)) {
    case 0: return random.pick([null, true, false]);
    case 1: return random.rarely(2) ? integer(random) : random.bits() - 0x40000000;
    case 2: return random.pick(bigints);
    case 3: return random.rarely(2) ? text(random) : `${random.bits()}`;
    default: return view(world);
    }
}

// One of those that the world has, which change all the time.
export function message(world) {
    const { random, messages } = world, at = random.below(64);
    if (at >= messages.length || random.rarely(8))
        return messages[at < messages.length ? at : messages.length] = freshMessage(world);
    return messages[at];
}

function object(world) {
    const random = world.random;
    const get = () => trap(world, () => integer(random));
    switch (random.below(9)) {
    case 0: return { valueOf: get, toString: get };
    case 1: return { get length() { return get(); }, 0: 1 };
    case 2: return new Proxy(native(world), {});
    case 3: return Object.create(native(world));
    case 4: return zmq;
    case 5: return random.pick([zmq.Socket, zmq.Context, zmq.Poller]).prototype;
    case 6: return new Proxy(new Uint8Array(8), {});
    case 7: return random.pick([new Date(), new Map(), /x/, new Error("e"), Object.create(null), () => 1]);
    default: return { [Symbol.toPrimitive]: get };
    }
}

// Anything.
export function any(world) {
    const random = world.random;
    switch (random.below(9)) {
    case 0: return undefined;
    case 1: return Symbol("s");
    case 2: return native(world);
    case 3: return list(world, () => any(world));
    case 4: return object(world);
    case 5: return integer(random);
    default: return message(world);
    }
}
