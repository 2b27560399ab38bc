/// <reference types="node" />

// The types of sockets of libzmq's draft API. Their messages have one part, but those of Datagram.
import { Message, MessageLike, Readable, Socket, SocketOptions, TypeSettings, Writable } from "./index.js";

/** A peer of a Server, from 1 to 4294967295. */
export interface ServerRoutingOptions {
  routingId: number;
}

/** Receives from any number of Clients, and sends to each by its routing id. */
export class Server extends Socket {
  constructor(options?: SocketOptions<Server>);
}
export interface Server extends Readable<[Message, ServerRoutingOptions]>, Writable<MessageLike, [ServerRoutingOptions]> {}

/** Sends to its Servers by turns, and receives from all. */
export class Client extends Socket {
  constructor(options?: SocketOptions<Client>);
}
export interface Client extends Readable<[Message]>, Writable<MessageLike> {}

/** A group: at most 255 bytes; it ends before a NUL. */
export interface RadioGroupOptions {
  group: Buffer | string;
}

/** Sends to groups. */
export class Radio extends Socket {
  constructor(options?: SocketOptions<Radio>);
}
export interface Radio extends Writable<MessageLike, [RadioGroupOptions]> {}

export interface DishGroupOptions {
  group: Buffer;
}

/** Receives messages to the groups that it has joined. */
export class Dish extends Socket {
  constructor(options?: SocketOptions<Dish>);
  /** @throws ErrnoError `EINVAL`: it has joined one of them already; those before it are joined */
  join(...groups: Array<Buffer | string>): void;
  /** @throws ErrnoError `EINVAL`: it has not joined one of them; those before it are left */
  leave(...groups: Array<Buffer | string>): void;
}
export interface Dish extends Readable<[Message, DishGroupOptions]> {}

/** Receives from all its Scatters. */
export class Gather extends Socket {
  constructor(options?: SocketOptions<Gather>);
}
export interface Gather extends Readable<[Message]>, Pick<TypeSettings, "conflate"> {}

/** Sends to its Gathers by turns. */
export class Scatter extends Socket {
  constructor(options?: SocketOptions<Scatter>);
}
export interface Scatter extends Writable<MessageLike>, Pick<TypeSettings, "conflate"> {}

/** Packets of udp: the peer's address, and the content. */
export class Datagram extends Socket {
  constructor(options?: SocketOptions<Datagram>);
}
export interface Datagram extends Readable<[Message, Message]>, Writable<[MessageLike, MessageLike]> {}
