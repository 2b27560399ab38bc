import * as zmq from "zmqjs";
import whole from "zmqjs";
import promises, { type Signal, messages, recv, recv_str, send, wait } from "zmqjs/promises";

const context = new zmq.Context();
const socket: zmq.Socket = context.socket(zmq.REP);
socket.bind("tcp://127.0.0.1:*");
const size: number | undefined = socket.send("x", zmq.DONTWAIT);
async function serve(): Promise<void> {
  const text: string | undefined = await recv_str(socket);
  await send(socket, `${text} ${size}`);
  for await (const number of messages(socket, "recv_int")) {
    const doubled: number = 2 * number;
    await send(socket, doubled);
  }
}
void serve();
async function watch(monitor: zmq.Monitor): Promise<void> {
  const first: string | undefined = (await recv(monitor))?.name;
  for await (const { endpoint } of messages(monitor)) {
    const both: [string | undefined, string] = [first, endpoint];
  }
}
void watch(socket.monitor());
// @ts-expect-error it is no message
socket.send(Symbol("x"));

async function more(signal: Signal): Promise<void> {
  const other: zmq.Socket = new whole.Context().socket(whole.PULL);
  for await (const bytes of other) {
    const length: number = bytes.length;
  }
  await promises.send(other, "x", { limit: 5, copy: true, timeout: 1, signal });
  const poller = new zmq.Poller<string>();
  const data: string | undefined = (await wait(poller, -1, { signal }))?.user_data;
  await other[Symbol.asyncDispose]();
  // @ts-expect-error a receive has no queue
  await recv(other, { limit: 5 });
}
void more;
