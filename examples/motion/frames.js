// Runs glitch.js without a video, on the motion vectors of waves, 25 frames a second:
// frames.js VALUES_ENDPOINT VECTORS_ENDPOINT, under zmqjs or FFglitch's qjs.
import * as os from "os";
import { glitch_frame, setup } from "./glitch.js";

const COLUMNS = 40;
const ROWS = 22;
let index = 0;

function wave(x, y) {
  const phase = index / 12 + x / 6 + y / 9;
  return [Math.round(9 * Math.cos(phase)), Math.round(9 * Math.sin(phase))];
}

function next_frame() {
  const forward = [];
  for (let y = 0; y < ROWS; y++) {
    forward.push([]);
    for (let x = 0; x < COLUMNS; x++) forward[y].push(wave(x, y));
  }
  glitch_frame({ index: index++, mv: { forward } });
  os.setTimeout(next_frame, 40);
}

setup({ params: scriptArgs.slice(-2) });
next_frame();
