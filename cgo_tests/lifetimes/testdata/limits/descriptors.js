// All descriptors of the process are used up, by each call that needs some: it reports that, and
// works again after some were closed.
import * as zmq from "zmq";

const context = new zmq.Context();
const sockets = [];
const held = [];

function refused(f) {
  try {
    f();
  } catch (e) {
    if (!(e instanceof Error) || e.code !== "EMFILE" || e.errno !== zmq.EMFILE) throw e;
    return true;
  }
  return false;
}

// fill makes sockets until there is no descriptor for one.
function fill() {
  while (!refused(() => sockets.push(context.socket(zmq.PAIR))));
}

// works passes a message over tcp in a context of its own, with a poller.
function works() {
  const other = new zmq.Context();
  const [a, b] = [other.socket(zmq.PAIR), other.socket(zmq.PAIR)];
  a.bind("tcp://127.0.0.1:*");
  b.connect(a.last_endpoint);
  a.send("hello");
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN);
  const event = poller.wait(10000);
  if (event === null || b.recv_str() !== "hello") throw new Error("no message");
  a.close(0);
  b.close(0);
  return other.term();
}

const first = context.socket(zmq.PAIR);
for (let spare = 0; spare < 24; spare++) {
  sockets.splice(0, 40).forEach((socket) => socket.close(0));
  let other;
  for (let i = 0; i < 200 && refused(() => (other = new zmq.Context())); i++) { // the others are closed in the background
    std.gc();
    os.sleep(10);
  }
  const poller = new zmq.Poller();
  fill();
  os.sleep(100);
  fill();
  sockets.splice(0, spare).forEach((socket) => socket.close(0));
  os.sleep(spare === 23 ? 300 : 30);
  // With count descriptors left, each either works or is refused.
  const tries = [
    () => first.bind("tcp://127.0.0.1:*"),
    () => poller.add(first, zmq.POLLIN),
    () => held.push(other.socket(zmq.PUB)),
    () => held.push(new zmq.Context()),
  ];
  let made = 0;
  for (let i = 0; i < tries.length; i++) {
    made += !refused(tries[(i + spare) % tries.length]);
  }
  if (spare === 0 ? made > 0 : spare === 23 && made < 4) {
    throw new Error(made + " calls work where " + spare + " descriptors are left");
  }
  held.splice(0).forEach((one) => one.type === zmq.PUB && one.close(0));
}
sockets.splice(0, 60).forEach((socket) => socket.close(0));
os.sleep(500);
console.log(works());
