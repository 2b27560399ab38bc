// No ready socket is left out, however many there are. wait_all() returns events in the order of
// add(); wait() returns the ready sockets in turn.
import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const data = (events) => (events === null ? null : events.map((event) => event.user_data));

function inTurn(count, look) {
  const seen = [];
  for (let i = 0; i < count; i++) {
    const event = look();
    if (event !== null) {
      seen.push(event.user_data);
    }
  }
  return seen.sort((a, b) => a - b);
}

[1, 64, 65, 300].forEach((count) => {
  const name = count + " sockets: ";
  const context = new zmq.Context();
  const poller = new zmq.Poller();
  const all = numbers(count);
  const pulls = all.map((i) => {
    const pull = context.socket(zmq.PULL);
    pull.bind("inproc://" + i);
    poller.add(pull, zmq.POLLIN, i);
    return pull;
  });
  equal(poller.poll(), null, name + "nothing is there");
  const pushes = all.map((i) => {
    const push = context.socket(zmq.PUSH);
    push.connect("inproc://" + i);
    return push;
  });
  pushes[count - 1].send("x");
  equal(poller.poll().user_data, count - 1, name + "only the last one is ready");
  pushes.slice(0, -1).forEach((push) => push.send("y"));
  deepEqual(inTurn(count, () => poller.poll()), all, name + "poll()");
  deepEqual(data(poller.poll_all(count)), all, name + "poll_all()");
  pushes.forEach((push) => push.send("z"));
  deepEqual(inTurn(count, () => poller.wait(1000)), all, name + "wait()");
  deepEqual(data(poller.wait_all(count + 1, 1000)), all, name + "wait_all()");
  pulls.concat(pushes).forEach((socket) => socket.close(0));
  context.term();
});
plan();
