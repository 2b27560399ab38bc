import * as zmq from "zmqjs";
import { messages, recv, recv_str, send } from "zmqjs/promises";

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
