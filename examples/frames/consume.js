// Gets the frames that frames.c makes, in the context that both share. An empty message is the end.
import * as zmq from "zmq";

const [size] = scriptArgs.slice(1).map(Number);

const socket = zmq.Context.shared("frames").socket(zmq.PULL);
socket.connect("inproc://frames");

const frame = new Uint8Array(size); // each frame is received into the same memory
const view = new DataView(frame.buffer);
let count = 0;
while (socket.recv_into(frame) > 0) {
  const number = view.getUint32(0, true);
  if (number !== count) throw new Error(`frame ${number} comes instead of ${count}`);
  count++;
}
console.log(`${count} frames of ${size} bytes`);
