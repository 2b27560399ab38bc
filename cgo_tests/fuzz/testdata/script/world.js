// What a round's calls are about: it grows at random, and is dropped with the round.
import * as zmq from "zmq";

const types = [zmq.PAIR, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.DEALER, zmq.ROUTER, zmq.PULL,
    zmq.PUSH, zmq.XPUB, zmq.XSUB, zmq.STREAM];

let names = 0;

export class World {
    constructor(random) {
        this.random = random;
        this.contexts = [];
        this.sockets = [];
        this.pollers = [];
        this.buffers = [];
        this.endpoints = [`inproc://${++names}`, `inproc://${++names}`, `ipc://${++names}.ipc`,
            "tcp://127.0.0.1:*", "tcp://127.0.0.1:1"];
        this.depth = 0;
        this.contextOf = new Map();
        this.monitors = [];
        this.context();
        for (let i = 0; i < 4; i++)
            this.socket();
        this.poller();
        this.watch(this.sockets[0].monitor());
    }
    context() {
        const context = new zmq.Context();
        context.set(zmq.BLOCKY, 0);
        this.contexts.push(context);
        return context;
    }
    socket() {
        const context = this.random.pick(this.contexts);
        if (context.closed)
            return this.random.pick(this.sockets);
        return this.keep(context.socket(this.random.pick(types)), context);
    }
    keep(socket, context) {
        this.sockets.push(socket);
        this.contextOf.set(socket, context);
        this.soothe(socket);
        return socket;
    }
    // Nothing that is called on a socket takes long.
    soothe(socket) {
        if (socket.closed)
            return;
        for (const [option, value] of [[zmq.RCVTIMEO, 1], [zmq.SNDTIMEO, 1], [zmq.LINGER, 0]]) {
            try {
                socket.setsockopt(option, value);
            } catch (e) {
                if (e.code !== "ETERM")
                    throw e;
            }
        }
    }
    watch(monitor) {
        this.soothe(monitor);
        this.monitors.push(monitor);
    }
    // Where a monitor may report: nobody may be there, or someone who does not receive.
    receiver() {
        const endpoint = `inproc://events-${++names}`;
        const context = this.random.pick(this.contexts);
        if (this.random.chance(60) && !context.closed)
            this.keep(context.socket(zmq.PAIR), context).connect(endpoint);
        return endpoint;
    }
    poller() {
        const poller = new zmq.Poller();
        this.pollers.push(poller);
        return poller;
    }
    buffer() {
        const r = this.random;
        const size = r.chance(5) ? 70000 + r.below(200000) : r.below(40) * 8;
        const kind = r.chance(10) && globalThis.SharedArrayBuffer || ArrayBuffer;
        const buffer = new kind(size);
        this.buffers.push(buffer);
        return buffer;
    }
    // The end of a round, in one of several orders.
    end() {
        const r = this.random;
        if (r.chance(30))
            return; // all of it is garbage
        for (const each of [...this.sockets, ...this.monitors]) {
            if (r.chance(90))
                each.close();
        }
        for (const context of this.contexts) {
            if (r.chance(50) && this.sockets.every(socket => socket.closed))
                context.term();
        }
    }
}
