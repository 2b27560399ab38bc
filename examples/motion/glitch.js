// Moves a video's motion vectors as a page in a browser says. It is a script for FFglitch's
// fflive, ffedit and ffgac; frames.js gives it frames where there is no video.
// Its parameters are two endpoints: where the page's values come from, and where each
// frame's motion vectors go.
import * as zmq from "zmq";

const values = { pan_x: 0, pan_y: 0, swirl: 0 };
const context = new zmq.Context();
const page_values = context.socket(zmq.SUB);
const page_vectors = context.socket(zmq.PUSH);

export function setup(args) {
  args.features = ["mv"];
  page_values.setsockopt(zmq.SUBSCRIBE, "");
  page_values.connect(args.params[0]);
  page_vectors.setsockopt(zmq.SNDHWM, 2); // a slow page misses frames
  page_vectors.setsockopt(zmq.LINGER, 0);
  page_vectors.connect(args.params[1]);
}

// What has come since the last frame; a frame waits for nothing.
function update_values() {
  for (;;) {
    const text = page_values.recv_str(zmq.DONTWAIT);
    if (text === undefined) return;
    Object.assign(values, JSON.parse(text));
  }
}

export function glitch_frame(frame) {
  const rows = frame.mv?.forward;
  if (!rows) return;
  frame.mv.overflow = "truncate";
  update_values();
  const columns = rows[0].length;
  const message = new Int16Array(2 + 2 * columns * rows.length);
  message[0] = columns;
  message[1] = rows.length;
  for (let y = 0, at = 2; y < rows.length; y++)
    for (let x = 0; x < columns; x++, at += 2) {
      const vector = rows[y][x];
      if (!vector) continue; // a block that is coded whole
      vector[0] += Math.round(values.pan_x - values.swirl * (y / rows.length - 0.5));
      vector[1] += Math.round(values.pan_y + values.swirl * (x / columns - 0.5));
      message[at] = vector[0];
      message[at + 1] = vector[1];
    }
  page_vectors.send(message, zmq.DONTWAIT);
}
