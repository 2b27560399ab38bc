// Connected sockets.
import * as zmq from "zmq";

let number = 0;

// pair returns two connected sockets, of type PAIR by default, with timeouts; close() closes
// everything.
export function pair(bindingType, connectingType, prepare) {
  const context = new zmq.Context();
  const a = context.socket(bindingType === undefined ? zmq.PAIR : bindingType);
  const b = context.socket(connectingType === undefined ? zmq.PAIR : connectingType);
  [a, b].forEach((socket) => {
    socket.setsockopt(zmq.LINGER, 0);
    socket.setsockopt(zmq.RCVTIMEO, 5000);
    socket.setsockopt(zmq.SNDTIMEO, 5000);
    if (prepare) {
      prepare(socket);
    }
  });
  number++;
  const endpoint = "inproc://pair" + number;
  a.bind(endpoint);
  b.connect(endpoint);
  return {
    context,
    a,
    b,
    endpoint,
    close() {
      a.close();
      b.close();
      context.term();
    },
  };
}
