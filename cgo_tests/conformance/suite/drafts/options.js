import * as zmq from "zmq";
import { bytes, equal, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const router = s.make(zmq.ROUTER);
router.setsockopt(zmq.ROUTER_NOTIFY, zmq.NOTIFY_CONNECT | zmq.NOTIFY_DISCONNECT);
equal(router.getsockopt(zmq.ROUTER_NOTIFY), 3, "ROUTER_NOTIFY");
router.bind("tcp://127.0.0.1:*");
const dealer = s.make(zmq.DEALER);
dealer.setsockopt(zmq.ROUTING_ID, "d");
dealer.connect(router.last_endpoint);
const arrival = router.recv_multipart();
equal(arrival.length, 2, "ROUTER_NOTIFY reports a connection");
bytes(arrival[0], [100], "whose");
equal(arrival[1].length, 0, "by an empty message");
dealer.close();
bytes(router.recv_multipart()[0], [100], "ROUTER_NOTIFY reports its end");

const server = s.make(zmq.SERVER);
server.setsockopt(zmq.HELLO_MSG, "hello");
server.setsockopt(zmq.DISCONNECT_MSG, "gone");
server.bind("tcp://127.0.0.1:*");
const client = s.make(zmq.CLIENT);
client.connect(server.last_endpoint);
equal(client.recv_str(), "hello", "HELLO_MSG");
client.close();
equal(server.recv_str(), "gone", "DISCONNECT_MSG");

const socket = s.make(zmq.CLIENT);
equal(socket.getsockopt(zmq.THREAD_SAFE), 1, "THREAD_SAFE");
[zmq.IN_BATCH_SIZE, zmq.OUT_BATCH_SIZE].forEach((option) => {
  socket.setsockopt(option, 16384);
  equal(socket.getsockopt(option), 16384, "batch size " + option);
});
equal(socket.setsockopt(zmq.RECONNECT_STOP, zmq.RECONNECT_STOP_CONN_REFUSED), 0, "RECONNECT_STOP");
s.close();
plan();
