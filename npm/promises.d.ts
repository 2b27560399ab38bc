import type { Bytes, Monitor, MonitorEvent, Sendable, Socket } from "zmqjs";

/**
 * The promise forms: as the methods of the same names, but without blocking the event loop.
 * Operations in one direction of a socket are done in the order of their calls. They resolve
 * to undefined where RCVTIMEO or SNDTIMEO has passed, and reject where the methods throw,
 * also when the socket is closed while they wait.
 */
export function recv(socket: Socket, flags?: number): Promise<Uint8Array | undefined>;
export function recv(monitor: Monitor, flags?: number): Promise<MonitorEvent | undefined>;
export function recv_str(socket: Socket, flags?: number): Promise<string | undefined>;
export function recv_int(socket: Socket, flags?: number): Promise<number | undefined>;
export function recv_bigint(socket: Socket, flags?: number): Promise<bigint | undefined>;
export function recv_multipart(socket: Socket, flags?: number): Promise<Uint8Array[] | undefined>;
export function recv_into(socket: Socket, buffer: Bytes, offset?: number, flags?: number): Promise<number | undefined>;
export function send(socket: Socket, data: Sendable, flags?: number): Promise<number | undefined>;
export function send_multipart(socket: Socket, parts: Sendable[], flags?: number): Promise<number | undefined>;

interface Received {
  recv: Uint8Array;
  recv_str: string;
  recv_int: number;
  recv_bigint: bigint;
  recv_multipart: Uint8Array[];
}

/** What comes in, for `for await`, until the socket is closed or RCVTIMEO has passed. */
export function messages<How extends keyof Received = "recv">(
  socket: Socket,
  how?: How,
): AsyncIterableIterator<Received[How]>;
export function messages(monitor: Monitor): AsyncIterableIterator<MonitorEvent>;
