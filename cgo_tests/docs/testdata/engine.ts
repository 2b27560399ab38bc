// A script for the bundled engine: it compiles, but for the lines after @ts-expect-error, and runs.
import * as os from "os";
import * as std from "std";
import * as zmq from "zmq";

const context = new zmq.Context();
const [a, b] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
a.bind("inproc://engine");
b.connect("inproc://engine");
a.send(new Uint8FFArray(3).fill(65));

// Received bytes are FFArrays.
const message: Uint8FFArray = b.recv()!;
const text: string = new TextDecoder().decode(message);
const view: Uint8FFPtr = message.subarray(1);
const sum: number = message.reduce((total, byte) => total + byte, 0);
for (const byte of message) byte.toFixed();
a.send(view);
const wide: bigint | undefined = new Int64FFArray(1)[0];
console.log(text, view.length, sum, wide); // prints: AAA 2 195 0

// Files.
const error: std.ErrorObject = {};
const file: std.FILE | null = std.open("/nowhere/file", "r", error);
console.log(file, error.errno === std.Error.ENOENT, std.strerror(2)); // prints: null true No such file or directory
const temporary = std.tmpfile()!;
temporary.printf("%d\n", 42);
temporary.seek(0, std.SEEK_SET);
console.log(temporary.getline(), temporary.getline(), temporary.close()); // prints: 42 null 0
const from: number = std.in.fileno();
const variable: string | undefined = std.getenv("HOME");

// The system.
const [names, failure] = os.readdir("/nowhere");
console.log(names.length, failure === std.Error.ENOENT); // prints: 0 true
const [status] = os.stat("/");
console.log(status !== null && (status.mode & os.S_IFMT) === os.S_IFDIR); // prints: true
const pipe = os.pipe()!;
os.write(pipe[1], message, 0, 3);
const buffer = new Uint8Array(8);
console.log(os.read(pipe[0], buffer, 0, 8), os.exec(["true"]), from); // prints: 3 0 0
const position: bigint = os.seek(pipe[0], 0n, std.SEEK_SET);
os.signal(os.SIGUSR1, undefined);

// Timers and the rest.
const timer: Timer = setInterval((word: string) => console.log(word), 0, "tick"); // prints: tick
setTimeout(() => clearInterval(timer), 0);
queueMicrotask(() => console.error("micro"));
await os.sleepAsync(1);
const { a: [first] } = structuredClone({ a: [1] });
console.log(first, performance.now() >= 0, position < 0n, scriptArgs.length); // prints: 1 true true 1

function wrong() {
  // @ts-expect-error: it has no buffer
  message.buffer;
  // @ts-expect-error: nor is it a typed array
  const typed: Uint8Array = message;
  // @ts-expect-error: it may be null
  file.getline();
  // @ts-expect-error: it may be undefined
  variable.length;
  // @ts-expect-error: there is no such function
  std.readFile("x");
  // @ts-expect-error: a function takes no signal number
  os.signal(os.SIGUSR1, (signal: number) => signal);
  // @ts-expect-error: there is none
  os.Worker;
  // @ts-expect-error: the function needs an argument
  setTimeout((word: string) => word, 0);
  // @ts-expect-error: there is no DOM
  document;
  // @ts-expect-error: nor Node
  require("fs");
}
