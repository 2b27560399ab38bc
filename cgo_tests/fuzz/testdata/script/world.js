// What a round's calls are about: it grows at random, and is dropped with the round.
import * as zmq from "zmq";
import { message } from "./values.js";

const types = [zmq.PAIR, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.DEALER, zmq.ROUTER, zmq.PULL,
    zmq.PUSH, zmq.XPUB, zmq.XSUB, zmq.STREAM];
const mostSockets = 16, mostPollers = 6, mostMonitors = 6, mostBuffers = 16, mostMessages = 64;

let names = 0;

export class World {
    constructor(random, calls) {
        this.random = random;
        this.left = calls;
        this.contexts = [];
        this.sockets = [];
        this.anchors = []; // bound, and not closed before the end
        this.pollers = [];
        this.buffers = [];
        this.messages = [];
        this.endpoints = ["tcp://127.0.0.1:1"];
        this.own = [`inproc://${++names}`, `inproc://${++names}`, `ipc://${++names}.ipc`, "tcp://127.0.0.1:*"];
        this.depth = 0;
        this.monitors = [];
        this.context();
        for (let i = 0; i < 4; i++)
            this.socket();
        this.keepPoller(new zmq.Poller());
        this.watch(this.sockets[0].monitor());
        for (let i = 0; i < mostMessages; i++)
            this.messages.push(message(this));
    }
    context() {
        const context = new zmq.Context();
        context.set(zmq.BLOCKY, 0);
        this.contexts.push(context);
        for (let i = 0; i < 3; i++)
            this.anchor(context, i === 0 && this.random.rarely(8) ? "tcp://127.0.0.1:*" : `inproc://${++names}`);
        return context;
    }
    anchor(context, endpoint) {
        const type = this.random.pick(types);
        const socket = context.socket(type === zmq.STREAM ? zmq.PAIR : type);
        this.soothe(socket);
        this.anchors.push(socket);
        socket.bind(endpoint);
        this.endpoints.push(socket.last_endpoint);
    }
    socket() {
        const context = this.random.pick(this.contexts);
        if (context.closed)
            return this.random.pick(this.sockets);
        return this.keep(context.socket(this.random.pick(types)));
    }
    keep(socket) {
        this.soothe(socket);
        if (this.sockets.length < mostSockets)
            this.sockets.push(socket);
        else
            this.sockets[this.random.below(mostSockets)] = socket;
        return socket;
    }
    // A closed socket is called for a while yet.
    replace(socket) {
        const at = this.sockets.indexOf(socket);
        if (at >= 0 && this.left > 0 && !this.random.rarely(4) && !this.contexts[0].closed) {
            this.sockets.splice(at, 1);
            this.socket();
        }
    }
    // Nothing that is called on a socket takes long.
    soothe(socket) {
        const wait = this.random.rarely(32) ? 1 : 0, most = this.random.rarely(4) ? 2 : 1000;
        for (const [option, value] of [[zmq.RCVTIMEO, wait], [zmq.SNDTIMEO, wait], [zmq.LINGER, 0],
            [zmq.SNDHWM, most], [zmq.RCVHWM, most]]) {
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
        this.put(this.monitors, monitor, mostMonitors);
    }
    // Where a monitor may report: nobody may be there, or someone who does not receive.
    receiver() {
        const endpoint = `inproc://events-${++names}`;
        const context = this.random.pick(this.contexts);
        if (this.random.chance(60) && !context.closed)
            this.keep(context.socket(zmq.PAIR)).connect(endpoint);
        return endpoint;
    }
    keepPoller(poller) {
        this.put(this.pollers, poller, mostPollers);
    }
    put(list, value, most) {
        if (list.length < most)
            list.push(value);
        else
            list[this.random.below(most)] = value;
    }
    buffer() {
        const r = this.random;
        const size = r.rarely(64) ? 70000 + r.below(25000) * 8 : r.below(40) * 8;
        const kind = r.chance(10) && globalThis.SharedArrayBuffer || ArrayBuffer;
        const buffer = new kind(size), bytes = new Uint8Array(buffer);
        for (let i = 0; i < size && i < 16; i++)
            bytes[i] = r.bits();
        this.put(this.buffers, buffer, mostBuffers);
        return buffer;
    }
    // The round ends soon.
    end(calls) {
        this.left = Math.min(this.left, calls);
    }
    close() {
        this.end(40);
        for (const each of [...this.sockets, ...this.anchors, ...this.monitors])
            each.close(0);
        this.anchors.length = 0;
        this.anchors.push(this.sockets[0]);
    }
    // After a round, in one of several orders.
    leave() {
        const r = this.random;
        if (r.chance(30))
            return; // all of it is garbage
        for (const each of [...this.sockets, ...this.monitors]) {
            if (r.chance(90))
                each.close();
        }
        for (const socket of this.anchors)
            socket.close();
        for (const context of this.contexts) {
            if (r.chance(50) && this.sockets.every(socket => socket.closed))
                context.term();
        }
    }
}
