// libzmq accepts these values, and aborts or misbehaves once the socket is used.
import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const [rep, router, stream] = [zmq.REP, zmq.ROUTER, zmq.STREAM].map((type) => context.socket(type));
throws(
  () => rep.setsockopt(zmq.ROUTER_MANDATORY, 1),
  { name: "Error", code: "EINVAL", message: /REP socket .*ROUTER_MANDATORY/ },
  "ROUTER_MANDATORY of a REP",
);
equal(rep.setsockopt(zmq.ROUTER_MANDATORY, 0), 0, "off");
equal(router.setsockopt(zmq.ROUTER_MANDATORY, 1), 0, "of a ROUTER");

const { fd } = router; // listens to nothing
for (const descriptor of [fd, 1000000]) {
  throws(
    () => router.setsockopt(zmq.USE_FD, descriptor),
    { name: "Error", code: "EINVAL", message: /descriptor [0-9]+ is not a socket that listens/ },
    "USE_FD of a descriptor that is not a socket",
  );
  equal(router.getsockopt_int(zmq.USE_FD), -1, "the option stays");
}
equal(router.setsockopt(zmq.USE_FD, -1), 0, "-1");

for (const call of ["bind", "connect"]) {
  throws(
    () => stream[call]("inproc://stream"),
    { name: "Error", code: "ENOCOMPATPROTO", message: /STREAM/ },
    call + "() of a STREAM over inproc",
  );
}
throws(() => rep.bind("ipc://."), { name: "Error", code: "EADDRINUSE", message: /not a socket/ }, "bind() to a directory");
[rep, router, stream].forEach((socket) => socket.close());
context.term();
plan();
