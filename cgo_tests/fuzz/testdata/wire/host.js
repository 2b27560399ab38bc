// Sockets of every type for peers that send anything: host.js TYPE=ENDPOINT..., where TYPE may
// end in -PLAIN or -CURVE. It prints where it listens, and every message that begins with
// "good-"; it answers, and what only sends goes on sending.
import * as zmq from "zmq";
import * as os from "os";

const context = new zmq.Context();
const secret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"; // of ZeroMQ's documentation

function open(argument) {
    const [name, endpoint] = argument.split("=");
    const [type, mechanism] = name.split("-");
    const socket = context.socket(zmq[type]);
    const set = (option, value) => socket.setsockopt(option, value);
    set(zmq.LINGER, 0);
    set(zmq.RCVTIMEO, 0);
    set(zmq.SNDTIMEO, 0);
    set(zmq.RECONNECT_IVL, 5);
    set(zmq.RECONNECT_IVL_MAX, 0);
    if (type === "REQ") {
        set(zmq.REQ_RELAXED, 1);
        set(zmq.REQ_CORRELATE, 1);
    }
    if (type === "SUB")
        set(zmq.SUBSCRIBE, "");
    if (mechanism === "PLAIN")
        set(zmq.PLAIN_SERVER, 1);
    if (mechanism === "CURVE") {
        set(zmq.CURVE_SERVER, 1);
        set(zmq.CURVE_SECRETKEY, secret);
    }
    if (endpoint.endsWith("*")) {
        socket.bind(endpoint);
        print(`${name} ${socket.last_endpoint}`);
    } else {
        socket.connect(endpoint);
    }
    if (type === "XSUB")
        socket.send("\x01");
    return { name, type, socket, endpoint: endpoint.endsWith("*") ? undefined : endpoint };
}

const text = part => String.fromCharCode(...part.subarray(0, 40));

// What a state of the socket or a peer that has gone does not allow is no failure.
function attempt(f) {
    try {
        return f();
    } catch (e) {
        if (!["EFSM", "EHOSTUNREACH", "ENOENT", "ENOTSUP", "EAGAIN"].includes(e.code))
            throw e;
    }
}

// After an error of the protocol libzmq never does it by itself.
function connectAgain({ socket, endpoint }) {
    if (!endpoint)
        return;
    attempt(() => socket.disconnect(endpoint));
    socket.connect(endpoint);
}

// A question takes back the one before it, so a REQ socket asks only now and then.
function serve({ name, type, socket }, asks) {
    for (let i = 0; i < 100; i++) {
        const parts = attempt(() => socket.recv_multipart(zmq.DONTWAIT));
        if (!parts)
            break;
        const last = text(parts[parts.length - 1]);
        if (last.startsWith("good-"))
            print(`${name} ${last}`);
        if (["REP", "ROUTER"].includes(type))
            attempt(() => socket.send_multipart(parts, zmq.DONTWAIT));
    }
    if (["PUSH", "PUB", "XPUB", "PAIR", "DEALER"].includes(type) || type === "REQ" && asks)
        attempt(() => socket.send("tick", zmq.DONTWAIT));
}

const sockets = scriptArgs.slice(1).map(open);
print("ready");
for (let round = 1; ; round++) {
    for (const one of sockets)
        serve(one, round % 100 === 10);
    if (round % 100 === 0)
        sockets.forEach(connectAgain);
    os.sleep(2);
}
