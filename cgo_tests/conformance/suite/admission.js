// Clients that a server accepts or rejects.
import * as zmq from "zmq";

const FAILURES =
  zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq.EVENT_HANDSHAKE_FAILED_AUTH;

// client connects a PUSH to the endpoint and sends a text, which waits for the handshake. If the
// handshake has failed already, there is no peer, and send() would wait for ever.
export function client(context, endpoint, text, prepare) {
  const socket = context.socket(zmq.PUSH);
  socket.setsockopt(zmq.LINGER, 0);
  if (prepare) {
    prepare(socket);
  }
  const failures = socket.monitor(FAILURES);
  socket.connect(endpoint);
  socket.send(text, zmq.DONTWAIT);
  return {
    failures: failures,
    // failed waits until the handshake has failed.
    failed: () => failures.recv(),
    close: () => {
      failures.close();
      socket.close();
    },
  };
}

// attempt returns the message, with its properties, of an accepted client; undefined for a rejected one.
export function attempt(context, server, endpoint, properties) {
  const peer = client(context, endpoint, "text");
  const poller = new zmq.Poller();
  poller.add(server, zmq.POLLIN);
  poller.add(peer.failures, zmq.POLLIN);
  const arrived = poller.wait(-1).socket === server;
  const message = arrived ? server.recv_message(properties) : undefined;
  peer.close();
  return message;
}
