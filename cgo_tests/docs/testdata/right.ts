import * as zmq from "zmq";
import type { DescriptorEvent, PollerEvent, Sendable, Socket, ZmqError } from "zmq";

const ctx = new zmq.Context();
const socket: Socket = ctx.socket(zmq.PAIR);
const zero: 0 = socket.bind("inproc://x");
const values: Sendable[] = [null, true, 1, 1n, "s", new Uint8Array(1), new ArrayBuffer(1), new DataView(new ArrayBuffer(1))];
for (const value of values) {
  const sent: number | undefined = socket.send(value, zmq.DONTWAIT | zmq.SNDMORE);
}
socket.send("x", null);
socket.send_multipart(["a", 1n, null] as const);
const bytes: Uint8Array | undefined = socket.recv();
const parts: Uint8Array[] | undefined = socket.recv_multipart();
const text: string | undefined = socket.recv_str();
const integer: number | undefined = socket.recv_int();
const big: bigint | undefined = socket.recv_bigint();
const received: number | undefined = socket.recv_into(new Float64Array(3), 8, zmq.DONTWAIT);
const linger: number = socket.getsockopt(zmq.LINGER);
const size: bigint = socket.getsockopt(zmq.MAXMSGSIZE);
socket.connect(socket.getsockopt(zmq.LAST_ENDPOINT));
const option: string | number | bigint = socket.getsockopt(linger);
socket.setsockopt(zmq.SUBSCRIBE, "");
socket.monitor(null);
const happened: number | undefined = socket.recv_event(zmq.DONTWAIT)?.event;
const reported: 0 = socket.monitor("inproc://events", zmq.EVENT_ALL);
const monitor: zmq.Monitor = socket.monitor();
socket.monitor(zmq.EVENT_CONNECTED).setsockopt(zmq.RCVTIMEO, 10);
const why: string | undefined = monitor.recv(zmq.DONTWAIT)?.text;
for (const { name, value } of monitor) {
  const told: [string, number] = [name, value];
}
const watching = new zmq.Poller<any, Socket | zmq.Monitor>();
watching.add(monitor, zmq.POLLIN);
watching.add(socket, zmq.POLLIN);
const source = watching.poll()?.socket;
if (source instanceof zmq.Monitor) source.next().value?.endpoint;
socket.close();
socket.close(100);

let events = zmq.POLLIN;
events |= zmq.POLLOUT;
const plain = new zmq.Poller();
plain.add(socket, events, { any: "thing" });
plain.wait(0)?.socket.recv();
plain.poll()?.user_data.any;

const mixed = new zmq.Poller<string, Socket | number>();
mixed.add(0, zmq.POLLIN, "input");
mixed.add(socket, zmq.POLLIN);
for (const event of mixed.poll_all(2) ?? []) {
  const data: string = event.user_data;
  if (event.socket === null) {
    const descriptor: number = event.fd;
  } else {
    event.socket.recv();
  }
}
function handle(event: PollerEvent): DescriptorEvent | null {
  return event.socket ? null : event;
}
try {
  socket.bind("x");
} catch (e) {
  const { code, errno, endpoint } = e as ZmqError;
  const all: [string, number, string | undefined] = [code, errno, endpoint];
}
const [major]: [number, number, number] = zmq.version();
