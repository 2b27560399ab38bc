// The calls: every function of the module, found in the module itself, with arguments that
// are right, or nearly.
import * as zmq from "zmq";
import { any, integer, list, message, native, text, view } from "./values.js";

const constants = Object.keys(zmq).filter(name => typeof zmq[name] === "number");
// Of these libzmq does not survive what scripts do with them: see known.json.
const fatal = [zmq.USE_FD, zmq.CONFLATE, zmq.SNDHWM, zmq.RCVHWM];
const options = constants.map(name => zmq[name]).filter(n => n >= 0 && n < 130 && !fatal.includes(n));
const waiting = [zmq.RCVTIMEO, zmq.SNDTIMEO, zmq.LINGER];

const DONTWAIT = zmq.DONTWAIT, more = zmq.DONTWAIT | zmq.SNDMORE;
const allFlags = [DONTWAIT, DONTWAIT, DONTWAIT, DONTWAIT, more, undefined, null, 0];
const noEndpoints = [null, undefined, zmq.EVENT_ALL, 1, 0, "", "tcp://127.0.0.1:*", {}, Symbol("s")];

const flags = world => world.random.pick(allFlags);
const option = world => world.random.pick(options);
const socket = world => world.random.pick(world.random.rarely(4) ? world.anchors : world.sockets);
const bound = world => world.random.rarely(16) ? text(world.random) : world.random.pick(world.own);
const known = world => world.random.rarely(16) ? "tcp://" : world.random.pick(world.random.rarely(4) ? world.own : world.endpoints);
const events = world => world.random.rarely(10) ? integer(world.random) : world.random.below(16);
const monitor = world => world.random.pick(world.monitors);
const noSocket = world => world.random.rarely(2) ? monitor(world) : world.random.pick([0, 1, 2, -1, 99999, socket(world).fd]);
const source = world => world.random.rarely(8) ? noSocket(world) : socket(world);
const monitored = world => world.random.rarely(2) ? world.receiver() : world.random.pick(noEndpoints);
const short = world => world.random.rarely(200) ? world.random.below(3) : 0;
const count = world => world.random.below(4);
const value = world => world.random.rarely(4) ? message(world) : world.random.below(20) - 1;
const data = world => world.random.rarely(2) ? native(world) : world;
const type = world => world.random.below(14);
const parts = world => list(world, () => message(world));
const word = world => text(world.random);

// What the parameters of each are, by its name.
const parameters = {
    has: [word], socket: [type], set: [option, value], get: [option], close: [short],
    bind: [bound], connect: [known], unbind: [bound], disconnect: [known],
    send: [message, flags], send_multipart: [parts, flags], recv: [flags], recv_int: [flags],
    recv_bigint: [flags], recv_str: [flags], recv_uint8ffarray: [flags], recv_multipart: [flags],
    recv_into: [view, world => world.random.below(10), flags], recv_event: [flags],
    recv_message: [parts, flags],
    setsockopt: [option, value], getsockopt: [option], getsockopt_int: [option],
    getsockopt_bigint: [option], getsockopt_str: [option], getsockopt_uint8ffarray: [option],
    add: [source, events, data], modify: [source, events], remove: [source], wait: [short],
    wait_all: [count, short], poll_all: [count],
    monitor: [monitored, world => world.random.pick([undefined, null, zmq.EVENT_ALL, 1, 0])],
    z85_encode: [message], z85_decode: [word], curve_public: [word],
};

const pools = {
    Context: world => world.random.pick(world.contexts),
    Socket: socket,
    Poller: world => world.random.pick(world.pollers),
    Monitor: monitor,
};
// What ends, waits for sockets, or takes long is called less often.
const rare = new Set(["close", "shutdown", "bind", "unbind", "disconnect", "curve_keypair", "curve_public",
    "monitor", "term", "socket", "constructor", Symbol.dispose]);

function described(name, of, call) {
    const makers = Object.prototype.hasOwnProperty.call(parameters, name) ? parameters[name] : [];
    return { name, of, call, makers, self: pools[of], rare: rare.has(name),
        timeout: name === "wait" || name === "close" ? 0 : name === "wait_all" ? 1 : -1,
        ends: name === "term" || name === Symbol.dispose && (of === "Context" || of === "Socket"),
        unbinds: name === "close" || name === "unbind" || name === Symbol.dispose };
}

function found() {
    const all = ["version", "has", "z85_encode", "z85_decode", "curve_keypair", "curve_public"].map(name =>
        described(name, "functions", zmq[name]));
    for (const of of ["Context", "Socket", "Poller", "Monitor"]) {
        const properties = Object.getOwnPropertyDescriptors(zmq[of].prototype);
        for (const name of Reflect.ownKeys(properties)) {
            const { value, get, set } = properties[name];
            if (typeof value === "function" && name !== "constructor")
                all.push(described(name, of, value));
            for (const call of [get, set])
                call && all.push(described(name, of, call));
        }
        all.push(described("constructor", of));
    }
    return all;
}
const functions = found();
const frequent = functions.filter(f => /^(send|recv|add|wait|poll|connect|modify)/.test(String(f.name)));

function argumentsOf(world, f) {
    const random = world.random, makers = f.makers, made = [], kind = random.below(64);
    for (let i = 0; i < makers.length; i++)
        made.push(kind < 5 && random.rarely(2) ? any(world) : makers[i](world));
    if (kind === 5)
        made.length = random.below(made.length + 1);
    if (kind === 6 || kind === 7)
        made.push(any(world), any(world));
    return made;
}

const patient = n => (typeof n === "number" || typeof n === "bigint") && (n < 0 || n > 3);

// Keeps a call from waiting for long, or from what is known of libzmq.
function tame(world, f, object, list) {
    if (f.timeout >= 0 && patient(list[f.timeout]) && !(f.name === "wait" && list[0] === -1 && empty(object)))
        list[f.timeout] = 1;
    if (f.name === "setsockopt") {
        const option = typeof list[0] === "bigint" ? Number(list[0]) : list[0];
        if (fatal.includes(option))
            list[0] = zmq.TYPE;
        if (waiting.includes(option))
            list[1] = world.random.rarely(16) ? 1 : 0;
    }
}

function empty(poller) {
    try {
        return poller.size() === 0;
    } catch {
        return false;
    }
}

// new.target whose prototype is anything, or is read by a getter.
function newTarget(world) {
    const target = function () {}.bind();
    Object.defineProperty(target, "prototype", { get: () => any(world) });
    return target;
}

function construct(world, of) {
    const random = world.random;
    const made = random.chance(20) ? Reflect.construct(zmq[of], [any(world)], newTarget(world)) : new zmq[of]();
    if (of === "Poller")
        world.keepPoller(made);
}

function chosen(random) {
    const f = random.pick(random.below(5) < 3 ? frequent : functions);
    return f.rare && !random.rarely(8) ? random.pick(frequent) : f;
}

// One call, or what it throws.
export function call(world, log) {
    const random = world.random, f = chosen(random);
    if (f.name === "constructor") {
        log?.(`new ${f.of}`);
        return construct(world, f.of);
    }
    const object = f.self === undefined ? zmq : random.rarely(32) ? any(world) : f.self(world);
    if (f.unbinds && world.anchors.includes(object))
        return;
    if (f.ends && !ending(world))
        return;
    const list = argumentsOf(world, f);
    tame(world, f, object, list);
    log?.(`${f.of}.${String(f.name)}`, list, object);
    after(world, f, object, Reflect.apply(f.call, object, list));
}

// What waits for sockets is for when there are none any more.
function ending(world) {
    if (!world.random.rarely(50))
        return false;
    world.close();
    return true;
}

function after(world, f, object, result) {
    switch (f.name) {
    case "socket": return world.keep(result);
    case "bind": return world.endpoints.length < 12 && world.endpoints.push(object.last_endpoint);
    case "close": return f.of === "Socket" && world.replace(object);
    case "shutdown": return world.end(40);
    case "monitor": return typeof result === "object" && world.watch(result);
    }
}
