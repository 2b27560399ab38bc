// Clients that a server lets in or not.
import * as zmq from "zmq";

const FAILURES =
  zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq.EVENT_HANDSHAKE_FAILED_AUTH;

// client connects a PUSH to the endpoint and sends a text, which waits for the handshake. Where
// that has failed already there is nothing to send to, and send() would wait for ever.
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
    // failed waits until its handshake has failed.
    failed: () => failures.recv(),
    close: () => {
      failures.close();
      socket.close();
    },
  };
}

// attempt tells whether a client gets in: the message with the properties, or undefined.
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
