// An endpoint that sockets are connected to before another one is bound to it: over ipc, or where libzmq lacks that, a
// TCP port whose connections wait until the other socket is bound, and are forwarded to it then.
import { once } from "node:events";
import { connect, createServer } from "node:net";

// Gives the endpoint, and bind(socket), which binds a socket of either API to it. name is one of the process's.
export async function lateEndpoint(name) {
  return process.platform === "win32" ? forwarded() : overIpc(`ipc://@zmqjs-${name}-${process.pid}`);
}

function overIpc(endpoint) {
  return { endpoint, bind: async (socket) => socket.bind(endpoint) };
}

async function forwarded() {
  const waiting = [];
  let port;
  const forward = (from) => {
    const to = connect(port, "127.0.0.1");
    for (const [one, other] of [[from, to], [to, from]]) {
      one.unref();
      one.pipe(other);
      one.on("error", () => other.destroy());
    }
  };
  const server = createServer({ pauseOnConnect: true }, (from) => (port === undefined ? waiting.push(from.unref()) : forward(from)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const endpoint = `tcp://127.0.0.1:${server.address().port}`;
  server.unref();
  return {
    endpoint,
    async bind(socket) {
      await socket.bind("tcp://127.0.0.1:*");
      port = Number(/\d+$/.exec(socket.last_endpoint ?? socket.lastEndpoint)[0]);
      waiting.splice(0).forEach(forward);
    },
  };
}
