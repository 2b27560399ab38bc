// Imports the shared library as a module, by its path: statically and dynamically, twice.
import * as zmq from "./zmq.so";
import { Context, Poller, Socket, PAIR, POLLIN } from "./zmq.so";

function check(condition, what) {
    if (!condition)
        throw new Error(what);
}

check(zmq.Context === Context, "exports");
check(zmq.version().length === 3, "version");
check(Socket.prototype[Symbol.toStringTag] === "Socket", "tag");

class Named extends Context {
    constructor(name) {
        super();
        this.name = name;
    }
}
const context = new Named("mine");
check(context instanceof Context && context.name === "mine", "subclass");
const a = context.socket(PAIR), b = context.socket(PAIR);
check(a instanceof Socket, "socket");
a.bind("inproc://module");
b.connect("inproc://module");
for (const bytes of [new Uint8Array([1, 2]), new Uint8Array([0, 1, 2]).subarray(1),
    new Uint8Array([1, 2]).buffer, new DataView(new Uint8Array([0, 1, 2]).buffer, 1)]) {
    b.send(bytes);
    const received = a.recv();
    check(received instanceof Uint8Array && received.join() === "1,2", "bytes");
}
const poller = new Poller();
poller.add(a, POLLIN, "data");
check(poller.poll() === null, "poll");
b.send("x");
const event = poller.wait(1000);
check(event.socket === a && event.user_data === "data" && event.events === POLLIN, "event");

for (const [f, constructor, code] of [
    [() => Context(), TypeError],
    [() => new Socket(), TypeError],
    [() => a.send({}), TypeError],
    [() => Socket.prototype.send.call({}, "x"), TypeError],
    [() => b.bind("nowhere://x"), Error, "EPROTONOSUPPORT"],
]) {
    let error;
    try {
        f();
    } catch (e) {
        error = e;
    }
    check(error && error.constructor === constructor && error.code === code, "error of " + f);
}

import("./zmq.so").then(again => {
    check(again.Context === Context, "imported again");
    b.close();
    a.close();
    check(context.term() === 0, "term");
    std.gc();
    console.log("passed");
}).catch(error => {
    console.log(error, error.stack);
    std.exit(1);
});
