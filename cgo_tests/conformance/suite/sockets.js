// Sockets of one context that are closed together, and helpers for udp.
import * as zmq from "zmq";

let endpoints = 0; // over inproc

// Sockets creates sockets with timeouts; close() closes them and their context.
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
    // bound creates a socket and binds it to a port; connected connects one to such a socket.
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
    // receiver creates a socket that is connected to bound peers, and to publishers also subscribed.
    receiver(type, peerType, count) {
      const socket = this.make(zmq[type]);
      const peers = [];
      while (peers.length < count) {
        const peer = this.make(zmq[peerType]), endpoint = "inproc://peer-" + ++endpoints;
        peer.bind(endpoint);
        socket.connect(endpoint);
        peers.push({ peer, endpoint });
      }
      if (type === "SUB") {
        socket.setsockopt(zmq.SUBSCRIBE, "");
      } else if (type === "XSUB") {
        socket.send(new Uint8Array([1]));
      }
      if (peerType === "XPUB") {
        peers.forEach(({ peer }) => peer.recv());
      }
      return { socket, peers };
    },
    close() {
      all.forEach((socket) => socket.close());
      context.term();
    },
  };
}

// until calls f until it returns a value other than undefined, for example to receive from peers that are
// not connected yet. It ignores results that are not wanted: messages of before that come late.
export function until(f, isWanted) {
  for (let i = 0; i < 600; i++) {
    const result = f();
    if (result !== undefined && (isWanted === undefined || isWanted(result))) {
      return result;
    }
  }
  throw new Error("nothing has come");
}

// port returns a port that is probably not in use.
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
