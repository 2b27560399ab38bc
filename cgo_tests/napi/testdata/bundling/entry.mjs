import zmq, { Context, PAIR } from "zmqjs";
import { recv_str, send } from "zmqjs/promises";
import zeromq, { Reply } from "zmqjs/zeromq";
import v5 from "zmqjs/zeromq/v5-compat";

async function main() {
  const context = new Context();
  const [a, b] = [context.socket(PAIR), context.socket(zmq.PAIR)];
  a.bind("inproc://bundled");
  b.connect("inproc://bundled");
  const waits = recv_str(b);
  await send(a, "bundled");
  console.log(await waits);
  a.close();
  b.close();
  const reply = new Reply(), request = new zeromq.Request(), old = v5.socket("pair");
  await reply.bind("inproc://zeromq");
  request.connect("inproc://zeromq");
  await request.send("zeromq");
  console.log(String(await reply.receive()));
  for (const socket of [reply, request, old]) {
    socket.close();
  }
}
main();
