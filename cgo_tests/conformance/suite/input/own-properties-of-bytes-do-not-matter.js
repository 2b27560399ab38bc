import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b } = pair();
let asked = 0;
const sent = new Uint8Array([1, 2, 3]);
for (const name of ["length", "byteLength", "byteOffset", "buffer"]) {
  Object.defineProperty(sent, name, { get() { asked++; return 0; } });
}
equal(a.send(sent), 3, "the real length counts");
bytes(b.recv(), [1, 2, 3], "the content arrives");
equal(asked, 0, "no getter has run");
plan();
