import * as zmq from "zmq";
const ctx = new zmq.Context();
let kept: zmq.Socket;
const poller = new zmq.Poller();
{
  using socket = ctx.socket(zmq.PAIR);
  using registered = poller;
  registered.add(socket, zmq.POLLIN);
  kept = socket;
  console.log(kept.closed);
}
{
  using context = ctx;
}
console.log(kept.closed, ctx.closed, poller.size());
