// The calls: every function of the module, found in the module itself, with arguments that
// are right, or nearly.
import * as zmq from "zmq";
import { any, integer, list, message, native, text, view } from "./values.js";

const constants = Object.keys(zmq).filter(name => typeof zmq[name] === "number");
// libzmq closes what it is given as a listening socket, whoever has it.
const options = constants.map(name => zmq[name]).filter(n => n >= 0 && n < 130 && n !== zmq.USE_FD);

const flags = world => world.random.pick([zmq.DONTWAIT, zmq.DONTWAIT, zmq.DONTWAIT | zmq.SNDMORE, undefined, null, 0]);
const option = world => world.random.pick(options);
const socket = world => world.random.pick(world.sockets);
const endpoint = world => world.random.chance(90) ? world.random.pick(world.endpoints) : text(world.random);
const events = world => world.random.chance(90) ? world.random.below(16) : integer(world.random);
const source = world => world.random.chance(80) ? socket(world) : world.random.chance(50) ? monitor(world) : world.random.pick([0, 1, 2, -1, 99999, socket(world).fd]);
const monitor = world => world.random.pick(world.monitors);
const short = world => world.random.below(3);
const monitored = world => world.random.chance(50) ? world.receiver()
    : world.random.pick([null, undefined, zmq.EVENT_ALL, 1, 0, "", "tcp://127.0.0.1:*", {}, Symbol("s")]);
const value = world => world.random.chance(70) ? world.random.below(20) - 1 : message(world);
const data = world => world.random.chance(50) ? native(world) : world;
const type = world => world.random.below(14);
const parts = world => list(world, () => message(world));

// What the parameters of each are, by its name.
const parameters = {
    has: [text], socket: [type], set: [option, value], get: [option], close: [short],
    bind: [endpoint], connect: [endpoint], unbind: [endpoint], disconnect: [endpoint],
    send: [message, flags], send_multipart: [parts, flags], recv: [flags], recv_int: [flags],
    recv_bigint: [flags], recv_str: [flags], recv_uint8ffarray: [flags], recv_multipart: [flags],
    recv_into: [view, world => world.random.below(10), flags], recv_event: [flags],
    setsockopt: [option, value], getsockopt: [option], getsockopt_int: [option],
    getsockopt_bigint: [option], getsockopt_str: [option], getsockopt_uint8ffarray: [option],
    monitor: [monitored, world => world.random.pick([undefined, null, zmq.EVENT_ALL, 1, 0])],
    add: [source, events, data], modify: [source, events], remove: [source], wait: [short],
    wait_all: [short, short], poll_all: [short],
};

function found() {
    const all = [{ name: "version", of: "functions" }, { name: "has", of: "functions" }];
    for (const of of ["Context", "Socket", "Poller", "Monitor"]) {
        const properties = Object.getOwnPropertyDescriptors(zmq[of].prototype);
        for (const name of Reflect.ownKeys(properties)) {
            const { value, get, set } = properties[name];
            if (typeof value === "function" && name !== "constructor")
                all.push({ name, of, call: value });
            for (const call of [get, set])
                call && all.push({ name, of, call });
        }
        all.push({ name: "constructor", of });
    }
    return all;
}
const functions = found();
const frequent = functions.filter(f => /^(send|recv|add|wait|poll|bind|connect|modify|socket)/.test(String(f.name)));

function argumentsOf(world, name) {
    const random = world.random;
    const own = Object.prototype.hasOwnProperty.call(parameters, name) ? parameters[name] : [];
    const wrong = random.chance(15);
    const made = own.map(make => wrong && random.chance(50) || random.chance(3) ? any(world)
        : make === text ? text(random) : make(world));
    if (random.chance(10))
        made.length = random.below(made.length + 1);
    while (random.chance(10))
        made.push(any(world));
    return made;
}

const patient = n => (typeof n === "number" || typeof n === "bigint") && (n < 0 || n > 3);

// Keeps a call from waiting for long, or from what is known of libzmq.
function tame(name, self, list) {
    const last = name === "wait" || name === "close" ? 0 : name === "wait_all" ? 1 : -1;
    if (last >= 0 && patient(list[last]) && !(name === "wait" && list[0] === -1 && empty(self)))
        list[last] = 1;
    if (name === "setsockopt" && list[0] === zmq.USE_FD)
        list[0] = zmq.TYPE;
    return list;
}

function empty(poller) {
    try {
        return poller.size() === 0;
    } catch {
        return false;
    }
}

function self(world, of) {
    if (world.random.chance(3))
        return any(world);
    const { contexts, sockets, pollers, monitors } = world;
    return world.random.pick({ Context: contexts, Socket: sockets, Poller: pollers, Monitor: monitors }[of]);
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
        world.pollers.push(made);
    else if (random.chance(50))
        world.buffers.push(new ArrayBuffer(8));
}

// One call, or what it throws.
export function call(world, log) {
    const random = world.random;
    const f = random.pick(random.chance(60) ? frequent : functions);
    if (f.name === "constructor") {
        log?.(`new ${f.of}`);
        return construct(world, f.of);
    }
    const list = argumentsOf(world, f.name);
    if (f.of === "functions") {
        log?.(`${f.name}`, list);
        return zmq[f.name](...list);
    }
    const object = self(world, f.of);
    if (ends(f.name)) {
        if (!random.chance(5))
            return;
        for (const socket of world.sockets)
            socket.close(0);
    }
    tame(f.name, object, list);
    log?.(`${f.of}.${String(f.name)}`, list, object);
    const result = Reflect.apply(f.call, object, list);
    after(world, f.name, object, result);
}

// What waits for sockets.
const ends = name => name === "term" || name === Symbol.dispose;

function after(world, name, object, result) {
    if (name === "socket")
        world.keep(result, object);
    else if (name === "monitor" && result !== 0)
        world.watch(result);
    else if (name === "setsockopt")
        world.soothe(object);
    else if (name === "bind" && world.endpoints.length < 12)
        world.endpoints.push(object.last_endpoint);
}
