// Contexts that are dropped while no descriptor is left end all the same.
import * as zmq from "zmq";

const context = new zmq.Context();
const sockets = [];

function threads() {
  return os.readdir("/proc/self/task")[0].filter((task) =>
    task[0] !== "." && (std.loadFile("/proc/self/task/" + task + "/comm") || "").indexOf("ZMQbg/") === 0).length;
}

function fill() {
  for (;;) {
    try {
      sockets.push(context.socket(zmq.PAIR));
    } catch (e) {
      if (e.code !== "EMFILE") throw e;
      return;
    }
  }
}

sockets.push(context.socket(zmq.PAIR));
os.sleep(100);
const before = threads();
(() => {
  const others = [];
  for (let i = 0; i < 5; i++) {
    others.push(new zmq.Context());
    others[i].socket(zmq.PAIR).close();
  }
  fill();
})();
std.gc();
os.sleep(100);
std.gc();
os.sleep(100);
fill();
sockets.splice(0, 50).forEach((socket) => socket.close(0));
os.sleep(300);
for (let i = 0; i < 100 && threads() !== before; i++) {
  os.sleep(50);
  std.gc();
  zmq.version();
}
console.log(threads() - before);
