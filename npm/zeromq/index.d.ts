/// <reference types="node" />

// The types of zeromq 6. libzmq's manual of zmq_setsockopt explains the options, under the names
// given.

/** A part of a message that was received. */
export type Message = Buffer;

/** A part of a message to send: bytes as they are, text as UTF-8, a number as text, null as an empty part. */
export type MessageLike = ArrayBufferView | ArrayBuffer | SharedArrayBuffer | string | number | null;

/** The version of libzmq, such as `"4.3.4"`. */
export const version: string;

/** The capabilities with which libzmq was built. */
export const capability: Partial<{
  ipc: boolean;
  pgm: boolean;
  tipc: boolean;
  norm: boolean;
  curve: boolean;
  gssapi: boolean;
  draft: boolean;
}>;

/**
 * A new pair of keys for CURVE, 40 characters in Z85 each.
 * @throws ErrnoError `ENOTSUP`: libzmq has no CURVE
 */
export function curveKeyPair(): { publicKey: string; secretKey: string };

/** The options of contexts that can be set. */
export interface ContextSettings {
  /** ZMQ_BLOCKY. With false new sockets have a linger of 0, so that the process exits without waiting for them. */
  blocky: boolean;
  /** ZMQ_IO_THREADS. Before the first socket is made. */
  ioThreads: number;
  /** ZMQ_IPV6, for sockets that are made from now on. */
  ipv6: boolean;
  /** ZMQ_MAX_MSGSZ, in bytes. */
  maxMessageSize: number;
  /** ZMQ_MAX_SOCKETS. */
  maxSockets: number;
  /** ZMQ_THREAD_PRIORITY. Cannot be read. */
  threadPriority: number;
  /** ZMQ_THREAD_SCHED_POLICY. Cannot be read. */
  threadSchedulingPolicy: number;
}

/**
 * The environment of sockets. Its objects are sealed: an unknown name throws a TypeError.
 */
export class Context {
  /** @throws TypeError: an option is unknown or has another type; ErrnoError `EINVAL`: a value is refused */
  constructor(options?: Partial<ContextSettings>);
  /** ZMQ_SOCKET_LIMIT: the most that maxSockets may be. */
  readonly maxSocketsLimit: number;
  protected getBoolOption(option: number): boolean;
  protected setBoolOption(option: number, value: boolean): void;
  protected getInt32Option(option: number): number;
  protected setInt32Option(option: number, value: number): void;
}
export interface Context extends ContextSettings {}

/** The context of sockets that are given no other one. */
export const context: Context;

/** A refusal by libzmq. `code` is the name of the error number `errno`; `address` is the argument
 * of a call that takes one. */
export interface ErrnoError extends Error {
  code: string;
  errno: number;
  address?: string;
}

/** Why an authenticator has refused a connection. */
export interface AuthError extends Error {
  status: 300 | 400 | 500;
}

/** A violation of the protocol by a peer, or by an authenticator. */
export interface ProtoError extends Error {
  code:
    | "ERR_ZMTP_UNSPECIFIED"
    | "ERR_ZMTP_UNEXPECTED_COMMAND"
    | "ERR_ZMTP_INVALID_SEQUENCE"
    | "ERR_ZMTP_KEY_EXCHANGE"
    | "ERR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED"
    | "ERR_ZMTP_MALFORMED_COMMAND_MESSAGE"
    | "ERR_ZMTP_MALFORMED_COMMAND_HELLO"
    | "ERR_ZMTP_MALFORMED_COMMAND_INITIATE"
    | "ERR_ZMTP_MALFORMED_COMMAND_ERROR"
    | "ERR_ZMTP_MALFORMED_COMMAND_READY"
    | "ERR_ZMTP_MALFORMED_COMMAND_WELCOME"
    | "ERR_ZMTP_INVALID_METADATA"
    | "ERR_ZMTP_CRYPTOGRAPHIC"
    | "ERR_ZMTP_MECHANISM_MISMATCH"
    | "ERR_ZAP_UNSPECIFIED"
    | "ERR_ZAP_MALFORMED_REPLY"
    | "ERR_ZAP_BAD_REQUEST_ID"
    | "ERR_ZAP_BAD_VERSION"
    | "ERR_ZAP_INVALID_STATUS_CODE"
    | "ERR_ZAP_INVALID_METADATA";
}

/** An event that concerns an endpoint. */
export interface EventAddress {
  address: string;
}

/** How long it takes until the next attempt, in milliseconds. */
export interface EventInterval {
  interval: number;
}

/** Why something has failed. */
export interface EventError<E = ErrnoError> {
  error: E;
}

export type EventFor<T extends string, D = {}> = { type: T } & D;

/** The events of a socket; `"end"` is the last, when the socket or the observer was closed. */
export type Event =
  | EventFor<"accept", EventAddress>
  | EventFor<"accept:error", EventAddress & EventError>
  | EventFor<"bind", EventAddress>
  | EventFor<"bind:error", EventAddress & EventError>
  | EventFor<"close", EventAddress>
  | EventFor<"close:error", EventAddress & EventError>
  | EventFor<"connect", EventAddress>
  | EventFor<"connect:delay", EventAddress>
  | EventFor<"connect:retry", EventAddress & EventInterval>
  | EventFor<"disconnect", EventAddress>
  | EventFor<"end">
  | EventFor<"handshake", EventAddress>
  | EventFor<"handshake:error:auth", EventAddress & EventError<AuthError>>
  | EventFor<"handshake:error:other", EventAddress & EventError>
  | EventFor<"handshake:error:protocol", EventAddress & EventError<ProtoError>>
  | EventFor<"unknown">;

export type EventType = Event["type"];

export type EventOfType<E extends EventType = EventType> = Extract<Event, { type: E }>;

export interface EventSubscriber {
  /** Has events of a type go to a listener. From the first one on the observer has no receive(). */
  on<E extends EventType>(type: E, listener: (data: EventOfType<E>) => void): EventSubscriber;
  /** Removes a listener. */
  off<E extends EventType>(type: E, listener: (data: EventOfType<E>) => void): EventSubscriber;
}

/** The events of one socket: by receive(), by `for await`, or by listeners. A wait keeps the
 * process alive. */
export class Observer {
  /** Use {@link Socket.events}: a second observer of a socket ends the first. */
  constructor(socket: Socket);
  /** Whether it was closed, or has given its last event. */
  readonly closed: boolean;
  /** Ends it. */
  close(): void;
  /**
   * The next event.
   * @throws Error: there are listeners; ErrnoError `EBADF`: it is closed, `EBUSY`: another receive() waits
   */
  receive(): Promise<Event>;
  [Symbol.asyncIterator](): AsyncIterator<Event, undefined>;
}
export interface Observer extends EventSubscriber {}

/**
 * Passes messages on between two sockets, in both directions. Until run() has settled they can be used in no other
 * way.
 */
export class Proxy<F extends Socket = Socket, B extends Socket = Socket> {
  constructor(frontEnd: F, backEnd: B);
  readonly frontEnd: F;
  readonly backEnd: B;
  /**
   * Begins; resolves when the proxy was terminated, and both sockets are closed.
   * @throws ErrnoError `EINVAL`: one of the sockets is not bound or connected
   */
  run(): Promise<void>;
  /** Has messages wait. */
  pause(): void;
  /** Continues it. */
  resume(): void;
  /**
   * Ends it.
   * @throws ErrnoError `EBADF`: it does not run
   */
  terminate(): void;
}

/** The options of all sockets that can be set. */
export interface SocketSettings {
  /** ZMQ_AFFINITY. A bit for each of the context's threads; exact up to 53 of them. */
  affinity: number;
  /** ZMQ_BACKLOG. */
  backlog: number;
  /** ZMQ_CONNECT_TIMEOUT, in milliseconds. */
  connectTimeout: number;
  /** ZMQ_CURVE_PUBLICKEY, in Z85. */
  curvePublicKey: string | null;
  /** ZMQ_CURVE_SECRETKEY, in Z85. */
  curveSecretKey: string | null;
  /** ZMQ_CURVE_SERVER. */
  curveServer: boolean;
  /** ZMQ_CURVE_SERVERKEY, in Z85. */
  curveServerKey: string | null;
  /** ZMQ_GSSAPI_PLAINTEXT. */
  gssapiPlainText: boolean;
  /** ZMQ_GSSAPI_PRINCIPAL. */
  gssapiPrincipal: string | null;
  /** ZMQ_GSSAPI_PRINCIPAL_NAMETYPE. */
  gssapiPrincipalNameType: "hostBased" | "userName" | "krb5Principal";
  /** ZMQ_GSSAPI_SERVER. */
  gssapiServer: boolean;
  /** ZMQ_GSSAPI_SERVICE_PRINCIPAL. */
  gssapiServicePrincipal: string | null;
  /** ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE. */
  gssapiServicePrincipalNameType: "hostBased" | "userName" | "krb5Principal";
  /** ZMQ_HANDSHAKE_IVL, in milliseconds. */
  handshakeInterval: number;
  /** ZMQ_HEARTBEAT_IVL, in milliseconds. */
  heartbeatInterval: number;
  /** ZMQ_HEARTBEAT_TTL, in milliseconds. */
  heartbeatTimeToLive: number;
  /** ZMQ_HEARTBEAT_TIMEOUT, in milliseconds. */
  heartbeatTimeout: number;
  /** ZMQ_IMMEDIATE. */
  immediate: boolean;
  /** ZMQ_BINDTODEVICE. */
  interface: string | null;
  /** ZMQ_IPV6. */
  ipv6: boolean;
  /** ZMQ_LINGER, in milliseconds; -1 is without end. */
  linger: number;
  /** ZMQ_LOOPBACK_FASTPATH. */
  loopbackFastPath: boolean;
  /** ZMQ_MAXMSGSIZE, in bytes; -1 is any. */
  maxMessageSize: number;
  /** ZMQ_MULTICAST_MAXTPDU. */
  multicastMaxTransportDataUnit: number;
  /** ZMQ_PLAIN_PASSWORD. */
  plainPassword: string | null;
  /** ZMQ_PLAIN_SERVER. */
  plainServer: boolean;
  /** ZMQ_PLAIN_USERNAME. */
  plainUsername: string | null;
  /** ZMQ_RATE. */
  rate: number;
  /** ZMQ_RECONNECT_IVL, in milliseconds. */
  reconnectInterval: number;
  /** ZMQ_RECONNECT_IVL_MAX, in milliseconds. */
  reconnectMaxInterval: number;
  /** ZMQ_RECOVERY_IVL, in milliseconds. */
  recoveryInterval: number;
  /** ZMQ_SOCKS_PROXY. */
  socksProxy: string | null;
  /** ZMQ_TCP_ACCEPT_FILTER. Cannot be read. */
  tcpAcceptFilter: string | null;
  /** ZMQ_TCP_KEEPALIVE. */
  tcpKeepalive: number;
  /** ZMQ_TCP_KEEPALIVE_CNT. */
  tcpKeepaliveCount: number;
  /** ZMQ_TCP_KEEPALIVE_IDLE. */
  tcpKeepaliveIdle: number;
  /** ZMQ_TCP_KEEPALIVE_INTVL. */
  tcpKeepaliveInterval: number;
  /** ZMQ_TCP_MAXRT, in milliseconds. */
  tcpMaxRetransmitTimeout: number;
  /** ZMQ_TOS. */
  typeOfService: number;
  /** ZMQ_VMCI_BUFFER_MAX_SIZE. */
  vmciBufferMaxSize: number;
  /** ZMQ_VMCI_BUFFER_MIN_SIZE. */
  vmciBufferMinSize: number;
  /** ZMQ_VMCI_BUFFER_SIZE. */
  vmciBufferSize: number;
  /** ZMQ_VMCI_CONNECT_TIMEOUT. */
  vmciConnectTimeout: number;
  /** ZMQ_ZAP_DOMAIN. */
  zapDomain: string | null;
  /** ZMQ_ZAP_ENFORCE_DOMAIN. */
  zapEnforceDomain: boolean;
}

/** The options of sockets that send. */
export interface SendSettings {
  /** ZMQ_MULTICAST_HOPS. */
  multicastHops: number;
  /** ZMQ_SNDBUF, in bytes; -1 is the system's default. */
  sendBufferSize: number;
  /** ZMQ_SNDHWM: for how many messages there is room for each peer; 0 is any number. */
  sendHighWaterMark: number;
  /** ZMQ_SNDTIMEO: after how many milliseconds send() is rejected with EAGAIN; -1 is never, 0 is at once. */
  sendTimeout: number;
}

/** The options of sockets that receive. */
export interface ReceiveSettings {
  /** ZMQ_RCVBUF, in bytes; -1 is the system's default. */
  receiveBufferSize: number;
  /** ZMQ_RCVHWM: for how many messages of each peer there is room; 0 is any number. */
  receiveHighWaterMark: number;
  /** ZMQ_RCVTIMEO: after how many milliseconds receive() is rejected with EAGAIN; -1 is never, 0 is at once. */
  receiveTimeout: number;
}

/** The options that some types of sockets have. */
export interface TypeSettings {
  /** ZMQ_CONFLATE. Cannot be read. */
  conflate: boolean;
  /** ZMQ_REQ_CORRELATE. Cannot be read. */
  correlate: boolean;
  /** ZMQ_ROUTER_HANDOVER. Cannot be read. */
  handover: boolean;
  /** ZMQ_INVERT_MATCHING. */
  invertMatching: boolean;
  /** ZMQ_ROUTER_MANDATORY. */
  mandatory: boolean;
  /** ZMQ_XPUB_MANUAL. Cannot be read. */
  manual: boolean;
  /** ZMQ_XPUB_NODROP. Cannot be read. */
  noDrop: boolean;
  /** ZMQ_STREAM_NOTIFY. Cannot be read. */
  notify: boolean;
  /** ZMQ_PROBE_ROUTER. Cannot be read. */
  probeRouter: boolean;
  /** ZMQ_REQ_RELAXED. Cannot be read. */
  relaxed: boolean;
  /** ZMQ_ROUTING_ID. */
  routingId: string | null;
  /** ZMQ_XPUB_VERBOSE (`"allSubs"`), ZMQ_XPUB_VERBOSER (`"allSubsUnsubs"`). Cannot be read. */
  verbosity: null | "allSubs" | "allSubsUnsubs";
  /** ZMQ_XPUB_WELCOME_MSG. Cannot be read. */
  welcomeMessage: string | null;
}

type OptionName = keyof SocketSettings | keyof SendSettings | keyof ReceiveSettings | keyof TypeSettings;

/** The argument of the constructor of a socket type. */
export type SocketOptions<S extends Socket> = Partial<Pick<S, Extract<keyof S, OptionName>>> & { context?: Context };

/** Sockets that send. */
export interface Writable<
  M extends MessageLike | MessageLike[] = MessageLike | MessageLike[],
  O extends any[] = []
> extends SendSettings {
  /**
   * Sends a message of one part or of several. It is resolved when libzmq has accepted the message,
   * at once if there is room. One send at a time may wait. During the wait, bytes may be changed if
   * there are fewer than 64 KiB of them; more are not copied, and must not be changed until the
   * message has left the process.
   * @throws TypeError: there is no message; ErrnoError `EBADF`: the socket is closed, `EBUSY`:
   * another send waits
   * @returns rejects with `EAGAIN` if sendTimeout has passed or the socket is closed, and with
   * libzmq's refusals
   */
  send(message: M, ...options: O): Promise<void>;
}

/** Sockets that receive, also by `for await` until they are closed. */
export interface Readable<M extends object[] = Message[]> extends ReceiveSettings {
  /**
   * Receives a message, with all its parts. One receive at a time may wait.
   * @throws ErrnoError `EBADF`: the socket is closed, `EBUSY`: another receive waits
   * @returns rejects with `EAGAIN` where receiveTimeout has passed or the socket is closed
   */
  receive(): Promise<M>;
  [Symbol.asyncIterator](): AsyncIterator<M, undefined>;
}

/**
 * The common part of all socket types. Sockets are sealed: an unknown name throws a TypeError. A
 * socket without references is closed.
 */
export abstract class Socket {
  /** @throws ErrnoError `EINVAL`: no such type, or a value is refused; `EMFILE`: too many sockets */
  protected constructor(type: number, options?: {});
  /** Its events. */
  readonly events: Observer;
  /** The context in which it was made. */
  readonly context: Context;
  readonly closed: boolean;
  /** Whether receive() would be done at once. */
  readonly readable: boolean;
  /** Whether send() would be done at once. */
  readonly writable: boolean;
  /** ZMQ_LAST_ENDPOINT: the endpoint that was bound or connected last, with wildcards resolved. */
  readonly lastEndpoint: string | null;
  /** ZMQ_MECHANISM. */
  readonly securityMechanism: null | "plain" | "curve" | "gssapi";
  /** ZMQ_THREAD_SAFE. */
  readonly threadSafe: boolean;
  /** ZMQ_TYPE. */
  readonly type: number;
  /** Closes it; waits are rejected with `EAGAIN`. During a bind or an unbind it is closed after
   * that. */
  close(): void;
  /**
   * Accepts connections. Until it resolves the socket cannot be used in any other way.
   * @returns rejects with an ErrnoError with `address`, such as `EADDRINUSE`
   */
  bind(address: string): Promise<void>;
  /** As bind(), at once. */
  bindSync(address: string): void;
  /**
   * Ends a bind. Until it resolves the socket cannot be used in any other way.
   * @returns rejects with an ErrnoError with `address`; `ENOENT`: it is not bound
   */
  unbind(address: string): Promise<void>;
  /** As unbind(), at once. */
  unbindSync(address: string): void;
  /**
   * Connects, in the background.
   * @throws ErrnoError with `address`
   */
  connect(address: string): void;
  /**
   * Ends a connect.
   * @throws ErrnoError with `address`; `ENOENT`: it is not connected
   */
  disconnect(address: string): void;
  protected getBoolOption(option: number): boolean;
  protected setBoolOption(option: number, value: boolean): void;
  protected getInt32Option(option: number): number;
  protected setInt32Option(option: number, value: number): void;
  protected getUint32Option(option: number): number;
  protected setUint32Option(option: number, value: number): void;
  protected getInt64Option(option: number): number;
  protected setInt64Option(option: number, value: number): void;
  protected getUint64Option(option: number): number;
  protected setUint64Option(option: number, value: number): void;
  protected getStringOption(option: number): string | null;
  protected setStringOption(option: number, value: string | Buffer | null): void;
}
export interface Socket extends SocketSettings {}

/** One peer, in both directions. */
export class Pair extends Socket {
  constructor(options?: SocketOptions<Pair>);
}
export interface Pair extends Writable, Readable {}

/** Sends to all subscribers. */
export class Publisher extends Socket {
  constructor(options?: SocketOptions<Publisher>);
}
export interface Publisher extends Writable, Pick<TypeSettings, "conflate" | "invertMatching" | "noDrop"> {}

/** Receives messages that begin with one of its prefixes: none at first. */
export class Subscriber extends Socket {
  constructor(options?: SocketOptions<Subscriber>);
  /** Adds prefixes; without any, the empty one. */
  subscribe(...prefixes: Array<Buffer | string>): void;
  /** Removes prefixes that were added. */
  unsubscribe(...prefixes: Array<Buffer | string>): void;
}
export interface Subscriber extends Readable, Pick<TypeSettings, "conflate" | "invertMatching"> {}

/** Sends a request and receives the reply, in turn; one that is out of turn waits. */
export class Request extends Socket {
  constructor(options?: SocketOptions<Request>);
}
export interface Request
  extends Readable,
    Writable,
    Pick<TypeSettings, "correlate" | "probeRouter" | "relaxed" | "routingId"> {}

/** Receives a request and sends the reply, in turn; one that is out of turn waits. */
export class Reply extends Socket {
  constructor(options?: SocketOptions<Reply>);
}
export interface Reply extends Readable, Writable, Pick<TypeSettings, "routingId"> {}

/** Sends to its peers by turns, and receives from all. */
export class Dealer extends Socket {
  constructor(options?: SocketOptions<Dealer>);
}
export interface Dealer extends Readable, Writable, Pick<TypeSettings, "conflate" | "probeRouter" | "routingId"> {}

/** Received messages begin with the peer's routing id, and so do sent ones. */
export class Router extends Socket {
  constructor(options?: SocketOptions<Router>);
  /** routingId identifies the peer from then on. */
  connect(address: string, options?: RouterConnectOptions): void;
}
export interface Router
  extends Readable,
    Writable,
    Pick<TypeSettings, "handover" | "mandatory" | "probeRouter" | "routingId"> {}

export interface RouterConnectOptions {
  routingId?: string;
}

/** Receives from all its peers. */
export class Pull extends Socket {
  constructor(options?: SocketOptions<Pull>);
}
export interface Pull extends Readable, Pick<TypeSettings, "conflate"> {}

/** Sends to its peers by turns. */
export class Push extends Socket {
  constructor(options?: SocketOptions<Push>);
}
export interface Push extends Writable, Pick<TypeSettings, "conflate"> {}

/** A publisher that receives subscriptions: a byte, 1 or 0, and the prefix. */
export class XPublisher extends Socket {
  constructor(options?: SocketOptions<XPublisher>);
}
export interface XPublisher
  extends Readable,
    Writable,
    Pick<TypeSettings, "invertMatching" | "manual" | "noDrop" | "verbosity" | "welcomeMessage"> {}

/** A subscriber that sends its subscriptions. */
export class XSubscriber extends Socket {
  constructor(options?: SocketOptions<XSubscriber>);
}
export interface XSubscriber extends Readable, Writable {}

/** TCP without ZeroMQ's protocol: each message is a peer's routing id and bytes. */
export class Stream extends Socket {
  constructor(options?: SocketOptions<Stream>);
  /** routingId identifies the peer from then on. */
  connect(address: string, options?: StreamConnectOptions): void;
}
export interface Stream
  extends Readable<[Message, Message]>,
    Writable<[MessageLike, MessageLike]>,
    Pick<TypeSettings, "notify"> {}

export interface StreamConnectOptions {
  routingId?: string;
}
