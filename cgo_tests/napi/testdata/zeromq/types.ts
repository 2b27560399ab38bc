// TypeScript programs for zeromq 6.
import * as zmq from "zeromq";
import type { Event, EventOfType, MessageLike, SocketOptions } from "zeromq";
import { Dealer, Proxy, Router } from "zeromq";
import * as draft from "zeromq/draft";
import * as v5 from "zeromq/v5-compat";

const version: string = zmq.version;
const hasCurve: boolean | undefined = zmq.capability.curve;
const { publicKey, secretKey }: { publicKey: string; secretKey: string } = zmq.curveKeyPair();

const context = new zmq.Context({ ioThreads: 2, ipv6: true, blocky: false });
context.threadPriority = 4;
const most: number = context.maxSocketsLimit;

const dealer = new Dealer({ context, sendTimeout: 200, probeRouter: true, routingId: "x", curveServerKey: publicKey });
const options: SocketOptions<zmq.Subscriber> = { receiveTimeout: 5, invertMatching: true };
const subscriber = new zmq.Subscriber(options);
subscriber.subscribe("a", Buffer.from("b"));

class Own extends zmq.Socket {
  constructor(own: SocketOptions<Own>) {
    super(0, own);
    this.setBoolOption(39, this.getBoolOption(39));
  }
}
const own: zmq.Context = new Own({ context, linger: 0 }).context;

async function use(): Promise<void> {
  await dealer.bind("tcp://127.0.0.1:*");
  const address: string | null = dealer.lastEndpoint;
  new Router().connect("tcp://127.0.0.1:1", { routingId: "known" });
  const parts: MessageLike[] = [null, 5, "text", Buffer.alloc(1), new Uint8Array(1), new ArrayBuffer(1)];
  await dealer.send(parts);
  const [first, second]: Buffer[] = await dealer.receive();
  for await (const [one, two] of dealer) {
    const both: Buffer[] = [one, two, first, second];
    await dealer.send(both);
  }
  for await (const [id, bytes] of new zmq.Stream({ notify: true })) {
    const text: string = id.toString("hex") + bytes.toString();
    await new zmq.Stream().send([id, text]);
  }
  const proxy = new Proxy(new zmq.Router(), new zmq.Dealer());
  const front: zmq.Router = proxy.frontEnd;
  front.mandatory = true;
  await proxy.run();
  dealer.events.on("connect:retry", ({ interval, address: to }) => { const n: number = interval, a: string = to; });
  dealer.events.on("bind:error", ({ error }) => { const code: string = error.code, errno: number = error.errno; });
  for await (const event of dealer.events) {
    switch (event.type) {
      case "handshake:error:auth": {
        const status: 300 | 400 | 500 = event.error.status;
        break;
      }
      case "end":
      case "unknown":
        break;
      default: {
        const where: string = event.address;
      }
    }
  }
}
type Bind = EventOfType<"bind">;
const bind: Bind = { type: "bind", address: "x" };
const any: Event = bind;

const old = v5.socket("req", { linger: 0 });
old.on("message", (...parts: Buffer[]) => { old.send(parts, v5.ZMQ_SNDMORE, (error) => { const e: Error | undefined = error; }); });
old.backlog = 5;

async function useDrafts(): Promise<void> {
  const server = new draft.Server({ sendTimeout: 5 });
  for await (const [text, { routingId }] of server) {
    const id: number = routingId;
    await server.send(text, { routingId: id });
  }
  const dish = new draft.Dish({ receiveTimeout: 5 });
  dish.join("a", Buffer.from("b"));
  const [text, { group }]: [Buffer, { group: Buffer }] = await dish.receive();
  await new draft.Radio().send(text, { group });
  await new draft.Client().send("x");
  const [part]: [Buffer] = await new draft.Gather({ conflate: true }).receive();
  await new draft.Datagram().send([part, "x"]);
}
// @ts-expect-error no group
new draft.Radio().send("x");
// @ts-expect-error it cannot receive
new draft.Scatter().receive();
// @ts-expect-error a routing id is a number
new draft.Server().send("x", { routingId: "1" });

// @ts-expect-error it cannot receive
new zmq.Push().receive();
// @ts-expect-error it cannot send
new zmq.Subscriber().send("x");
// @ts-expect-error no such option
new zmq.Pull({ sendTimeout: 5 });
// @ts-expect-error it cannot be set
dealer.type = 5;
// @ts-expect-error another type
dealer.linger = "5";
// @ts-expect-error no message
dealer.send({});
// @ts-expect-error no such type
v5.socket("nothing");
// @ts-expect-error no such event
dealer.events.on("nothing", () => {});

export { any, hasCurve, most, own, secretKey, use, useDrafts, version };
