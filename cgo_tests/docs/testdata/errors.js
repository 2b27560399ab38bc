// Prints each error that a call throws: the key of its section in the reference, and the error's code,
// or its class if it has no code.
import * as zmq from "zmq";
const context = new zmq.Context();
const ended = new zmq.Context();
ended.term();
const left = new zmq.Context(); // shut down
const [push, pull, sub, router, req, rep] = ["PUSH", "PULL", "SUB", "ROUTER", "REQ", "REP"].map((name) => context.socket(zmq[name]));
const stopped = left.socket(zmq.PULL);
const stoppedMonitor = left.socket(zmq.PULL).monitor();
const stoppedPoller = new zmq.Poller();
stoppedPoller.add(stopped, zmq.POLLIN);
left.shutdown();
const closed = context.socket(zmq.DEALER);
const closedMonitor = closed.monitor();
closedMonitor.close();
closed.close();
router.setsockopt(zmq.ROUTER_MANDATORY, 1);
push.bind("inproc://push");
const poller = new zmq.Poller();
poller.add(push, zmq.POLLOUT);
const authenticator = new zmq.Authenticator(context);
const [sender, receiver] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
sender.bind("inproc://pair");
receiver.connect("inproc://pair");

function of(key, ...calls) {
  for (const call of calls) {
    try {
      call();
    } catch (e) {
      print(key + " " + (e.code ?? e.name));
      continue;
    }
    print(key + " nothing: " + call);
  }
}

of("curve_public", () => zmq.curve_public("short"));
of("z85_encode", () => zmq.z85_encode(new Uint8Array(3)));
of("z85_decode", () => zmq.z85_decode("abc"));
of("load_certificate", () => zmq.load_certificate("/nowhere/file"));
of("save_certificate", () => zmq.save_certificate("/nowhere/file", "short"), () => zmq.save_certificate("/nowhere/file", zmq.curve_keypair().public_key));
of("proxy", () => zmq.proxy(closed, push));
of("Context.socket", () => context.socket(99), () => left.socket(zmq.PULL), () => ended.socket(zmq.PULL));
of("Context.set", () => context.set(99, 1), () => context.set(zmq.IO_THREADS, -1), () => ended.set(zmq.IO_THREADS, 1));
of("Context.get", () => context.get(99), () => ended.get(zmq.IO_THREADS));
of("Context.shutdown", () => zmq.Context.shared().shutdown(), () => ended.shutdown());
of("Socket.close", () => push.close(-2));
of("Socket.bind", () => pull.bind("inproc://push"), () => pull.bind("tcp://192.0.2.1:*"), () => pull.bind("x"), () => pull.bind("tcp://nothing:1"),
  () => pull.bind("pigeon://post"), () => pull.bind("udp://127.0.0.1:1"), () => closed.bind("inproc://x"), () => stopped.bind("inproc://x"));
of("Socket.connect", () => pull.connect("tcp://localhost"), () => pull.connect("pigeon://post"), () => pull.connect("udp://127.0.0.1:1"),
  () => closed.connect("inproc://x"), () => stopped.connect("inproc://x"));
of("Socket.connect_peer", () => push.connect_peer("inproc://x"));
of("Socket.unbind", () => push.unbind("tcp://127.0.0.1:1"), () => push.unbind("x"), () => closed.unbind("inproc://x"), () => stopped.unbind("inproc://x"));
of("Socket.disconnect", () => push.disconnect("tcp://127.0.0.1:1"), () => push.disconnect("x"), () => closed.disconnect("inproc://x"), () => stopped.disconnect("inproc://x"));
of("Socket.send", () => push.send(1.5), () => rep.send("x"), () => router.send("nobody", zmq.SNDMORE), () => sub.send("x"), () => closed.send("x"));
of("Socket.send_multipart", () => push.send_multipart([]), () => push.send_multipart([1.5]), () => push.send_multipart(new Array(1048577).fill(0)), () => sub.send_multipart(["x"]));
of("Socket.send_to", () => push.send_to("x", "x"), () => closed.send_to("x", "x"));
of("Socket.recv", () => req.recv(), () => push.recv(), () => closed.recv(), () => stopped.recv());
for (const method of ["recv_int", "recv_bigint", "recv_event"]) {
  sender.send("three");
  of("Socket." + method, () => receiver[method]());
}
of("Socket.join", () => push.join("x"), () => closed.join("x"), () => push.join("x".repeat(256)));
of("Socket.leave", () => push.leave("x"), () => closed.leave("x"), () => push.leave("x".repeat(256)));
of("Socket.recv_into", () => pull.recv_into(new Uint8Array(1), 2));
of("Socket.recv_message", () => pull.recv_message([1]));
of("Socket.monitor", () => pull.monitor("tcp://127.0.0.1:1"), () => pull.monitor("inproc://push"), () => closed.monitor(), () => stopped.monitor());
of("Socket.setsockopt", () => push.setsockopt(9999, 1), () => push.setsockopt(zmq.LINGER, "x"), () => push.setsockopt(zmq.LINGER, 2 ** 40), () => closed.setsockopt(zmq.LINGER, 1));
of("Socket.getsockopt", () => push.getsockopt(9999), () => push.getsockopt(zmq.SUBSCRIBE), () => closed.getsockopt(zmq.LINGER));
of("Socket.getsockopt_int", () => push.getsockopt_int(zmq.ROUTING_ID));
of("Socket.getsockopt_bigint", () => push.getsockopt_bigint(zmq.LINGER));
of("Socket.getsockopt_str", () => push.getsockopt_str(zmq.LINGER));
of("Socket.last_endpoint", () => closed.last_endpoint, () => stopped.last_endpoint);
of("Socket.fd", () => closed.fd, () => stopped.fd);
of("Socket.events", () => closed.events, () => stopped.events);
of("Poller.add", () => poller.add(push, zmq.POLLIN), () => poller.add(pull, 99), () => poller.add(closed, zmq.POLLIN), () => poller.add(9999, zmq.POLLIN));
of("Poller.modify", () => poller.modify(pull, zmq.POLLIN), () => poller.modify(closed, zmq.POLLIN), () => poller.modify(9999, zmq.POLLIN));
of("Poller.remove", () => poller.remove(pull), () => poller.remove(closed), () => poller.remove(9999));
of("Poller.wait", () => new zmq.Poller().wait(-1), () => stoppedPoller.wait(0));
of("Poller.poll", () => stoppedPoller.poll());
of("Poller.wait_all", () => poller.wait_all(0, 1));
of("Poller.poll_all", () => poller.poll_all(0));
of("Authenticator", () => new zmq.Authenticator(context), () => new zmq.Authenticator(ended));
of("Authenticator.allow", () => authenticator.allow("localhost"));
of("Authenticator.deny", () => authenticator.deny("localhost"));
of("Authenticator.add_curve", () => authenticator.add_curve("short"));
of("Monitor.recv", () => closedMonitor.recv());
of("Monitor.next", () => stoppedMonitor.next());
of("Monitor.fd", () => closedMonitor.fd);
of("Monitor.events", () => closedMonitor.events);
