import * as zmq from "zmq";
import { bytes, equal, plan, throws } from "../tap.js";

const hello = [0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b];
equal(zmq.z85_encode(new Uint8Array(hello)), "HelloWorld", "as in the specification");
equal(zmq.z85_encode(new Uint8Array(hello).buffer), "HelloWorld", "of an ArrayBuffer");
bytes(zmq.z85_decode("HelloWorld"), hello, "and back");
equal(zmq.z85_encode(new Uint8Array(0)), "", "of nothing");
bytes(zmq.z85_decode(""), [], "and back");
equal(zmq.z85_encode(new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0])), "%nSc000000".slice(0, 5) + "00000", "the limits");
bytes(zmq.z85_decode("%nSc000000"), [255, 255, 255, 255, 0, 0, 0, 0], "and back");
throws(() => zmq.z85_encode(new Uint8Array(3)), { name: "RangeError" }, "3 bytes");
throws(() => zmq.z85_decode("Hell"), { name: "RangeError" }, "4 characters");
throws(() => zmq.z85_decode("Hell\u00f6"), { name: "RangeError" }, "another character");
throws(() => zmq.z85_decode("Hel o"), { name: "RangeError" }, "a space");
throws(() => zmq.z85_decode("#####"), { name: "RangeError" }, "more than 32 bits");
throws(() => zmq.z85_encode("text"), { name: "TypeError" }, "text is refused");
plan();
