// Written by scripts/generate from the module's table.
/// <reference lib="esnext.disposable" />

/** The declarations of an engine (engine.d.ts) extend it: `bytes` is the class of received bytes. */
interface ZmqjsEngine {}

/** ZeroMQ, with the functions of FFglitch's module. */
declare module "zmq" {
  /** An FFArray or FFPtr of FFglitch: bytes to send, or to receive into. */
  export interface FFArray {
    readonly length: number;
    [index: number]: number | bigint;
    subarray(begin?: number, end?: number): FFArray;
  }

  /** Received bytes: a `Uint8Array`, unless the declarations of the engine name another class. */
  export type ReceivedBytes = ZmqjsEngine extends { bytes: infer Class } ? Class : Uint8Array;

  /** Memory to receive into. */
  export type Bytes = ArrayBuffer | ArrayBufferView | FFArray;

  /** A value that can be sent, or be an option's value. */
  export type Sendable = null | boolean | number | bigint | string | Bytes;

  /** The error that libzmq's failures throw. */
  export interface ZmqError extends Error {
    /** The name of the error number, such as `"EADDRINUSE"`. */
    readonly code: string;
    /** The error number, such as {@link EADDRINUSE}. */
    readonly errno: number;
    /** The endpoint that bind, connect, unbind, disconnect or monitor got. */
    readonly endpoint?: string;
  }

  /** An event of a socket, or of a monitor. */
  export interface SocketEvent<Data = any, Source = Socket> {
    /** The socket or descriptor that was added. */
    socket: Source;
    /** The argument of {@link Poller.add}. */
    user_data: Data;
    /** {@link POLLIN}, {@link POLLOUT}, combined with `|`. */
    events: number;
  }

  /** An event of a file descriptor. */
  export interface DescriptorEvent<Data = any> {
    /** Always null. */
    socket: null;
    /** The descriptor that was added. */
    fd: number;
    /** The argument of {@link Poller.add}. */
    user_data: Data;
    /** {@link POLLIN}, {@link POLLOUT}, {@link POLLERR}, {@link POLLPRI}, combined with `|`. */
    events: number;
  }

  /** An event; `socket` is null if it is a descriptor's. */
  export type PollerEvent<Data = any, Source = Socket | number> = Source extends Socket | Monitor
    ? SocketEvent<Data, Source>
    : DescriptorEvent<Data>;

  /** An event of a monitor. */
  export interface MonitorEvent {
    /** The kind of event, such as {@link EVENT_CONNECTED}. */
    event: number;
    /** Depends on the event: a descriptor, an error number, milliseconds. */
    value: number;
    /** The endpoint of the event. */
    endpoint: string;
    /** The name of the event, such as `"CONNECTED"`. */
    name: string;
    /** The reason of a failure; `""` for other events. */
    text: string;
  }

  /** A message with its properties. */
  export interface Message {
    /** Its content. */
    data: ReceivedBytes;
    /** Whether another part of the same message follows. */
    more: boolean;
    /** The values of the properties in the argument; null for a property that the message lacks. */
    properties: (string | null)[];
    /** Of a SERVER or PEER: the sender. */
    routing_id?: number;
    /** Of a DISH: the group. */
    group?: string;
    /** The same as it was sent, where that is no text. */
    group_bytes?: ReceivedBytes;
  }

  /** A message whose sender has a routing id. */
  export interface RoutedMessage extends Message {
    routing_id: number;
  }

  /** A message to a group. */
  export interface GroupMessage extends Message {
    group: string;
    group_bytes: ReceivedBytes;
  }

  /** A SERVER or PEER: it sends to peers by their routing ids. */
  export interface RoutingSocket extends Socket {
    send_to(destination: number, data: Sendable, flags?: number | null): number | undefined;
    recv_message(properties?: readonly Sendable[] | null, flags?: number | null): RoutedMessage | undefined;
  }

  /** A RADIO: it sends to groups. */
  export interface RadioSocket extends Socket {
    send_to(destination: string | Bytes, data: Sendable, flags?: number | null): number | undefined;
  }

  /** A DISH: it receives messages to the groups that it has joined. */
  export interface DishSocket extends Socket {
    recv_message(properties?: readonly Sendable[] | null, flags?: number | null): GroupMessage | undefined;
  }

  /** Keys of CURVE, each 40 characters in Z85. */
  export interface CurveKeypair {
    public_key: string;
    secret_key: string;
  }

  /** The contents of a certificate's file. */
  export interface Certificate {
    public_key: string;
    /** null if the file has only the public key. */
    secret_key: string | null;
  }

  /** Socket options that are text or bytes. */
  export type TextOption =
    | typeof ROUTING_ID
    | typeof SUBSCRIBE
    | typeof UNSUBSCRIBE
    | typeof LAST_ENDPOINT
    | typeof PLAIN_USERNAME
    | typeof PLAIN_PASSWORD
    | typeof CURVE_PUBLICKEY
    | typeof CURVE_SECRETKEY
    | typeof CURVE_SERVERKEY
    | typeof ZAP_DOMAIN
    | typeof CONNECT_ROUTING_ID
    | typeof GSSAPI_PRINCIPAL
    | typeof GSSAPI_SERVICE_PRINCIPAL
    | typeof SOCKS_PROXY
    | typeof XPUB_WELCOME_MSG
    | typeof BINDTODEVICE
    | typeof IDENTITY
    | typeof CONNECT_RID
    | typeof TCP_ACCEPT_FILTER
    | typeof METADATA
    | typeof SOCKS_USERNAME
    | typeof SOCKS_PASSWORD
    | typeof WSS_KEY_PEM
    | typeof WSS_CERT_PEM
    | typeof WSS_TRUST_PEM
    | typeof WSS_HOSTNAME
    | typeof HELLO_MSG
    | typeof DISCONNECT_MSG
    | typeof HICCUP_MSG;

  /** Socket options of 64 bits. */
  export type BigIntOption =
    | typeof AFFINITY
    | typeof MAXMSGSIZE
    | typeof VMCI_BUFFER_SIZE
    | typeof VMCI_BUFFER_MIN_SIZE
    | typeof VMCI_BUFFER_MAX_SIZE;

  /** Socket options of 32 bits. */
  export type IntegerOption =
    | typeof RATE
    | typeof RECOVERY_IVL
    | typeof SNDBUF
    | typeof RCVBUF
    | typeof RCVMORE
    | typeof FD
    | typeof EVENTS
    | typeof TYPE
    | typeof LINGER
    | typeof RECONNECT_IVL
    | typeof BACKLOG
    | typeof RECONNECT_IVL_MAX
    | typeof SNDHWM
    | typeof RCVHWM
    | typeof MULTICAST_HOPS
    | typeof RCVTIMEO
    | typeof SNDTIMEO
    | typeof ROUTER_MANDATORY
    | typeof TCP_KEEPALIVE
    | typeof TCP_KEEPALIVE_CNT
    | typeof TCP_KEEPALIVE_IDLE
    | typeof TCP_KEEPALIVE_INTVL
    | typeof IMMEDIATE
    | typeof XPUB_VERBOSE
    | typeof ROUTER_RAW
    | typeof IPV6
    | typeof MECHANISM
    | typeof PLAIN_SERVER
    | typeof CURVE_SERVER
    | typeof PROBE_ROUTER
    | typeof REQ_CORRELATE
    | typeof REQ_RELAXED
    | typeof CONFLATE
    | typeof ROUTER_HANDOVER
    | typeof TOS
    | typeof GSSAPI_SERVER
    | typeof GSSAPI_PLAINTEXT
    | typeof HANDSHAKE_IVL
    | typeof XPUB_NODROP
    | typeof XPUB_MANUAL
    | typeof STREAM_NOTIFY
    | typeof INVERT_MATCHING
    | typeof HEARTBEAT_IVL
    | typeof HEARTBEAT_TTL
    | typeof HEARTBEAT_TIMEOUT
    | typeof XPUB_VERBOSER
    | typeof CONNECT_TIMEOUT
    | typeof TCP_MAXRT
    | typeof THREAD_SAFE
    | typeof MULTICAST_MAXTPDU
    | typeof VMCI_CONNECT_TIMEOUT
    | typeof USE_FD
    | typeof GSSAPI_PRINCIPAL_NAMETYPE
    | typeof GSSAPI_SERVICE_PRINCIPAL_NAMETYPE
    | typeof IPC_FILTER_PID
    | typeof IPC_FILTER_UID
    | typeof IPC_FILTER_GID
    | typeof IPV4ONLY
    | typeof DELAY_ATTACH_ON_CONNECT
    | typeof FAIL_UNROUTABLE
    | typeof ROUTER_BEHAVIOR
    | typeof ZAP_ENFORCE_DOMAIN
    | typeof LOOPBACK_FASTPATH
    | typeof MULTICAST_LOOP
    | typeof ROUTER_NOTIFY
    | typeof XPUB_MANUAL_LAST_VALUE
    | typeof IN_BATCH_SIZE
    | typeof OUT_BATCH_SIZE
    | typeof WSS_TRUST_SYSTEM
    | typeof ONLY_FIRST_SUBSCRIBE
    | typeof RECONNECT_STOP
    | typeof PRIORITY
    | typeof BUSY_POLL
    | typeof XSUB_VERBOSE_UNSUBSCRIBE
    | typeof TOPICS_COUNT
    | typeof NORM_MODE
    | typeof NORM_UNICAST_NACK
    | typeof NORM_BUFFER_SIZE
    | typeof NORM_SEGMENT_SIZE
    | typeof NORM_BLOCK_SIZE
    | typeof NORM_NUM_PARITY
    | typeof NORM_NUM_AUTOPARITY
    | typeof NORM_PUSH;

  /** The version of libzmq: [major, minor, patch]. */
  export function version(): [number, number, number];
  /**
   * 1 if libzmq has the capability, else 0.
   * @param capability - `"ipc"`, `"pgm"`, `"tipc"`, `"norm"`, `"vmci"`, `"curve"`, `"gssapi"`, `"draft"`, `"WS"`, `"WSS"`
   * @returns 1 or 0; 0 for any other string
   */
  export function has(capability: string): number;
  /**
   * Forwards messages between two sockets, in both directions, until control receives TERMINATE (zmq_proxy_steerable); capture receives a copy of each.
   * It forwards whole messages, and receives none while the other side cannot take one.
   * @param frontend - the socket for the clients: usually a ROUTER, XSUB or PULL
   * @param backend - the socket for the workers: usually a DEALER, XPUB or PUSH
   * @param capture - receives a copy of each message, unless its queue is full: PUB, PUSH, DEALER or PAIR
   * @param control - receives the commands `"PAUSE"`, `"RESUME"`, `"STATISTICS"` and `"TERMINATE"`: PAIR, PULL, SUB or REP
   * @param flags - {@link DONTWAIT}: forward the messages that have arrived, at most about 100 each way, and return; control must be null
   * @returns 0 after `"TERMINATE"`; undefined with {@link DONTWAIT}
   * @throws {@link ZmqError} `ETERM` if the context is shut down; `EINTR` if a signal arrives; `ENOTSOCK` if a socket is closed; the errors of send() and recv()
   */
  export function proxy(frontend: Socket, backend: Socket, capture?: Socket | null, control?: Socket | null, flags?: number | null): 0 | undefined;
  /**
   * Makes a pair of keys for CURVE, in Z85 (zmq_curve_keypair).
   * @throws {@link ZmqError} `ENOTSUP` if libzmq was built without CURVE
   */
  export function curve_keypair(): CurveKeypair;
  /**
   * Returns the public key of a secret key, both in Z85 (zmq_curve_public).
   * @param secret_key - 40 characters in Z85
   * @throws RangeError if secret_key is not a key in Z85
   * @throws {@link ZmqError} `ENOTSUP` if libzmq was built without CURVE
   */
  export function curve_public(secret_key: string): string;
  /**
   * Encodes bytes as text in Z85, five characters for four bytes (zmq_z85_encode).
   * @param data - bytes; their number must be a multiple of 4
   * @throws RangeError if the number of bytes is not a multiple of 4
   */
  export function z85_encode(data: Bytes): string;
  /**
   * Decodes a text in Z85 (zmq_z85_decode).
   * @param text - characters of Z85; their number must be a multiple of 5
   * @throws RangeError if text is not Z85
   */
  export function z85_decode(text: string): ReceivedBytes;
  /**
   * Reads the keys in the file of a certificate.
   * @param path - a file that czmq, pyzmq or save_certificate() has written
   * @returns both keys; secret_key is null if the file has only the public key
   * @throws {@link ZmqError} `EACCES` if the file has a secret key and users other than its owner can read it; `EINVAL` if it is not a certificate; `ENOENT` and other errors of the file system
   */
  export function load_certificate(path: string): Certificate;
  /**
   * Writes the public key to the file of a certificate, and both keys to a second file that only its owner can read.
   * It replaces existing files, each as a whole.
   * @param path - the file for the public certificate
   * @param public_key - 40 characters in Z85
   * @param secret_key - 40 characters in Z85, for a second file, path + `"_secret"`, with mode 0600
   * @throws RangeError if a key is not 40 characters of Z85
   * @throws {@link ZmqError} `ENOENT`, `EACCES` and other errors of the file system
   */
  export function save_certificate(path: string, public_key: string, secret_key?: string | null): 0;
  /**
   * Makes a context (zmq_ctx_new).
   * @throws {@link ZmqError} `EMFILE` if no descriptor is left; `ENOTSUP` in a child made by fork()
   */
  export class Context {
    constructor();
    /**
     * Returns the context that all runtimes of the process share under a name; it ends when all of them have left it.
     * `inproc://` endpoints of a shared context are visible to every runtime, thread and engine that has taken it. `term()`
     * leaves it at once; the sockets that this instance has made keep it until they are closed. A runtime that ends closes its own sockets.
     * @param name - any text; `""` if absent
     * @throws {@link ZmqError} `EMFILE` if no descriptor is left; `ENOTSUP` in a child made by fork()
     */
    static shared(name?: string | null): Context;
    /**
     * Makes a socket of a type (zmq_socket).
     * @param type - {@link PAIR}, {@link PUB}, {@link SUB}, {@link REQ}, {@link REP}, {@link DEALER}, {@link ROUTER}, {@link PULL}, {@link PUSH}, {@link XPUB}, {@link XSUB} or {@link STREAM}; with the draft API also {@link SERVER}, {@link CLIENT}, {@link RADIO}, {@link DISH}, {@link SCATTER}, {@link GATHER}, {@link DGRAM}, {@link PEER} or {@link CHANNEL}
     * @throws {@link ZmqError} `EINVAL` if libzmq does not have the type; `EMFILE` if the context has MAX_SOCKETS sockets or no descriptor is left; `ETERM` after shutdown(); `EFAULT` after term()
     */
    socket(type: typeof PAIR | typeof PUB | typeof SUB | typeof REQ | typeof REP | typeof DEALER | typeof ROUTER | typeof PULL | typeof PUSH | typeof XPUB | typeof XSUB | typeof STREAM | typeof XREQ | typeof XREP): Socket;
    socket(type: typeof SERVER | typeof PEER): RoutingSocket;
    socket(type: typeof RADIO): RadioSocket;
    socket(type: typeof DISH): DishSocket;
    socket(type: number): Socket;
    /**
     * Sets an option of the context (zmq_ctx_set); of a shared one once, before its first socket.
     * @param option_name - an option of contexts, such as {@link IO_THREADS}
     * @param option_value - its value
     * @throws {@link ZmqError} `EINVAL` if libzmq does not have the option or refuses the value; `EBUSY` if the option of a shared context has another value; `EFAULT` after term()
     */
    set(option_name: number, option_value: number): 0;
    /**
     * Reads an option of the context (zmq_ctx_get).
     * @param option_name - an option of contexts, such as {@link MAX_SOCKETS}
     * @throws {@link ZmqError} `EINVAL` if libzmq does not have the option; `EFAULT` after term()
     */
    get(option_name: number): number;
    /**
     * Makes every call on the context's sockets throw ETERM (zmq_ctx_shutdown). A shared context cannot be shut down.
     * The sockets must still be closed.
     * @throws {@link ZmqError} `EPERM` if the context is a shared one; `EFAULT` after term()
     */
    shutdown(): 0;
    /**
     * Ends the context when its sockets are closed and have sent their messages (zmq_ctx_term); leaves a shared context.
     * It waits while a socket of the context is open, or has unsent messages that its LINGER keeps.
     * A second call returns 0 at once.
     * @param flags - {@link DONTWAIT}: begin to end the context, and return
     * @returns 0 once the context has ended; undefined with {@link DONTWAIT} until then
     * @throws {@link ZmqError} `EINTR` if a signal arrives while it waits
     */
    term(flags?: number | null): 0 | undefined;
    /**
     * Closes the open sockets of the context, then calls term().
     * For `using`.
     * @param flags - as for term()
     * @throws {@link ZmqError} as term()
     */
    [Symbol.dispose](flags?: number | null): void;
    /** Whether term() has begun. */
    readonly closed: boolean;
    /** The descriptor that becomes readable when the context has ended; -1 before term() has had to wait. */
    readonly fd: number;
  }
  /** A Socket is made by Context.socket(type). */
  export class Socket {
    private constructor();
    /**
     * Closes the socket (zmq_close); linger, if given, becomes its LINGER first.
     * @param linger - the LINGER to set first, in milliseconds; -1: no limit
     * @throws {@link ZmqError} `EINVAL` if linger is less than -1; the socket stays open
     */
    close(linger?: number | null): 0;
    /**
     * The same as close().
     * For `using`.
     */
    [Symbol.dispose](): void;
    /**
     * Accepts connections at an endpoint (zmq_bind).
     * @param endpoint - `tcp://address:port`, `ipc://path`, `inproc://name` or another endpoint of libzmq; `*` as address or port stands for any
     * @throws {@link ZmqError} with `endpoint`: `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, `EINVAL`, `EMFILE`, `ENODEV`, `EPROTONOSUPPORT`, `ENOCOMPATPROTO`, `ENOTSUP`, `ENOTSOCK`, `ETERM`
     */
    bind(endpoint: string): 0;
    /**
     * Connects to an endpoint (zmq_connect).
     * @param endpoint - `tcp://host:port`, `ipc://path`, `inproc://name` or another endpoint of libzmq
     * @throws {@link ZmqError} with `endpoint`: `EINVAL`, `EMFILE`, `EPROTONOSUPPORT`, `ENOCOMPATPROTO`, `ENOTSUP`, `ENOTSOCK`, `ETERM`
     */
    connect(endpoint: string): 0;
    /**
     * Connects a PEER to an endpoint, and returns the routing id of the peer there (zmq_connect_peer).
     * @param endpoint - as for connect()
     * @returns the routing id, for send_to()
     * @throws {@link ZmqError} with `endpoint`: `ENOTSUP` if the socket is not a PEER; `EFAULT` if its option IMMEDIATE is not 0; the errors of connect()
     * @since 4.3.3 draft
     */
    connect_peer(endpoint: string): number;
    /**
     * Ends a bind (zmq_unbind).
     * @param endpoint - the endpoint that was bound; for a wildcard the value of {@link Socket.last_endpoint}
     * @throws {@link ZmqError} with `endpoint`: `ENOENT` if the socket is not bound there; `EINVAL`, `ENOTSOCK`, `ETERM`
     */
    unbind(endpoint: string): 0;
    /**
     * Ends a connect (zmq_disconnect).
     * @param endpoint - the endpoint that was connected
     * @throws {@link ZmqError} with `endpoint`: `ENOENT` if the socket is not connected there; `ENOTSUP` for a ROUTER or REP at an inproc endpoint that is not bound; `EINVAL`, `ENOTSOCK`, `ETERM`
     */
    disconnect(endpoint: string): 0;
    /**
     * Sends a message (zmq_send).
     * @param data - a boolean or an integer of 32 bits is sent as 4 bytes, another integer or a bigint as 8, a string as UTF-8, bytes as they are, null as an empty message
     * @param flags - {@link DONTWAIT}, {@link SNDMORE}, combined with `|`
     * @returns the size of the message in bytes; undefined if it cannot be sent now ({@link DONTWAIT}) or within {@link SNDTIMEO}
     * @throws RangeError if a number has a fraction, or does not fit in 64 bits
     * @throws {@link ZmqError} `EFSM` if the socket has to receive first; `EHOSTUNREACH` if no peer has the routing id ({@link ROUTER_MANDATORY}); `ENOTSUP` if sockets of this type cannot send; `EINVAL`, `ENOTSOCK`, `ETERM`, `EINTR`
     */
    send(data: Sendable, flags?: number | null): number | undefined;
    /**
     * Sends a message to one peer of a SERVER or PEER, by its routing id (zmq_msg_set_routing_id), or to a group of a RADIO (zmq_msg_set_group).
     * @param destination - for a SERVER or PEER a routing id from recv_message() or connect_peer(); for a RADIO a group, at most 255 bytes, text as UTF-8
     * @param data - as for send()
     * @param flags - {@link DONTWAIT}
     * @returns as send()
     * @throws RangeError if destination is not a routing id, or the group is too long
     * @throws {@link ZmqError} `EHOSTUNREACH` if no peer has the routing id any more; `ENOTSUP` if sockets of this type have no destinations; `EMSGSIZE` if the message does not fit in a packet of udp; `ENOTSOCK`, `ETERM`, `EINTR`
     * @since 4.2.0 draft
     */
    send_to(destination: number | string | Bytes, data: Sendable, flags?: number | null): number | undefined;
    /**
     * Sends a message of several parts, all or none of them, and returns its size in bytes.
     * All parts are checked before the first one is sent.
     * @param parts - at least one part; each is a value that send() takes
     * @param flags - {@link DONTWAIT}; {@link SNDMORE}: more parts of the same message follow the last one
     * @returns the size of all parts in bytes; undefined if the message cannot be sent now ({@link DONTWAIT}) or within {@link SNDTIMEO}
     * @throws TypeError if parts is empty
     * @throws RangeError if parts has more than 1048576 elements, or if a number has a fraction or does not fit in 64 bits
     * @throws {@link ZmqError} as send()
     */
    send_multipart(parts: readonly Sendable[], flags?: number | null): number | undefined;
    /**
     * Receives a message as bytes (zmq_recv).
     * @param flags - {@link DONTWAIT}
     * @returns a `Uint8FFArray` in FFglitch and in the bundled engine, elsewhere a `Uint8Array`; undefined if there is no message now ({@link DONTWAIT}) or within {@link RCVTIMEO}
     * @throws {@link ZmqError} `EFSM` if the socket has to send first; `ENOTSUP` if sockets of this type cannot receive; `ENOTSOCK`, `ETERM`, `EINTR`
     */
    recv(flags?: number | null): ReceivedBytes | undefined;
    /**
     * Receives a 32-bit integer.
     * @param flags - {@link DONTWAIT}
     * @returns undefined as recv()
     * @throws TypeError if the message does not have 4 bytes; the message is discarded
     * @throws {@link ZmqError} as recv()
     */
    recv_int(flags?: number | null): number | undefined;
    /**
     * Receives a 64-bit integer.
     * @param flags - {@link DONTWAIT}
     * @returns undefined as recv()
     * @throws TypeError if the message does not have 8 bytes; the message is discarded
     * @throws {@link ZmqError} as recv()
     */
    recv_bigint(flags?: number | null): bigint | undefined;
    /**
     * Receives a string.
     * Bytes that are not UTF-8 become U+FFFD. If the only NUL is the last byte, it is removed.
     * @param flags - {@link DONTWAIT}
     * @returns undefined as recv()
     * @throws {@link ZmqError} as recv()
     */
    recv_str(flags?: number | null): string | undefined;
    /**
     * Receives a message as bytes.
     * The same as recv().
     * @param flags - {@link DONTWAIT}
     * @returns as recv()
     * @throws {@link ZmqError} as recv()
     */
    recv_uint8ffarray(flags?: number | null): ReceivedBytes | undefined;
    /**
     * Receives a message with all its parts, or its remaining parts.
     * @param flags - {@link DONTWAIT}
     * @returns the parts; undefined as recv()
     * @throws {@link ZmqError} as recv()
     */
    recv_multipart(flags?: number | null): ReceivedBytes[] | undefined;
    /**
     * Receives a message into a buffer, from byte offset on (zmq_recv), and returns the size of the message; bytes beyond the buffer are discarded.
     * @param buffer - the memory to write to
     * @param offset - the byte of the buffer to begin at; 0 if absent
     * @param flags - {@link DONTWAIT}
     * @returns the size of the message in bytes, which is larger than the number of bytes written if the buffer was too small; undefined as recv()
     * @throws RangeError if offset is outside the buffer; nothing is received
     * @throws {@link ZmqError} as recv()
     */
    recv_into(buffer: Bytes, offset?: number | null, flags?: number | null): number | undefined;
    /**
     * Receives a message with some of its properties (zmq_msg_gets), whether another part follows, and its routing id or group.
     * @param properties - names such as `"Peer-Address"`, `"User-Id"`, `"Socket-Type"`, `"Routing-Id"`
     * @param flags - {@link DONTWAIT}
     * @returns undefined as recv()
     * @throws TypeError if properties is not an array of strings
     * @throws {@link ZmqError} as recv()
     */
    recv_message(properties?: readonly Sendable[] | null, flags?: number | null): Message | undefined;
    /**
     * Makes a DISH receive the messages of a group (zmq_join).
     * @param group - at most 255 bytes, text as UTF-8
     * @throws RangeError if group is too long
     * @throws {@link ZmqError} `EINVAL` if the socket has joined the group already; `ENOTSUP` if it is not a DISH; `ENOTSOCK`, `ETERM`
     * @since 4.2.0 draft
     */
    join(group: string | Bytes): 0;
    /**
     * Ends a join (zmq_leave).
     * @param group - a group that the socket has joined
     * @throws RangeError if group is too long
     * @throws {@link ZmqError} `EINVAL` if the socket has not joined the group; `ENOTSUP` if it is not a DISH; `ENOTSOCK`, `ETERM`
     * @since 4.2.0 draft
     */
    leave(group: string | Bytes): 0;
    /**
     * Reports the socket's events (default: EVENT_ALL) to the PAIR socket that connects to an inproc endpoint; null ends that (zmq_socket_monitor). Without an endpoint it makes a Monitor, which receives them.
     * Call it before bind() or connect(), to get all events. A socket has one monitor at a time: a second
     * one replaces the first. A monitor never makes its socket wait: the newest 1000 events at least are
     * kept, and older ones are dropped.
     * @param endpoint - `inproc://name`, for the PAIR socket that receives the events; null: end the monitor
     * @param events - such as {@link EVENT_CONNECTED}, combined with `|`; {@link EVENT_ALL} if absent
     * @returns a {@link Monitor} if no endpoint is given, else 0
     * @throws {@link ZmqError} with `endpoint`: `EPROTONOSUPPORT` if it is not inproc; `EADDRINUSE`, `EINVAL`, `EMFILE`, `ENOTSOCK`, `ETERM`
     */
    monitor(events?: number): Monitor;
    monitor(endpoint: string | null, events?: number | null): 0;
    /**
     * Receives an event of a monitor, on the PAIR socket that is connected to it.
     * @param flags - {@link DONTWAIT}
     * @returns undefined as recv()
     * @throws TypeError if the message is not an event; the message is discarded
     * @throws {@link ZmqError} as recv()
     */
    recv_event(flags?: number | null): MonitorEvent | undefined;
    /**
     * Sets an option (zmq_setsockopt).
     * @param option_name - an option of sockets, such as {@link LINGER}
     * @param option_value - its value: an integer, a string or bytes, by the option's type
     * @throws TypeError if the value does not have the option's type
     * @throws RangeError if the value does not fit in the option's type
     * @throws {@link ZmqError} `EINVAL` if libzmq does not have the option or refuses the value; `ENOTSOCK`
     */
    setsockopt(option_name: number, option_value: Sendable): 0;
    /**
     * Reads an option (zmq_getsockopt).
     * @param option_name - an option of sockets, such as {@link RCVTIMEO}
     * @returns a number for options of 32 bits, a bigint for options of 64 bits, else a string
     * @throws TypeError if no option has this number
     * @throws {@link ZmqError} `EINVAL` if libzmq does not have the option, or the option is write-only; `ENOTSOCK`
     */
    getsockopt(option_name: TextOption): string;
    getsockopt(option_name: BigIntOption): bigint;
    getsockopt(option_name: IntegerOption): number;
    getsockopt(option_name: number): string | number | bigint;
    /**
     * Reads an option that is a 32-bit integer.
     * @param option_name - an option of 32 bits
     * @throws TypeError if the option has another type
     * @throws {@link ZmqError} as getsockopt()
     */
    getsockopt_int(option_name: number): number;
    /**
     * Reads an option that is a 64-bit integer.
     * @param option_name - an option of 64 bits
     * @throws TypeError if the option has another type
     * @throws {@link ZmqError} as getsockopt()
     */
    getsockopt_bigint(option_name: number): bigint;
    /**
     * Reads an option that is a string.
     * @param option_name - an option that is text or bytes
     * @throws TypeError if the option has another type
     * @throws {@link ZmqError} as getsockopt()
     */
    getsockopt_str(option_name: number): string;
    /**
     * Reads an option as bytes.
     * @param option_name - any option
     * @throws {@link ZmqError} as getsockopt()
     */
    getsockopt_uint8ffarray(option_name: number): ReceivedBytes;
    /** Whether close() was called. */
    readonly closed: boolean;
    /** The socket's type (ZMQ_TYPE), also after it was closed. */
    readonly type: number;
    /**
     * The endpoint that was bound or connected last, with wildcards resolved (ZMQ_LAST_ENDPOINT); empty if there is none.
     * @throws {@link ZmqError} `ENOTSOCK` if the socket is closed; `ETERM` if the context is shut down
     */
    readonly last_endpoint: string;
    /**
     * The descriptor that becomes readable when events may have changed (ZMQ_FD).
     * It becomes readable once for all messages that have arrived, and not again for those that were not
     * received. So receive until {@link Socket.events} has no POLLIN: when fd is readable, and after each
     * send on the same socket, because a send can take note of arrivals too.
     * @throws {@link ZmqError} `ENOTSOCK` if the socket is closed; `ETERM` if the context is shut down
     */
    readonly fd: number;
    /**
     * POLLIN if a message can be received, POLLOUT if one can be sent, or both (ZMQ_EVENTS).
     * @throws {@link ZmqError} `ENOTSOCK` if the socket is closed; `ETERM` if the context is shut down
     */
    readonly events: number;
    /**
     * The number of messages sent; each part counts.
     * It can also be read after close().
     */
    readonly messages_sent: number;
    /**
     * How many bytes these have.
     * It can also be read after close().
     */
    readonly bytes_sent: number;
    /**
     * The number of messages received; each part counts.
     * It can also be read after close().
     */
    readonly messages_received: number;
    /**
     * How many bytes these have.
     * It can also be read after close().
     */
    readonly bytes_received: number;
  }
  /**
   * Makes a poller (zmq_poller_new).
   * `Data` is the type of user_data. `Source` is the type of the members: sockets, or with
   * `Poller<Data, Socket | Monitor | number>` monitors and file descriptors too.
   * @throws {@link ZmqError} `EMFILE` if no descriptor is left
   */
  export class Poller<Data = any, Source extends Socket | Monitor | number = Socket> {
    constructor();
    /**
     * How many sockets and descriptors are registered (zmq_poller_size).
     * Closed sockets do not count: close() removes a socket from its pollers.
     */
    size(): number;
    /**
     * Registers a socket or a descriptor, for events (zmq_poller_add).
     * @param socket - a socket, a monitor or a file descriptor that is not registered yet
     * @param events - {@link POLLIN}, {@link POLLOUT}, {@link POLLERR}, {@link POLLPRI}, combined with `|`
     * @param user_data - any value; it becomes the user_data of the events
     * @throws {@link ZmqError} `EINVAL` if it is registered already, or events has other bits; `ENOTSOCK` if the socket is closed; `EBADF` if the descriptor is not open
     */
    add(socket: Source, events: number, user_data?: Data): 0;
    /**
     * Changes the events of a registered socket or descriptor (zmq_poller_modify).
     * @param socket - a registered socket, monitor or descriptor
     * @param events - {@link POLLIN}, {@link POLLOUT}, {@link POLLERR}, {@link POLLPRI}, combined with `|`
     * @throws {@link ZmqError} `EINVAL` if it is not registered, or events has other bits; `ENOTSOCK` if the socket is closed; `EBADF` if the descriptor is not open
     */
    modify(socket: Source, events: number): 0;
    /**
     * Removes a socket or a descriptor (zmq_poller_remove).
     * @param socket - a registered socket, monitor or descriptor
     * @throws {@link ZmqError} `EINVAL` if it is not registered; `ENOTSOCK` if the socket is closed; `EBADF` if the descriptor is not open
     */
    remove(socket: Source): 0;
    /**
     * Waits for an event (zmq_poller_wait).
     * @param timeout - in milliseconds; -1: no limit
     * @returns null if nothing happened in that time
     * @throws {@link ZmqError} `EFAULT` if timeout is -1 and nothing is registered; `EINTR` if a signal arrives; `ETERM` if the context of a registered socket is shut down
     */
    wait(timeout: number): PollerEvent<Data, Source> | null;
    /**
     * Returns an event without waiting.
     * @returns null if there is no event
     * @throws {@link ZmqError} `ETERM` if the context of a registered socket is shut down
     */
    poll(): PollerEvent<Data, Source> | null;
    /**
     * Waits for events (zmq_poller_wait_all).
     * @param n_events - the largest number of events to return; above 0
     * @param timeout - in milliseconds; -1: no limit
     * @returns null if nothing happened in that time
     * @throws TypeError if n_events is not above 0
     * @throws {@link ZmqError} as wait()
     */
    wait_all(n_events: number, timeout: number): PollerEvent<Data, Source>[] | null;
    /**
     * Returns events without waiting.
     * @param n_events - the largest number of events to return; above 0
     * @returns null if there are no events
     * @throws TypeError if n_events is not above 0
     * @throws {@link ZmqError} as poll()
     */
    poll_all(n_events: number): PollerEvent<Data, Source>[] | null;
    /**
     * Removes everything.
     * For `using`.
     */
    [Symbol.dispose](): void;
    /**
     * A descriptor that becomes readable when there may be events; the next use of this property closes it.
     * It covers the members that the poller has when the property is read. When it is readable, call
     * poll() until that returns null, and do so before each wait for it.
     * @throws {@link ZmqError} `EMFILE` if no descriptor is left
     */
    readonly fd: number;
  }
  /**
   * Starts to decide which peers may connect to the context's sockets (ZeroMQ RFC 27); a context has one Authenticator at a time.
   * Before it is made, and after it is closed, PLAIN refuses every peer, and NULL and CURVE accept
   * every peer. A context that ends also ends it.
   * @param context - a context without another Authenticator
   * @throws {@link ZmqError} `EADDRINUSE` if the context has an Authenticator; `EFAULT` after term()
   */
  export class Authenticator {
    constructor(context: Context);
    /**
     * Allows peers with an IP address, or in a network (10.0.0.0/8), and refuses all peers that are not allowed.
     * @param address - `"10.0.0.1"`, `"10.0.0.0/8"`, `"fe80::1"`
     * @throws RangeError if address is not an address or network
     */
    allow(address: string): 0;
    /**
     * Refuses peers with an IP address, or in a network, also if they are allowed.
     * @param address - `"10.0.0.1"`, `"10.0.0.0/8"`, `"fe80::1"`
     * @throws RangeError if address is not an address or network
     */
    deny(address: string): 0;
    /**
     * Accepts a user with a password by PLAIN, in one domain (ZAP_DOMAIN) or in all; the name is the user id.
     * @param username - the peer's {@link PLAIN_USERNAME}; it becomes the `User-Id` of the peer's messages
     * @param password - the peer's {@link PLAIN_PASSWORD}
     * @param domain - the {@link ZAP_DOMAIN} of the sockets that accept this user; all sockets if absent
     */
    add_plain(username: string, password: string, domain?: string | null): 0;
    /**
     * Accepts a public key by CURVE, in one domain (ZAP_DOMAIN) or in all; the user id is the key if it is absent.
     * @param public_key - the peer's {@link CURVE_PUBLICKEY}, in Z85
     * @param user_id - the `User-Id` of the peer's messages; the key if absent
     * @param domain - the {@link ZAP_DOMAIN} of the sockets that accept this key; all sockets if absent
     * @throws RangeError if public_key is not a key in Z85
     */
    add_curve(public_key: string, user_id?: string | null, domain?: string | null): 0;
    /** Ends it: afterwards PLAIN refuses every peer, and NULL and CURVE accept every peer. */
    close(): 0;
    /**
     * The same as close().
     * For `using`.
     */
    [Symbol.dispose](): void;
  }
  /**
   * A Monitor is made by Socket.monitor(events?).
   * It iterates over the events of one socket: `for (const event of socket.monitor())`.
   */
  export class Monitor {
    private constructor();
    /**
     * Receives an event; the last one is MONITOR_STOPPED, which closes the monitor.
     * @param flags - {@link DONTWAIT}
     * @returns undefined if there is no event now ({@link DONTWAIT}) or within {@link RCVTIMEO}
     * @throws {@link ZmqError} `ENOTSOCK` if the monitor is closed; `ETERM`, `EINTR`
     */
    recv(flags?: number | null): MonitorEvent | undefined;
    /**
     * Receives an event for an iteration, which ends when RCVTIMEO has passed or the monitor is closed.
     * @throws {@link ZmqError} `ETERM`, `EINTR`
     */
    next(): IteratorResult<MonitorEvent, undefined>;
    /** The monitor itself. */
    [Symbol.iterator](): this;
    /** Ends the monitor; a second call does nothing. */
    close(): 0;
    /**
     * The same as close().
     * For `using`.
     */
    [Symbol.dispose](): void;
    /**
     * Sets an option (zmq_setsockopt).
     * @param option_name - an option of sockets, such as {@link RCVTIMEO}
     * @param option_value - its value, as for {@link Socket.setsockopt}
     * @throws TypeError, RangeError and {@link ZmqError} as Socket.setsockopt()
     */
    setsockopt(option_name: number, option_value: Sendable): 0;
    /**
     * Reads an option (zmq_getsockopt).
     * @param option_name - an option of sockets, such as {@link RCVTIMEO}
     * @throws TypeError and {@link ZmqError} as Socket.getsockopt()
     */
    getsockopt(option_name: TextOption): string;
    getsockopt(option_name: BigIntOption): bigint;
    getsockopt(option_name: IntegerOption): number;
    getsockopt(option_name: number): string | number | bigint;
    /** Whether it is closed, by close() or by its last event. */
    readonly closed: boolean;
    /**
     * The descriptor that becomes readable when events may have come (ZMQ_FD).
     * When it is readable, receive until {@link Monitor.events} has no POLLIN.
     * @throws {@link ZmqError} `ENOTSOCK` if the monitor is closed
     */
    readonly fd: number;
    /**
     * POLLIN if there is an event to receive (ZMQ_EVENTS).
     * @throws {@link ZmqError} `ENOTSOCK` if the monitor is closed
     */
    readonly events: number;
    /**
     * The number of events that were dropped because too many were waiting.
     * It can also be read after close().
     */
    readonly dropped: number;
  }

  // Socket types
  /** One peer, messages both ways. */
  export const PAIR = 0;
  /** Sends every message to all subscribers. */
  export const PUB = 1;
  /** Receives the messages of its subscriptions (`SUBSCRIBE`). */
  export const SUB = 2;
  /** Sends a request, then receives its reply. */
  export const REQ = 3;
  /** Receives a request, then sends its reply. */
  export const REP = 4;
  /** Sends to its peers in turn, receives from all. */
  export const DEALER = 5;
  /** Receives with the sender's routing id as first part, and sends to the peer that the first part names. */
  export const ROUTER = 6;
  /** Receives from all its peers. */
  export const PULL = 7;
  /** Sends to its peers in turn. */
  export const PUSH = 8;
  /** A PUB that receives the subscriptions as messages. */
  export const XPUB = 9;
  /** A SUB that subscribes by sending messages. */
  export const XSUB = 10;
  /** Plain TCP connections. */
  export const STREAM = 11;
  /** Receives from any number of CLIENTs, and sends to each by its routing id. Needs the draft API. */
  export const SERVER = 12;
  /** Sends to SERVERs in turn, and receives from them all. Needs the draft API. */
  export const CLIENT = 13;
  /** Sends messages to groups. Needs the draft API. */
  export const RADIO = 14;
  /** Receives the messages of the groups that it has joined. Needs the draft API. */
  export const DISH = 15;
  /** Receives from SCATTERs in turn. Needs the draft API. */
  export const GATHER = 16;
  /** Sends to GATHERs in turn. Needs the draft API. */
  export const SCATTER = 17;
  /** Sends and receives packets of udp, each after a part with the address. Needs the draft API. */
  export const DGRAM = 18;
  /** A SERVER that also connects, to other PEERs. Needs the draft API. */
  export const PEER = 19;
  /** As PAIR. Needs the draft API. */
  export const CHANNEL = 20;
  /** The old name of DEALER. */
  export const XREQ = 5;
  /** The old name of ROUTER. */
  export const XREP = 6;

  // Flags
  /** Do not wait: the result is `undefined` if the call would have to. */
  export const DONTWAIT = 1;
  /** More parts of this message follow. */
  export const SNDMORE = 2;
  /** The old name of DONTWAIT. */
  export const NOBLOCK = 1;

  // Poller events
  /** There is something to receive. */
  export const POLLIN = 1;
  /** Something can be sent. */
  export const POLLOUT = 2;
  /** A descriptor has an error. */
  export const POLLERR = 4;
  /** A descriptor has urgent data. */
  export const POLLPRI = 8;

  // Security mechanisms
  /** None. */
  export const NULL = 0;
  /** User name and password, not encrypted. */
  export const PLAIN = 1;
  /** Encrypted, with keys. */
  export const CURVE = 2;
  /** Kerberos. */
  export const GSSAPI = 3;

  // Values of other options
  /** For `GSSAPI_PRINCIPAL_NAMETYPE`: a host's service. */
  export const GSSAPI_NT_HOSTBASED = 0;
  /** For `GSSAPI_PRINCIPAL_NAMETYPE`: a user. */
  export const GSSAPI_NT_USER_NAME = 1;
  /** For `GSSAPI_PRINCIPAL_NAMETYPE`: a Kerberos principal. */
  export const GSSAPI_NT_KRB5_PRINCIPAL = 2;
  /** For `ROUTER_NOTIFY`: a message when a peer connects. */
  export const NOTIFY_CONNECT = 1;
  /** For `ROUTER_NOTIFY`: a message when a peer disconnects. */
  export const NOTIFY_DISCONNECT = 2;
  /** For `RECONNECT_STOP`: when the connection is refused. */
  export const RECONNECT_STOP_CONN_REFUSED = 1;
  /** For `RECONNECT_STOP`: when the handshake fails. */
  export const RECONNECT_STOP_HANDSHAKE_FAILED = 2;
  /** For `RECONNECT_STOP`: after `disconnect`. */
  export const RECONNECT_STOP_AFTER_DISCONNECT = 3;
  /** For `NORM_MODE`: a fixed rate. */
  export const NORM_FIXED = 0;
  /** For `NORM_MODE`: TCP-friendly congestion control. */
  export const NORM_CC = 1;
  /** For `NORM_MODE`: congestion control that tolerates loss. */
  export const NORM_CCL = 2;
  /** For `NORM_MODE`: congestion control with ECN. */
  export const NORM_CCE = 3;
  /** For `NORM_MODE`: congestion control with ECN only. */
  export const NORM_CCE_ECNONLY = 4;
  /** The default of `IO_THREADS`. */
  export const IO_THREADS_DFLT = 1;
  /** The default of `MAX_SOCKETS`. */
  export const MAX_SOCKETS_DFLT = 1023;
  /** The default of `THREAD_PRIORITY`. */
  export const THREAD_PRIORITY_DFLT = -1;
  /** The default of `THREAD_SCHED_POLICY`. */
  export const THREAD_SCHED_POLICY_DFLT = -1;
  /** The longest name of a RADIO's group. */
  export const GROUP_MAX_LENGTH = 255;

  // Version
  /** Major × 10000 + minor × 100 + patch. */
  export const VERSION: number;
  /** The first number of `version()`. */
  export const VERSION_MAJOR: number;
  /** The second number of `version()`. */
  export const VERSION_MINOR: number;
  /** The third number of `version()`. */
  export const VERSION_PATCH: number;

  // Error numbers
  /** Where libzmq's own error numbers begin. */
  export const HAUSNUMERO: number;
  /** No permission. */
  export const EACCES: number;
  /** Not now. */
  export const EAGAIN: number;
  /** Bad address. */
  export const EFAULT: number;
  /** A signal came. */
  export const EINTR: number;
  /** Invalid argument. */
  export const EINVAL: number;
  /** Too many sockets or open files. */
  export const EMFILE: number;
  /** No such network device. */
  export const ENODEV: number;
  /** No such endpoint. */
  export const ENOENT: number;
  /** No memory. */
  export const ENOMEM: number;
  /** A protocol error. */
  export const EPROTO: number;
  /** Not supported. */
  export const ENOTSUP: number;
  /** The transport is not supported. */
  export const EPROTONOSUPPORT: number;
  /** No buffer space. */
  export const ENOBUFS: number;
  /** The network is down. */
  export const ENETDOWN: number;
  /** The address is in use. */
  export const EADDRINUSE: number;
  /** The address is not this machine's. */
  export const EADDRNOTAVAIL: number;
  /** The connection was refused. */
  export const ECONNREFUSED: number;
  /** In progress. */
  export const EINPROGRESS: number;
  /** The socket is closed. */
  export const ENOTSOCK: number;
  /** The message is too long. */
  export const EMSGSIZE: number;
  /** The address family is not supported. */
  export const EAFNOSUPPORT: number;
  /** The network is unreachable. */
  export const ENETUNREACH: number;
  /** The connection was aborted. */
  export const ECONNABORTED: number;
  /** The connection was reset. */
  export const ECONNRESET: number;
  /** Not connected. */
  export const ENOTCONN: number;
  /** Timed out. */
  export const ETIMEDOUT: number;
  /** No peer has this routing id. */
  export const EHOSTUNREACH: number;
  /** The network dropped the connection. */
  export const ENETRESET: number;
  /** Not in this state of the socket. */
  export const EFSM: number;
  /** The transport does not suit the socket type. */
  export const ENOCOMPATPROTO: number;
  /** The context has ended. */
  export const ETERM: number;
  /** No I/O thread. */
  export const EMTHREAD: number;

  // Message properties
  /** More parts follow. */
  export const MORE = 1;
  /** The message's content is shared. */
  export const SHARED = 3;
  /** The descriptor that the message came from. */
  export const SRCFD = 2;

  // Monitor events
  /** Socket monitor. A connection was made; value: its descriptor. */
  export const EVENT_CONNECTED = 1;
  /** Socket monitor. A connection is being made. */
  export const EVENT_CONNECT_DELAYED = 2;
  /** Socket monitor. A connection is tried again; value: after how many milliseconds. */
  export const EVENT_CONNECT_RETRIED = 4;
  /** Socket monitor. The socket is bound; value: its descriptor. */
  export const EVENT_LISTENING = 8;
  /** Socket monitor. The socket could not be bound; value: the error number. */
  export const EVENT_BIND_FAILED = 16;
  /** Socket monitor. A connection was accepted; value: its descriptor. */
  export const EVENT_ACCEPTED = 32;
  /** Socket monitor. A connection could not be accepted; value: the error number. */
  export const EVENT_ACCEPT_FAILED = 64;
  /** Socket monitor. A connection was closed; value: its descriptor. */
  export const EVENT_CLOSED = 128;
  /** Socket monitor. A connection could not be closed; value: the error number. */
  export const EVENT_CLOSE_FAILED = 256;
  /** Socket monitor. A connection has broken; value: its descriptor. */
  export const EVENT_DISCONNECTED = 512;
  /** Socket monitor. The monitor has ended; this is its last event. */
  export const EVENT_MONITOR_STOPPED = 1024;
  /** Socket monitor. A handshake has failed; value: an error number, maybe 0. */
  export const EVENT_HANDSHAKE_FAILED_NO_DETAIL = 2048;
  /** Socket monitor. A handshake has succeeded. */
  export const EVENT_HANDSHAKE_SUCCEEDED = 4096;
  /** Socket monitor. A handshake has failed; value: one of PROTOCOL_ERROR_*. */
  export const EVENT_HANDSHAKE_FAILED_PROTOCOL = 8192;
  /** Socket monitor. A handshake was refused; value: the status code, such as 400. */
  export const EVENT_HANDSHAKE_FAILED_AUTH = 16384;
  /** Socket monitor. Not reported by this kind of monitor. */
  export const EVENT_PIPES_STATS = 65536;
  /** Socket monitor. All of these events. */
  export const EVENT_ALL = 65535;
  /** Socket monitor. The same as EVENT_ALL. */
  export const EVENT_ALL_V1 = 65535;
  /** Socket monitor. EVENT_ALL and EVENT_PIPES_STATS. */
  export const EVENT_ALL_V2 = 131071;
  /** Socket monitor. The version of the events' format. */
  export const CURRENT_EVENT_VERSION = 1;
  /** Socket monitor. The version of the draft API's format. */
  export const CURRENT_EVENT_VERSION_DRAFT = 2;
  /** Socket monitor. ZMTP: unspecified. */
  export const PROTOCOL_ERROR_ZMTP_UNSPECIFIED = 268435456;
  /** Socket monitor. ZMTP: unexpected command. */
  export const PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND = 268435457;
  /** Socket monitor. ZMTP: invalid sequence. */
  export const PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE = 268435458;
  /** Socket monitor. ZMTP: key exchange. */
  export const PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE = 268435459;
  /** Socket monitor. ZMTP: malformed command unspecified. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED = 268435473;
  /** Socket monitor. ZMTP: malformed command message. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE = 268435474;
  /** Socket monitor. ZMTP: malformed command hello. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO = 268435475;
  /** Socket monitor. ZMTP: malformed command initiate. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE = 268435476;
  /** Socket monitor. ZMTP: malformed command error. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR = 268435477;
  /** Socket monitor. ZMTP: malformed command ready. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY = 268435478;
  /** Socket monitor. ZMTP: malformed command welcome. */
  export const PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME = 268435479;
  /** Socket monitor. ZMTP: invalid metadata. */
  export const PROTOCOL_ERROR_ZMTP_INVALID_METADATA = 268435480;
  /** Socket monitor. ZMTP: cryptographic. */
  export const PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC = 285212673;
  /** Socket monitor. ZMTP: mechanism mismatch. */
  export const PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH = 285212674;
  /** Socket monitor. ZAP: unspecified. */
  export const PROTOCOL_ERROR_ZAP_UNSPECIFIED = 536870912;
  /** Socket monitor. ZAP: malformed reply. */
  export const PROTOCOL_ERROR_ZAP_MALFORMED_REPLY = 536870913;
  /** Socket monitor. ZAP: bad request id. */
  export const PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID = 536870914;
  /** Socket monitor. ZAP: bad version. */
  export const PROTOCOL_ERROR_ZAP_BAD_VERSION = 536870915;
  /** Socket monitor. ZAP: invalid status code. */
  export const PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE = 536870916;
  /** Socket monitor. ZAP: invalid metadata. */
  export const PROTOCOL_ERROR_ZAP_INVALID_METADATA = 536870917;
  /** Socket monitor. WS: unspecified. */
  export const PROTOCOL_ERROR_WS_UNSPECIFIED = 805306368;

  // Others
  /** A size for C programs. */
  export const POLLITEMS_DFLT = 16;
  /** `has()` exists. */
  export const HAS_CAPABILITIES = 1;
  /** A kind of device of old versions. */
  export const STREAMER = 1;
  /** A kind of device of old versions. */
  export const FORWARDER = 2;
  /** A kind of device of old versions. */
  export const QUEUE = 3;

  // Context options
  /** Context option. How many threads move the messages; before the first socket is made. */
  export const IO_THREADS = 1;
  /** Context option. How many sockets the context may have at a time. */
  export const MAX_SOCKETS = 2;
  /** Context option. The largest value that MAX_SOCKETS takes. */
  export const SOCKET_LIMIT = 3;
  /** Context option. The priority of the threads in their scheduling policy. */
  export const THREAD_PRIORITY = 3;
  /** Context option. The scheduling policy of the threads. */
  export const THREAD_SCHED_POLICY = 4;
  /** Context option. The largest message that can be sent. */
  export const MAX_MSGSZ = 5;
  /** Context option. The size of libzmq's message structure. */
  export const MSG_T_SIZE = 6;
  /** Context option. Adds a processor that the threads run on. */
  export const THREAD_AFFINITY_CPU_ADD = 7;
  /** Context option. Removes a processor that was added. */
  export const THREAD_AFFINITY_CPU_REMOVE = 8;
  /** Context option. A number that the names of the threads begin with. */
  export const THREAD_NAME_PREFIX = 9;
  /** Context option. 0: new sockets have a LINGER of 0. */
  export const BLOCKY = 70;
  /** Context option. Messages may stay in the buffer that they were read into. */
  export const ZERO_COPY_RECV = 10;

  // Socket options
  /** Socket option. Which of the context's I/O threads serve new connections: bit n for thread n, 0 for all. */
  export const AFFINITY = 4;
  /** Socket option. The name of this socket at ROUTER peers. */
  export const ROUTING_ID = 5;
  /** Socket option. Adds a subscription to a SUB socket: messages that begin with it are received. */
  export const SUBSCRIBE = 6;
  /** Socket option. Removes a subscription of a SUB socket. */
  export const UNSUBSCRIBE = 7;
  /** Socket option. The most that a multicast transport sends or receives. */
  export const RATE = 8;
  /** Socket option. How long a receiver of a multicast transport may be absent without losing messages. */
  export const RECOVERY_IVL = 9;
  /** Socket option. The kernel's buffer for sending of each connection; -1: the system's default. */
  export const SNDBUF = 11;
  /** Socket option. The kernel's buffer for receiving of each connection; -1: the system's default. */
  export const RCVBUF = 12;
  /** Socket option. Whether more parts follow the one that was received last. */
  export const RCVMORE = 13;
  /** Socket option. The descriptor that becomes readable when EVENTS may have changed. */
  export const FD = 14;
  /** Socket option. POLLIN if a message can be received, POLLOUT if one can be sent, or both. */
  export const EVENTS = 15;
  /** Socket option. The socket's type. */
  export const TYPE = 16;
  /** Socket option. How long messages not sent yet are kept after the socket is closed; -1: without limit, 0: not at all. */
  export const LINGER = 17;
  /** Socket option. How long to wait before connecting again; -1: never again. */
  export const RECONNECT_IVL = 18;
  /** Socket option. How many connections may wait to be accepted. */
  export const BACKLOG = 19;
  /** Socket option. The longest wait between two attempts to connect, which doubles each time; 0: RECONNECT_IVL each time. */
  export const RECONNECT_IVL_MAX = 21;
  /** Socket option. The largest message that is taken from a peer, which is disconnected for a larger one; -1: any. */
  export const MAXMSGSIZE = 22;
  /** Socket option. The high-water mark: how many messages wait for each peer at most before sending waits or drops; 0: any number. */
  export const SNDHWM = 23;
  /** Socket option. The high-water mark: how many messages of each peer wait at most to be received; 0: any number. */
  export const RCVHWM = 24;
  /** Socket option. How many routers a multicast message may pass. */
  export const MULTICAST_HOPS = 25;
  /** Socket option. How long receiving waits before it returns undefined; -1: without limit, 0: not at all. */
  export const RCVTIMEO = 27;
  /** Socket option. How long sending waits before it returns undefined; -1: without limit, 0: not at all. */
  export const SNDTIMEO = 28;
  /** Socket option. The endpoint that was bound or connected last, with wildcards resolved. */
  export const LAST_ENDPOINT = 32;
  /** Socket option. A ROUTER socket throws EHOSTUNREACH for an unknown routing id, instead of dropping the message. */
  export const ROUTER_MANDATORY = 33;
  /** Socket option. Whether TCP probes idle connections; -1: the system's default. */
  export const TCP_KEEPALIVE = 34;
  /** Socket option. How many probes may fail; -1: the system's default. */
  export const TCP_KEEPALIVE_CNT = 35;
  /** Socket option. How long a connection is idle before the first probe; -1: the system's default. */
  export const TCP_KEEPALIVE_IDLE = 36;
  /** Socket option. The time between two probes; -1: the system's default. */
  export const TCP_KEEPALIVE_INTVL = 37;
  /** Socket option. Messages wait only for peers that are connected, not for those that are still to be. */
  export const IMMEDIATE = 39;
  /** Socket option. An XPUB socket receives each subscription, not only new ones. */
  export const XPUB_VERBOSE = 40;
  /** Socket option. Deprecated: a ROUTER socket speaks plain TCP; see STREAM. */
  export const ROUTER_RAW = 41;
  /** Socket option. Endpoints may be addresses of IPv6. */
  export const IPV6 = 42;
  /** Socket option. The security mechanism: NULL, PLAIN, CURVE or GSSAPI. */
  export const MECHANISM = 43;
  /** Socket option. The socket is the server of PLAIN security. */
  export const PLAIN_SERVER = 44;
  /** Socket option. The name that a client of PLAIN security gives; null: no PLAIN. */
  export const PLAIN_USERNAME = 45;
  /** Socket option. The password that a client of PLAIN security gives; null: no PLAIN. */
  export const PLAIN_PASSWORD = 46;
  /** Socket option. The socket is the server of CURVE security. */
  export const CURVE_SERVER = 47;
  /** Socket option. The socket's own public key: 40 characters of Z85, or 32 bytes. */
  export const CURVE_PUBLICKEY = 48;
  /** Socket option. The socket's own secret key: 40 characters of Z85, or 32 bytes. */
  export const CURVE_SECRETKEY = 49;
  /** Socket option. The public key of the server that a client connects to: 40 characters of Z85, or 32 bytes. */
  export const CURVE_SERVERKEY = 50;
  /** Socket option. Sends an empty message to each new peer, so that a ROUTER peer learns the routing id of this socket. */
  export const PROBE_ROUTER = 51;
  /** Socket option. A REQ socket takes only the answer to its last question. */
  export const REQ_CORRELATE = 52;
  /** Socket option. A REQ socket may send again before an answer has come. */
  export const REQ_RELAXED = 53;
  /** Socket option. Only the last message is kept. libzmq can end the process if a peer sends one of several parts. */
  export const CONFLATE = 54;
  /** Socket option. The domain that libzmq passes to the ZAP handler, which accepts or refuses peers. */
  export const ZAP_DOMAIN = 55;
  /** Socket option. A new peer takes over the routing id of an older one. */
  export const ROUTER_HANDOVER = 56;
  /** Socket option. The type of service in the IP packets. */
  export const TOS = 57;
  /** Socket option. The name that a ROUTER or STREAM socket gives the peer that it connects to next. */
  export const CONNECT_ROUTING_ID = 61;
  /** Socket option. The socket is the server of GSSAPI security. */
  export const GSSAPI_SERVER = 62;
  /** Socket option. The name of the socket's own GSSAPI credentials. */
  export const GSSAPI_PRINCIPAL = 63;
  /** Socket option. The name of the GSSAPI server that a client connects to. */
  export const GSSAPI_SERVICE_PRINCIPAL = 64;
  /** Socket option. GSSAPI authenticates only, and does not encrypt. */
  export const GSSAPI_PLAINTEXT = 65;
  /** Socket option. How long a handshake may take; 0: as long as it takes. */
  export const HANDSHAKE_IVL = 66;
  /** Socket option. The SOCKS5 proxy to connect through, as host:port; null: none. */
  export const SOCKS_PROXY = 68;
  /** Socket option. An XPUB or PUB socket waits, or gives undefined, at the high-water mark instead of dropping. */
  export const XPUB_NODROP = 69;
  /** Socket option. The subscriptions of an XPUB socket are those that the script sets, not those that arrive. */
  export const XPUB_MANUAL = 71;
  /** Socket option. The message that an XPUB socket sends to each new subscriber. */
  export const XPUB_WELCOME_MSG = 72;
  /** Socket option. A STREAM socket reports connections and disconnections by an empty part. */
  export const STREAM_NOTIFY = 73;
  /** Socket option. Messages that do not match a subscription are sent, instead of those that do. */
  export const INVERT_MATCHING = 74;
  /** Socket option. The time between two pings of a connection; 0: none. */
  export const HEARTBEAT_IVL = 75;
  /** Socket option. How long the peer waits for data before it disconnects; counted in tenths of a second. */
  export const HEARTBEAT_TTL = 76;
  /** Socket option. How long to wait for the answer to a ping; -1: HEARTBEAT_IVL. */
  export const HEARTBEAT_TIMEOUT = 77;
  /** Socket option. An XPUB socket receives each subscription and each end of one. */
  export const XPUB_VERBOSER = 78;
  /** Socket option. How long connecting over TCP may take; 0: the system's limit. */
  export const CONNECT_TIMEOUT = 79;
  /** Socket option. How long data sent over TCP may stay unacknowledged; 0: the system's limit. */
  export const TCP_MAXRT = 80;
  /** Socket option. Whether the socket's type may be used by several threads. */
  export const THREAD_SAFE = 81;
  /** Socket option. The largest packet of a multicast transport. */
  export const MULTICAST_MAXTPDU = 84;
  /** Socket option. The size of the buffer of a vmci connection. */
  export const VMCI_BUFFER_SIZE = 85;
  /** Socket option. The smallest size of that buffer. */
  export const VMCI_BUFFER_MIN_SIZE = 86;
  /** Socket option. The largest size of that buffer. */
  export const VMCI_BUFFER_MAX_SIZE = 87;
  /** Socket option. How long connecting over vmci may take. */
  export const VMCI_CONNECT_TIMEOUT = 88;
  /** Socket option. A socket of the system that listens already, for the next bind. */
  export const USE_FD = 89;
  /** Socket option. The kind of name in GSSAPI_PRINCIPAL: GSSAPI_NT_HOSTBASED, GSSAPI_NT_USER_NAME or GSSAPI_NT_KRB5_PRINCIPAL. */
  export const GSSAPI_PRINCIPAL_NAMETYPE = 90;
  /** Socket option. The kind of name in GSSAPI_SERVICE_PRINCIPAL. */
  export const GSSAPI_SERVICE_PRINCIPAL_NAMETYPE = 91;
  /** Socket option. The network interface that connections go through; needs privileges. */
  export const BINDTODEVICE = 92;
  /** Socket option. Another name of ROUTING_ID. */
  export const IDENTITY = 5;
  /** Socket option. Another name of CONNECT_ROUTING_ID. */
  export const CONNECT_RID = 61;
  /** Socket option. Deprecated: an address or network that may connect; null removes them all. */
  export const TCP_ACCEPT_FILTER = 38;
  /** Socket option. Deprecated: a process that may connect over ipc; null removes them all. */
  export const IPC_FILTER_PID = 58;
  /** Socket option. Deprecated: a user who may connect over ipc; null removes them all. */
  export const IPC_FILTER_UID = 59;
  /** Socket option. Deprecated: a group that may connect over ipc; null removes them all. */
  export const IPC_FILTER_GID = 60;
  /** Socket option. Deprecated: the contrary of IPV6. */
  export const IPV4ONLY = 31;
  /** Socket option. Another name of IMMEDIATE. */
  export const DELAY_ATTACH_ON_CONNECT = 39;
  /** Socket option. Another name of ROUTER_MANDATORY. */
  export const FAIL_UNROUTABLE = 33;
  /** Socket option. Another name of ROUTER_MANDATORY. */
  export const ROUTER_BEHAVIOR = 33;
  /** Socket option. libzmq calls the ZAP handler only if ZAP_DOMAIN is set. */
  export const ZAP_ENFORCE_DOMAIN = 93;
  /** Socket option. A faster loopback, on Windows. */
  export const LOOPBACK_FASTPATH = 94;
  /** Socket option. Metadata for peers, as X-name:value. */
  export const METADATA = 95;
  /** Socket option. A multicast transport delivers to its own machine too. */
  export const MULTICAST_LOOP = 96;
  /** Socket option. A ROUTER socket reports connections (NOTIFY_CONNECT) and disconnections (NOTIFY_DISCONNECT) by an empty part. */
  export const ROUTER_NOTIFY = 97;
  /** Socket option. XPUB_MANUAL, where the first message after a subscription goes to its subscriber only. */
  export const XPUB_MANUAL_LAST_VALUE = 98;
  /** Socket option. The name that is given to the SOCKS5 proxy; null: none. */
  export const SOCKS_USERNAME = 99;
  /** Socket option. The password that is given to the SOCKS5 proxy. */
  export const SOCKS_PASSWORD = 100;
  /** Socket option. How much is read from a connection at once. */
  export const IN_BATCH_SIZE = 101;
  /** Socket option. How much is written to a connection at once. */
  export const OUT_BATCH_SIZE = 102;
  /** Socket option. The private key of a wss server. */
  export const WSS_KEY_PEM = 103;
  /** Socket option. The certificate of a wss server. */
  export const WSS_CERT_PEM = 104;
  /** Socket option. The certificates that a wss client trusts. */
  export const WSS_TRUST_PEM = 105;
  /** Socket option. The host name that a wss client expects from the server. */
  export const WSS_HOSTNAME = 106;
  /** Socket option. A wss client trusts the certificates of the system. */
  export const WSS_TRUST_SYSTEM = 107;
  /** Socket option. Only the first part of a message to an XPUB or XSUB socket may be a subscription. */
  export const ONLY_FIRST_SUBSCRIBE = 108;
  /** Socket option. When connecting again is given up: RECONNECT_STOP_CONN_REFUSED, RECONNECT_STOP_HANDSHAKE_FAILED. */
  export const RECONNECT_STOP = 109;
  /** Socket option. The message that is sent first over each new connection. */
  export const HELLO_MSG = 110;
  /** Socket option. The message that the script receives when a connection has ended. */
  export const DISCONNECT_MSG = 111;
  /** Socket option. The priority of the packets, on Linux. */
  export const PRIORITY = 112;
  /** Socket option. How long the kernel polls a connection's device busily. */
  export const BUSY_POLL = 113;
  /** Socket option. The message that the script receives when a connection has broken and is made again. */
  export const HICCUP_MSG = 114;
  /** Socket option. An XSUB socket passes on each end of a subscription. */
  export const XSUB_VERBOSE_UNSUBSCRIBE = 115;
  /** Socket option. The number of different subscriptions of the socket. */
  export const TOPICS_COUNT = 116;
  /** Socket option. How a norm sender controls congestion: NORM_FIXED to NORM_CCE_ECNONLY. */
  export const NORM_MODE = 117;
  /** Socket option. A norm receiver sends negative acknowledgements to the sender only. */
  export const NORM_UNICAST_NACK = 118;
  /** Socket option. The buffer of a norm session. */
  export const NORM_BUFFER_SIZE = 119;
  /** Socket option. The payload of a norm packet. */
  export const NORM_SEGMENT_SIZE = 120;
  /** Socket option. How many packets of norm make a block. */
  export const NORM_BLOCK_SIZE = 121;
  /** Socket option. How many parity packets a block may have. */
  export const NORM_NUM_PARITY = 122;
  /** Socket option. How many parity packets are sent with each block. */
  export const NORM_NUM_AUTOPARITY = 123;
  /** Socket option. A norm sender drops old messages rather than wait. */
  export const NORM_PUSH = 124;
}
