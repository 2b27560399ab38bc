import { pair } from "../pairs.js";
import { equal, plan } from "../tap.js";

const { a, b } = pair();
for (const [sent, received] of [["abc\0", "abc"], ["abc", "abc"], ["a\0bc", "a\0bc"], ["abc\0\0", "abc\0\0"], ["\0", ""], ["a\0b\0", "a\0b\0"]]) {
  a.send(sent);
  equal(b.recv_str(), received, "of " + sent.length + " characters");
}
plan();
