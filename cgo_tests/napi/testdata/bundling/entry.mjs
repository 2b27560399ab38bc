import zmq, { Context, PAIR } from "zmqjs";
import { recv_str, send } from "zmqjs/promises";

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
}
main();
