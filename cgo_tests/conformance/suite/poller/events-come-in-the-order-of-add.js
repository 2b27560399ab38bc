import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const poller = new zmq.Poller();
const pulls = [0, 1, 2, 3].map((i) => {
  const push = context.socket(zmq.PUSH);
  const pull = context.socket(zmq.PULL);
  pull.bind("inproc://" + i);
  push.connect("inproc://" + i);
  push.send("x");
  poller.add(pull, zmq.POLLIN, i);
  return pull;
});
const all = () => poller.poll_all(10).map((event) => event.user_data);

deepEqual(all(), [0, 1, 2, 3], "poll_all()");
poller.wait(100);
poller.wait(100);
deepEqual(all(), [0, 1, 2, 3], "after single waits");
deepEqual(poller.wait_all(3, 100).map((event) => event.user_data), [0, 2, 3], "a part of them, which begins where the single waits ended");
deepEqual(poller.wait_all(3, 100).map((event) => event.user_data), [1, 2, 3], "the next part begins after it");
poller.remove(pulls[1]);
poller.add(pulls[1], zmq.POLLIN, "again");
deepEqual(all(), [0, 2, 3, "again"], "a socket that is added again is the last");
poller.modify(pulls[2], 0);
poller.modify(pulls[2], zmq.POLLIN);
deepEqual(all(), [0, 2, 3, "again"], "modify() keeps the order");
pulls[0].close();
deepEqual(all(), [2, 3, "again"], "a closed socket leaves the poller");
poller.add(context.socket(zmq.PUB), zmq.POLLOUT, "new");
deepEqual(all(), [2, 3, "again", "new"], "and a new one does not take its place");
plan();
