import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
const calls = [
  [context, "socket", "Context.socket(type): type must be a 32-bit integer, not undefined"],
  [context, "set", "Context.set(option_name, option_value): option_name must be a 32-bit integer, not undefined"],
  [context, "get", "Context.get(option_name): option_name must be a 32-bit integer, not undefined"],
  [socket, "bind", "Socket.bind(endpoint): endpoint must be a string, not undefined"],
  [socket, "unbind", "Socket.unbind(endpoint): endpoint must be a string, not undefined"],
  [socket, "connect", "Socket.connect(endpoint): endpoint must be a string, not undefined"],
  [socket, "disconnect", "Socket.disconnect(endpoint): endpoint must be a string, not undefined"],
  [socket, "send", "Socket.send(data, flags?): data must be null, a boolean, number, bigint, string or bytes, not undefined"],
  [socket, "send_multipart", "Socket.send_multipart(parts, flags?): parts must be an array, not undefined"],
  [socket, "recv_into", "Socket.recv_into(buffer, offset?, flags?): buffer must be an ArrayBuffer, a typed array or a DataView, not undefined"],
  [socket, "setsockopt", "Socket.setsockopt(option_name, option_value): option_name must be a 32-bit integer, not undefined"],
  [socket, "getsockopt", "Socket.getsockopt(option_name): option_name must be a 32-bit integer, not undefined"],
  [socket, "getsockopt_int", "Socket.getsockopt_int(option_name): option_name must be a 32-bit integer, not undefined"],
  [socket, "getsockopt_bigint", "Socket.getsockopt_bigint(option_name): option_name must be a 32-bit integer, not undefined"],
  [socket, "getsockopt_str", "Socket.getsockopt_str(option_name): option_name must be a 32-bit integer, not undefined"],
  [socket, "getsockopt_uint8ffarray", "Socket.getsockopt_uint8ffarray(option_name): option_name must be a 32-bit integer, not undefined"],
  [poller, "add", "Poller.add(socket, events, user_data?): socket must be a Socket, a Monitor or a file descriptor, not undefined"],
  [poller, "modify", "Poller.modify(socket, events): socket must be a Socket, a Monitor or a file descriptor, not undefined"],
  [poller, "remove", "Poller.remove(socket): socket must be a Socket, a Monitor or a file descriptor, not undefined"],
  [poller, "wait", "Poller.wait(timeout): timeout must be a 32-bit integer, not undefined"],
  [poller, "wait_all", "Poller.wait_all(n_events, timeout): n_events must be a 32-bit integer, not undefined"],
  [poller, "poll_all", "Poller.poll_all(n_events): n_events must be a 32-bit integer, not undefined"],
  [zmq, "has", "has(capability): capability must be a string, not undefined"],
];
for (const [object, name, message] of calls) {
  throws(() => object[name](), { name: "TypeError", message: message }, name + "()");
}
plan();
