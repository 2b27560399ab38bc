// What the classes have in Node beside what the module "zmq" gives them: see classes.js.
import type { MonitorEvent } from "./index.js";

declare module "./index.js" {
  interface Socket {
    /** What is received, as {@link Socket.recv} gives it, until the socket is closed or RCVTIMEO has passed. */
    [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array>;
    /** Closes the socket. For `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
  }
  interface Monitor {
    [Symbol.asyncIterator](): AsyncIterableIterator<MonitorEvent>;
    [Symbol.asyncDispose](): Promise<void>;
  }
  interface Context {
    /** Closes the context's sockets, and waits until it has ended, without blocking the event loop. For `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
  }
}
