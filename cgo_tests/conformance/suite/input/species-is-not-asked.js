import { pair } from "../pairs.js";
import { bytes, equal, plan } from "../tap.js";

const { a, b } = pair();
let asked = 0;
class Bytes extends Uint8Array {
  static get [Symbol.species]() {
    asked++;
    return Uint8Array;
  }
}
const sent = new Bytes(3);
sent[0] = 7;
equal(a.send(sent), 3, "a subclass of Uint8Array is bytes");
bytes(b.recv(), [7, 0, 0], "its content arrives");
equal(asked, 0, "its species is not asked");
plan();
