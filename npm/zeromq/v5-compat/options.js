"use strict";
// Options by number, or by short names: how each is read from, and set on, a socket of zeromq 6.
const constants = require("./constants.js");

const plain = (name) => ({
  get: (socket) => socket[name],
  set: (socket, value) => {
    socket[name] = value;
  },
});

// 1 or 0 where zeromq 6 has a boolean.
const flag = (name) => ({
  get: (socket) => (socket[name] ? 1 : 0),
  set: (socket, value) => {
    socket[name] = Boolean(value);
  },
});

const refused = (name) => () => {
  throw new Error(`${name} is not supported in compatibility mode`);
};

const mechanisms = [null, "plain", "curve", "gssapi"];

const accesses = {
  ZMQ_AFFINITY: plain("affinity"),
  ZMQ_BACKLOG: plain("backlog"),
  ZMQ_CONNECT_TIMEOUT: plain("connectTimeout"),
  ZMQ_CURVE_PUBLICKEY: plain("curvePublicKey"),
  ZMQ_CURVE_SECRETKEY: plain("curveSecretKey"),
  ZMQ_CURVE_SERVER: flag("curveServer"),
  ZMQ_CURVE_SERVERKEY: plain("curveServerKey"),
  ZMQ_DELAY_ATTACH_ON_CONNECT: flag("immediate"),
  ZMQ_EVENTS: {
    get: ({ readable, writable }) => (readable ? constants.ZMQ_POLLIN : 0) | (writable ? constants.ZMQ_POLLOUT : 0),
  },
  ZMQ_FD: { get: refused("ZMQ_FD") },
  ZMQ_HEARTBEAT_IVL: plain("heartbeatInterval"),
  ZMQ_HEARTBEAT_TIMEOUT: plain("heartbeatTimeout"),
  ZMQ_HEARTBEAT_TTL: plain("heartbeatTimeToLive"),
  ZMQ_IDENTITY: plain("routingId"),
  ZMQ_IPV4ONLY: {
    get: (socket) => !socket.ipv6,
    set: (socket, value) => {
      socket.ipv6 = !value;
    },
  },
  ZMQ_IPV6: flag("ipv6"),
  ZMQ_LAST_ENDPOINT: { get: (socket) => socket.lastEndpoint },
  ZMQ_LINGER: plain("linger"),
  ZMQ_MAXMSGSIZE: plain("maxMessageSize"),
  ZMQ_MECHANISM: { get: (socket) => mechanisms.indexOf(socket.securityMechanism) },
  ZMQ_MULTICAST_HOPS: plain("multicastHops"),
  ZMQ_PLAIN_PASSWORD: plain("plainPassword"),
  ZMQ_PLAIN_SERVER: flag("plainServer"),
  ZMQ_PLAIN_USERNAME: plain("plainUsername"),
  ZMQ_RATE: plain("rate"),
  ZMQ_RCVBUF: plain("receiveBufferSize"),
  ZMQ_RCVHWM: plain("receiveHighWaterMark"),
  ZMQ_RCVMORE: { get: refused("ZMQ_RCVMORE") },
  ZMQ_RCVTIMEO: plain("receiveTimeout"),
  ZMQ_RECONNECT_IVL: plain("reconnectInterval"),
  ZMQ_RECONNECT_IVL_MAX: plain("reconnectMaxInterval"),
  ZMQ_RECOVERY_IVL: plain("recoveryInterval"),
  ZMQ_ROUTER_HANDOVER: { set: flag("handover").set },
  ZMQ_ROUTER_MANDATORY: flag("mandatory"),
  ZMQ_ROUTER_RAW: { get: refused("ZMQ_ROUTER_RAW"), set: refused("ZMQ_ROUTER_RAW") },
  ZMQ_SNDBUF: plain("sendBufferSize"),
  ZMQ_SNDHWM: plain("sendHighWaterMark"),
  ZMQ_SNDTIMEO: plain("sendTimeout"),
  ZMQ_SUBSCRIBE: { set: (socket, prefix) => socket.subscribe(prefix) },
  ZMQ_TCP_ACCEPT_FILTER: { set: plain("tcpAcceptFilter").set },
  ZMQ_TCP_KEEPALIVE: plain("tcpKeepalive"),
  ZMQ_TCP_KEEPALIVE_CNT: plain("tcpKeepaliveCount"),
  ZMQ_TCP_KEEPALIVE_IDLE: plain("tcpKeepaliveIdle"),
  ZMQ_TCP_KEEPALIVE_INTVL: plain("tcpKeepaliveInterval"),
  ZMQ_TYPE: { get: (socket) => socket.type },
  ZMQ_UNSUBSCRIBE: { set: (socket, prefix) => socket.unsubscribe(prefix) },
  ZMQ_XPUB_VERBOSE: {
    set: (socket, value) => {
      socket.verbosity = value ? "allSubs" : null;
    },
  },
  ZMQ_ZAP_DOMAIN: plain("zapDomain"),
};

const byNumber = new Map(Object.entries(accesses).map(([name, access]) => [constants[name], access]));

/** Options that are properties of a socket too, by their short names. */
const shortNames = {
  _fd: constants.ZMQ_FD,
  _ioevents: constants.ZMQ_EVENTS,
  _receiveMore: constants.ZMQ_RCVMORE,
  _subscribe: constants.ZMQ_SUBSCRIBE,
  _unsubscribe: constants.ZMQ_UNSUBSCRIBE,
  affinity: constants.ZMQ_AFFINITY,
  backlog: constants.ZMQ_BACKLOG,
  connect_timeout: constants.ZMQ_CONNECT_TIMEOUT,
  curve_publickey: constants.ZMQ_CURVE_PUBLICKEY,
  curve_secretkey: constants.ZMQ_CURVE_SECRETKEY,
  curve_server: constants.ZMQ_CURVE_SERVER,
  curve_serverkey: constants.ZMQ_CURVE_SERVERKEY,
  heartbeat_ivl: constants.ZMQ_HEARTBEAT_IVL,
  heartbeat_timeout: constants.ZMQ_HEARTBEAT_TIMEOUT,
  heartbeat_ttl: constants.ZMQ_HEARTBEAT_TTL,
  identity: constants.ZMQ_IDENTITY,
  last_endpoint: constants.ZMQ_LAST_ENDPOINT,
  linger: constants.ZMQ_LINGER,
  mechanism: constants.ZMQ_MECHANISM,
  plain_password: constants.ZMQ_PLAIN_PASSWORD,
  plain_server: constants.ZMQ_PLAIN_SERVER,
  plain_username: constants.ZMQ_PLAIN_USERNAME,
  rate: constants.ZMQ_RATE,
  rcvbuf: constants.ZMQ_RCVBUF,
  reconnect_ivl: constants.ZMQ_RECONNECT_IVL,
  recovery_ivl: constants.ZMQ_RECOVERY_IVL,
  sndbuf: constants.ZMQ_SNDBUF,
  zap_domain: constants.ZMQ_ZAP_DOMAIN,
};

function accessOf(option, kind) {
  const access = byNumber.get(typeof option === "number" ? option : shortNames[option])?.[kind];
  if (access === undefined) {
    throw new Error(`Unknown option ${String(option)}`);
  }
  return access;
}

const getOption = (socket, option) => accessOf(option, "get")(socket);
const setOption = (socket, option, value) => accessOf(option, "set")(socket, value);

module.exports = { getOption, setOption, shortNames };
