import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
(() => poller.add(socket, zmq.POLLOUT, { deep: { text: "kept" } }))();
for (let i = 0; i < 50000; i++) {
  ({ garbage: [i, { i }] });
}
equal(poller.poll().user_data.deep.text, "kept", "the poller keeps its user_data");
plan();
