// The additions in Node to the classes of the module "zmq": see classes.js.
import type { MonitorEvent } from "./index.js";

declare module "./index.js" {
  interface Socket {
    /** The messages, as {@link Socket.recv} returns them, until the socket is closed or RCVTIMEO
     * has passed. */
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
