import type { Bytes, Context, Message, Monitor, MonitorEvent, Poller, PollerEvent, Sendable, Socket } from "zmqjs";

/** AbortSignal, where the compiler knows it. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : { readonly aborted: boolean };

/** How an operation is done. */
export interface Options {
  /** As the method takes them; with DONTWAIT it does not wait. */
  flags?: number;
  /** Ends the wait: the promise rejects with its reason, and nothing is received or sent by it. */
  signal?: Signal;
  /** Milliseconds, or -1 for ever; instead of RCVTIMEO or SNDTIMEO. */
  timeout?: number;
}

export interface SendOptions extends Options {
  /** How many sends may wait in the socket's queue already; if there are as many, it rejects with `ENOBUFS`. */
  limit?: number;
  /**
   * Whether all bytes are copied. Without it, in Node, 64 KiB and more are lent to libzmq until
   * they are sent, except over inproc: bytes that are changed before may be sent changed, and the
   * ArrayBuffer can no longer be transferred.
   */
  copy?: boolean;
}

/*
 * The promise forms: as the methods and functions of the same names, but without blocking the event
 * loop. Operations in one direction of a socket are done in the order of their calls. They resolve
 * to undefined where the time is up, and reject where the methods throw, also as soon as the
 * socket is closed while they wait. A promise that waits keeps the process alive.
 */
export function recv(socket: Socket, options?: number | Options | null): Promise<Uint8Array | undefined>;
export function recv(monitor: Monitor, options?: number | Options | null): Promise<MonitorEvent | undefined>;
export function recv_str(socket: Socket, options?: number | Options | null): Promise<string | undefined>;
export function recv_int(socket: Socket, options?: number | Options | null): Promise<number | undefined>;
export function recv_bigint(socket: Socket, options?: number | Options | null): Promise<bigint | undefined>;
export function recv_multipart(socket: Socket, options?: number | Options | null): Promise<Uint8Array[] | undefined>;
export function recv_message(
  socket: Socket,
  properties: readonly Sendable[],
  options?: number | Options | null,
): Promise<Message | undefined>;
export function recv_event(socket: Socket, options?: number | Options | null): Promise<MonitorEvent | undefined>;
export function recv_into(
  socket: Socket,
  buffer: Bytes,
  offset?: number | null,
  options?: number | Options | null,
): Promise<number | undefined>;
export function send(socket: Socket, data: Sendable, options?: number | SendOptions | null): Promise<number | undefined>;
export function send_multipart(
  socket: Socket,
  parts: readonly Sendable[],
  options?: number | SendOptions | null,
): Promise<number | undefined>;

/** Waits until a message can be received, or sent, without taking part in the order of the others. */
export function readable(socket: Socket | Monitor, options?: Options | null): Promise<true | undefined>;
export function writable(socket: Socket, options?: Options | null): Promise<true | undefined>;

/** As the methods of pollers. Entries that are added during the wait are noticed after some
 * milliseconds. */
export function wait<Data, Source extends Socket | Monitor | number>(
  poller: Poller<Data, Source>,
  timeout: number,
  options?: Options | null,
): Promise<PollerEvent<Data, Source> | null>;
export function wait_all<Data, Source extends Socket | Monitor | number>(
  poller: Poller<Data, Source>,
  n_events: number,
  timeout: number,
  options?: Options | null,
): Promise<PollerEvent<Data, Source>[] | null>;

export function proxy(
  frontend: Socket,
  backend: Socket,
  capture?: Socket | null,
  control?: Socket | null,
  options?: Options | null,
): Promise<0>;

/** Resolves when the context has ended, for which its sockets have to be closed. The signal ends only the wait. */
export function term(context: Context, options?: Options | null): Promise<0 | undefined>;

interface Received {
  recv: Uint8Array;
  recv_str: string;
  recv_int: number;
  recv_bigint: bigint;
  recv_multipart: Uint8Array[];
}

/** The messages, for `for await`, until the socket is closed or RCVTIMEO has passed. */
export function messages<How extends keyof Received = "recv">(
  socket: Socket,
  how?: How,
  options?: number | Options | null,
): AsyncIterableIterator<Received[How]>;
export function messages(monitor: Monitor, how?: "recv", options?: number | Options | null): AsyncIterableIterator<MonitorEvent>;
