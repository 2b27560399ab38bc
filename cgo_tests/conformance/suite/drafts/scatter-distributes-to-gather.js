import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const gathers = [s.bound(zmq.GATHER), s.bound(zmq.GATHER)];
const scatter = s.make(zmq.SCATTER);
gathers.forEach((gather) => scatter.connect(gather.last_endpoint));
for (let i = 0; i < 4; i++) {
  equal(scatter.send(i), 4, "send()");
}
gathers.forEach((gather, i) => {
  equal(typeof gather.recv_int(), "number", "gather " + i + " has one message");
  equal(typeof gather.recv_int(), "number", "and another");
});
const second = s.make(zmq.SCATTER);
second.connect(gathers[0].last_endpoint);
second.send("from another");
equal(gathers[0].recv_str(), "from another", "a GATHER has any number of peers");
throws(() => scatter.recv(), { name: "Error", code: "ENOTSUP", message: /a SCATTER cannot receive/ }, "a SCATTER does not receive");
throws(() => gathers[0].send("x"), { name: "Error", code: "ENOTSUP", message: /a GATHER cannot send/ }, "a GATHER does not send");
const alone = s.make(zmq.SCATTER);
equal(alone.send("x", zmq.DONTWAIT), undefined, "without a peer it does not send");
s.close();
plan();
