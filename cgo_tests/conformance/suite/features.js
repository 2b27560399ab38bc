// Prints the features of this runner: those of the engine, of libzmq and of the machine.
import * as zmq from "zmq";

function works(f) {
  try {
    f();
    return true;
  } catch (e) {
    return false;
  }
}

function binds(endpoint, type, prepare) {
  return works(() => {
    const context = new zmq.Context();
    const socket = context.socket(type);
    try {
      if (prepare) {
        prepare(socket);
      }
      socket.bind(endpoint);
    } finally {
      socket.close();
      context.term();
    }
  });
}

function isDefined(f) {
  return works(f) && f() !== undefined;
}

const features = {
  engine: {
    bigint: typeof BigInt === "function",
    "bytes-lengths": works(() => Object.defineProperty(new Uint8Array(1), "length", { value: 2 })),
    ffarray: isDefined(() => Uint8FFArray),
    finalizers: isDefined(() => Duktape.fin),
    "for-of": isDefined(() => {
      for (const each of new Set([1])) return each;
    }),
    "motion-vectors": isDefined(() => MVArray),
    "new-target": works(() => Reflect.construct(Object, [], Array)),
    proxy: typeof Proxy === "function",
    symbol: typeof Symbol === "function",
    "symbol-dispose": typeof Symbol === "function" && typeof Symbol.dispose === "symbol",
  },
  libzmq: {
    curve: zmq.has("curve") === 1,
    draft: zmq.has("draft") === 1,
    ipc: zmq.has("ipc") === 1,
    norm: zmq.has("norm") === 1,
    ws: binds("ws://127.0.0.1:*/features", zmq.PAIR),
    wss: zmq.has("WSS") === 1,
  },
  machine: {
    // On other systems libzmq does not set the options of its threads.
    "thread-options": !works(() => {
      const context = new zmq.Context();
      context.set(zmq.THREAD_SCHED_POLICY, 255);
      context.socket(zmq.PAIR).close();
      context.term();
    }),
    ipv6: binds("tcp://[::1]:*", zmq.PAIR, (socket) => socket.setsockopt(zmq.IPV6, 1)),
  },
};
const line = JSON.stringify(features);
if (typeof console === "object" && typeof console.log === "function") {
  console.log(line);
} else {
  print(line);
}
