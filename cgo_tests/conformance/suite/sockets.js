// Sockets of a context that all end together, and what udp needs.
import * as zmq from "zmq";

// Sockets makes sockets whose waits end; close() ends them and their context.
export function sockets() {
  const context = new zmq.Context();
  const all = [];
  return {
    context,
    make(type) {
      const socket = context.socket(type);
      socket.setsockopt(zmq.LINGER, 0);
      socket.setsockopt(zmq.RCVTIMEO, 5000);
      socket.setsockopt(zmq.SNDTIMEO, 5000);
      all.push(socket);
      return socket;
    },
    // bound and connected make a socket and bind it to a port, or connect it to such a socket.
    bound(type) {
      const socket = this.make(type);
      socket.bind("tcp://127.0.0.1:*");
      return socket;
    },
    connected(type, to) {
      const socket = this.make(type);
      socket.connect(to.last_endpoint);
      return socket;
    },
    close() {
      all.forEach((socket) => socket.close());
      context.term();
    },
  };
}

// until calls f until it gives something else than undefined, as a message of a socket whose peers
// are not there yet.
export function until(f) {
  for (let i = 0; i < 600; i++) {
    const result = f();
    if (result !== undefined) {
      return result;
    }
  }
  throw new Error("nothing has come");
}

// port is a number that nobody uses, or hardly.
export function port() {
  const context = new zmq.Context();
  const socket = context.socket(zmq.PAIR);
  socket.bind("tcp://127.0.0.1:*");
  const number = socket.last_endpoint.replace(/.*:/, "");
  socket.close();
  context.term();
  return number;
}

// text is a message's content.
export function text(message) {
  return Array.prototype.map.call(message.data === undefined ? message : message.data, (byte) => String.fromCharCode(byte)).join("");
}

// The types that send and receive messages of one part only.
export const single = ["CLIENT", "SERVER", "RADIO", "DISH", "SCATTER", "GATHER", "PEER", "CHANNEL"];
