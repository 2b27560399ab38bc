"use strict";
// The options of sockets: zeromq's names, the classes that have them, libzmq's numbers.
const zmq = require("../index.js");

const readOnly = { access: "r" }, writeOnly = { access: "w" };
const option = (name, number, kind, more) => ({ name, number, kind, ...more });

// Those of every socket.
const common = [
  option("affinity", zmq.AFFINITY, "Uint64"),
  option("backlog", zmq.BACKLOG, "Int32"),
  option("connectTimeout", zmq.CONNECT_TIMEOUT, "Int32"),
  option("handshakeInterval", zmq.HANDSHAKE_IVL, "Int32"),
  option("heartbeatInterval", zmq.HEARTBEAT_IVL, "Int32"),
  option("heartbeatTimeToLive", zmq.HEARTBEAT_TTL, "Int32"),
  option("heartbeatTimeout", zmq.HEARTBEAT_TIMEOUT, "Int32"),
  option("immediate", zmq.IMMEDIATE, "Bool"),
  option("interface", zmq.BINDTODEVICE, "String"),
  option("ipv6", zmq.IPV6, "Bool"),
  option("lastEndpoint", zmq.LAST_ENDPOINT, "String", readOnly),
  option("linger", zmq.LINGER, "Int32"),
  option("loopbackFastPath", zmq.LOOPBACK_FASTPATH, "Bool"),
  option("maxMessageSize", zmq.MAXMSGSIZE, "Int64"),
  option("multicastMaxTransportDataUnit", zmq.MULTICAST_MAXTPDU, "Int32"),
  option("plainPassword", zmq.PLAIN_PASSWORD, "String"),
  option("plainServer", zmq.PLAIN_SERVER, "Bool"),
  option("plainUsername", zmq.PLAIN_USERNAME, "String"),
  option("rate", zmq.RATE, "Int32"),
  option("reconnectInterval", zmq.RECONNECT_IVL, "Int32"),
  option("reconnectMaxInterval", zmq.RECONNECT_IVL_MAX, "Int32"),
  option("recoveryInterval", zmq.RECOVERY_IVL, "Int32"),
  option("securityMechanism", zmq.MECHANISM, "Int32", { ...readOnly, names: [null, "plain", "curve", "gssapi"] }),
  option("socksProxy", zmq.SOCKS_PROXY, "String"),
  option("tcpAcceptFilter", zmq.TCP_ACCEPT_FILTER, "String", writeOnly),
  option("tcpKeepalive", zmq.TCP_KEEPALIVE, "Int32"),
  option("tcpKeepaliveCount", zmq.TCP_KEEPALIVE_CNT, "Int32"),
  option("tcpKeepaliveIdle", zmq.TCP_KEEPALIVE_IDLE, "Int32"),
  option("tcpKeepaliveInterval", zmq.TCP_KEEPALIVE_INTVL, "Int32"),
  option("tcpMaxRetransmitTimeout", zmq.TCP_MAXRT, "Int32"),
  option("threadSafe", zmq.THREAD_SAFE, "Bool", readOnly),
  option("type", zmq.TYPE, "Int32", readOnly),
  option("typeOfService", zmq.TOS, "Uint32"),
  option("vmciBufferMaxSize", zmq.VMCI_BUFFER_MAX_SIZE, "Uint64"),
  option("vmciBufferMinSize", zmq.VMCI_BUFFER_MIN_SIZE, "Uint64"),
  option("vmciBufferSize", zmq.VMCI_BUFFER_SIZE, "Uint64"),
  option("vmciConnectTimeout", zmq.VMCI_CONNECT_TIMEOUT, "Int32"),
  option("zapDomain", zmq.ZAP_DOMAIN, "String"),
  option("zapEnforceDomain", zmq.ZAP_ENFORCE_DOMAIN, "Bool"),
];

const curve = [
  option("curvePublicKey", zmq.CURVE_PUBLICKEY, "String"),
  option("curveSecretKey", zmq.CURVE_SECRETKEY, "String"),
  option("curveServer", zmq.CURVE_SERVER, "Bool"),
  option("curveServerKey", zmq.CURVE_SERVERKEY, "String"),
];

const principals = { names: ["hostBased", "userName", "krb5Principal"] };
const gssapi = [
  option("gssapiPlainText", zmq.GSSAPI_PLAINTEXT, "Bool"),
  option("gssapiPrincipal", zmq.GSSAPI_PRINCIPAL, "String"),
  option("gssapiPrincipalNameType", zmq.GSSAPI_PRINCIPAL_NAMETYPE, "Int32", principals),
  option("gssapiServer", zmq.GSSAPI_SERVER, "Bool"),
  option("gssapiServicePrincipal", zmq.GSSAPI_SERVICE_PRINCIPAL, "String"),
  option("gssapiServicePrincipalNameType", zmq.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE, "Int32", principals),
];

const writable = [
  option("multicastHops", zmq.MULTICAST_HOPS, "Int32"),
  option("sendBufferSize", zmq.SNDBUF, "Int32"),
  option("sendHighWaterMark", zmq.SNDHWM, "Int32"),
  option("sendTimeout", zmq.SNDTIMEO, "Int32"),
];

const readable = [
  option("receiveBufferSize", zmq.RCVBUF, "Int32"),
  option("receiveHighWaterMark", zmq.RCVHWM, "Int32"),
  option("receiveTimeout", zmq.RCVTIMEO, "Int32"),
];

const conflate = option("conflate", zmq.CONFLATE, "Bool", writeOnly);
const invertMatching = option("invertMatching", zmq.INVERT_MATCHING, "Bool");
const noDrop = option("noDrop", zmq.XPUB_NODROP, "Bool", writeOnly);
const probeRouter = option("probeRouter", zmq.PROBE_ROUTER, "Bool", writeOnly);
const routingId = option("routingId", zmq.ROUTING_ID, "String");

/** By the names of the classes. */
const options = {
  Socket: [...common, ...(zmq.has("curve") ? curve : []), ...(zmq.has("gssapi") ? gssapi : [])],
  Pair: [...writable, ...readable],
  Publisher: [...writable, conflate, invertMatching, noDrop],
  Subscriber: [...readable, conflate, invertMatching],
  Request: [
    ...writable, ...readable, routingId, probeRouter,
    option("correlate", zmq.REQ_CORRELATE, "Bool", writeOnly),
    option("relaxed", zmq.REQ_RELAXED, "Bool", writeOnly),
  ],
  Reply: [...writable, ...readable, routingId],
  Dealer: [...writable, ...readable, routingId, probeRouter, conflate],
  Router: [
    ...writable, ...readable, routingId, probeRouter,
    option("handover", zmq.ROUTER_HANDOVER, "Bool", writeOnly),
    option("mandatory", zmq.ROUTER_MANDATORY, "Bool"),
  ],
  Pull: [...readable, conflate],
  Push: [...writable, conflate],
  XPublisher: [
    ...writable, ...readable, invertMatching, noDrop,
    option("manual", zmq.XPUB_MANUAL, "Bool", writeOnly),
    option("welcomeMessage", zmq.XPUB_WELCOME_MSG, "String", writeOnly),
  ],
  XSubscriber: [...writable, ...readable],
  Stream: [...writable, ...readable, option("notify", zmq.STREAM_NOTIFY, "Bool", writeOnly)],
  Server: [...writable, ...readable],
  Client: [...writable, ...readable],
  Radio: writable,
  Dish: readable,
  Gather: [...readable, conflate],
  Scatter: [...writable, conflate],
  Datagram: [...writable, ...readable],
};

/** Those that hold for a socket which is bound or connected already. */
const immediate = new Set([
  zmq.SUBSCRIBE, zmq.UNSUBSCRIBE, zmq.LINGER, zmq.ROUTER_MANDATORY, zmq.PROBE_ROUTER, zmq.XPUB_VERBOSE,
  zmq.XPUB_VERBOSER, zmq.REQ_CORRELATE, zmq.REQ_RELAXED, zmq.ROUTER_HANDOVER, zmq.SNDHWM, zmq.RCVHWM,
  zmq.SNDTIMEO, zmq.RCVTIMEO, zmq.CONNECT_ROUTING_ID,
]);

module.exports = { immediate, options };
