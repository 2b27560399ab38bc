// The cases of the benchmark for any engine that has the module: its last argument is
// MILLISECONDS|CASE|ARGUMENTS... It prints nanoseconds per repetition.
import * as zmq from "zmq";

const [milliseconds, name, ...rest] = scriptArgs[scriptArgs.length - 1].split("|");
const [size, count] = rest.map(Number);
const endpoint = rest[2];
const Bytes = typeof Uint8FFArray === "undefined" ? Uint8Array : Uint8FFArray;
const context = new zmq.Context();

// Repeats until it takes long enough.
function measure(repeat) {
    for (let count = 1; ;) {
        const start = Date.now();
        repeat(count);
        const took = Date.now() - start;
        if (took >= milliseconds) {
            console.log(took * 1e6 / count);
            return;
        }
        count = took * 5 < milliseconds ? count * 4 : Math.ceil(count * 1.2 * milliseconds / took);
    }
}

function attached(type, method, endpoint) {
    const socket = context.socket(type);
    socket[method](endpoint);
    return socket;
}

function inproc() {
    const receiver = attached(zmq.PAIR, "bind", "inproc://pair");
    return [attached(zmq.PAIR, "connect", "inproc://pair"), receiver];
}

function transfer(value, receive) {
    const [sender, receiver] = inproc();
    measure(receive(sender, receiver, value));
}

function poller(others, receiver) {
    const poller = new zmq.Poller();
    for (let i = 0; i < others; i++) {
        poller.add(attached(zmq.PULL, "bind", `inproc://other-${i}`), zmq.POLLIN);
    }
    poller.add(receiver, zmq.POLLIN);
    return poller;
}

function text(length) {
    let text = "0123456789";
    while (text.length < length) {
        text += text;
    }
    return text.slice(0, length);
}

// Tells that all is made, and waits to be killed.
function stay(socket) {
    attached(zmq.PUSH, "connect", endpoint).send("ready");
    socket.recv();
}

const BATCH = 500;
const MOST_SOCKETS = 20000;

const cases = {
    start() {},
    call() {
        const call = Math.abs;
        measure(count => { for (let i = 0; i < count; i++) call(1); });
    },
    string() {
        transfer(text(size), (a, b, value) => count => {
            for (let i = 0; i < count; i++) { a.send(value); b.recv_str(); }
        });
    },
    int() {
        transfer(42, (a, b, value) => count => {
            for (let i = 0; i < count; i++) { a.send(value); b.recv_int(); }
        });
    },
    bigint() {
        transfer(BigInt("1234567890123"), (a, b, value) => count => {
            for (let i = 0; i < count; i++) { a.send(value); b.recv_bigint(); }
        });
    },
    bytes() {
        transfer(new Bytes(size), (a, b, value) => count => {
            for (let i = 0; i < count; i++) { a.send(value); b.recv(); }
        });
    },
    into() {
        const buffer = new Bytes(size);
        transfer(new Bytes(size), (a, b, value) => count => {
            for (let i = 0; i < count; i++) { a.send(value); b.recv_into(buffer); }
        });
    },
    dontwait() {
        const [, receiver] = inproc();
        measure(count => { for (let i = 0; i < count; i++) receiver.recv(zmq.DONTWAIT); });
    },
    getsockopt_int() {
        const [, receiver] = inproc();
        measure(count => { for (let i = 0; i < count; i++) receiver.getsockopt_int(zmq.LINGER); });
    },
    "poll-nothing"() {
        const [, receiver] = inproc();
        const nothing = poller(0, receiver);
        measure(count => { for (let i = 0; i < count; i++) nothing.poll(); });
    },
    poll() {
        context.set(zmq.MAX_SOCKETS, MOST_SOCKETS);
        const [sender, receiver] = inproc();
        const several = poller(size - 1, receiver);
        measure(count => {
            for (let i = 0; i < count; i++) { sender.send(42); several.wait(-1); receiver.recv_int(); }
        });
    },
    // One peer after the other asks the ROUTER.
    peers() {
        context.set(zmq.MAX_SOCKETS, MOST_SOCKETS);
        const router = attached(zmq.ROUTER, "bind", "inproc://router");
        const peers = [];
        for (let i = 0; i < size; i++) peers.push(attached(zmq.DEALER, "connect", "inproc://router"));
        const value = new Bytes(10);
        const ask = count => {
            for (let i = 0; i < count; i++) {
                const peer = peers[i % size];
                peer.send(value);
                router.send_multipart(router.recv_multipart());
                peer.recv();
            }
        };
        ask(size); // which has the ROUTER know them
        measure(ask);
    },
    subscriptions() {
        const topics = [];
        for (let i = 0; i < size; i++) topics.push(String(100000 + i).slice(1));
        const publisher = context.socket(zmq.PUB), subscriber = context.socket(zmq.SUB);
        for (const socket of [publisher, subscriber]) { // neither a message nor a subscription is dropped
            socket.setsockopt(zmq.SNDHWM, 0);
            socket.setsockopt(zmq.RCVHWM, 0);
        }
        publisher.bind("inproc://topics");
        for (const topic of topics) subscriber.setsockopt(zmq.SUBSCRIBE, topic);
        subscriber.connect("inproc://topics");
        publisher.events; // it takes note of the subscriptions
        measure(count => {
            for (let i = 0; i < count; i++) { publisher.send(topics[i % size]); subscriber.recv_str(); }
        });
    },
    // As many new pairs as it takes for the clock, which counts in milliseconds.
    through() {
        const value = new Bytes(10);
        let took = 0, pairs = 0;
        for (; took < milliseconds; pairs++) {
            const receiver = attached(zmq.PULL, "bind", `inproc://through-${pairs}`);
            const sender = attached(zmq.PUSH, "connect", `inproc://through-${pairs}`);
            const start = Date.now();
            for (let rest = count; rest > 0; rest -= BATCH) {
                for (let i = 0; i < BATCH; i++) sender.send(value);
                for (let i = 0; i < BATCH; i++) receiver.recv();
            }
            took += Date.now() - start;
            sender.close();
            receiver.close();
        }
        console.log(took * 1e6 / (count * pairs));
    },
    tcp() {
        const receiver = attached(zmq.PULL, "bind", endpoint);
        const sender = attached(zmq.PUSH, "connect", endpoint);
        const value = new Bytes(size);
        measure(count => {
            for (; count > 0; count -= BATCH) {
                for (let i = 0; i < BATCH; i++) sender.send(value);
                for (let i = 0; i < BATCH; i++) receiver.recv();
            }
        });
    },
    source() {
        const sender = attached(zmq.PUSH, "connect", endpoint);
        const value = new Bytes(size);
        for (let i = 0; i < count; i++) sender.send(value);
        sender.close();
        context.term(); // waits until all is sent
    },
    sink() {
        const receiver = attached(zmq.PULL, "bind", endpoint);
        receiver.recv();
        const start = Date.now();
        for (let i = 1; i < count; i++) receiver.recv();
        console.log((Date.now() - start) * 1e6 / (count - 1));
    },
    echo() {
        const socket = attached(zmq.PAIR, "connect", endpoint);
        for (let value = socket.recv(); value.length > 0; value = socket.recv()) socket.send(value);
    },
    sockets() {
        context.set(zmq.MAX_SOCKETS, MOST_SOCKETS);
        const kept = [];
        for (let i = 0; i <= size; i++) kept.push(context.socket(zmq.PULL));
        stay(kept[0]);
    },
    contexts() {
        const kept = [];
        for (let i = 0; i <= size; i++) {
            const other = new zmq.Context();
            kept.push(other, other.socket(zmq.PULL));
        }
        stay(kept[1]);
    },
};

cases[name]();
