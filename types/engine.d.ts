// The modules std and os, and the globals, of the engine that is bundled with zmqjs. Use it with
// zmq.d.ts, and without the library "dom" and the types of Node (in tsconfig.json: "types": []):
//   tsc --strict --noEmit --lib esnext zmq.d.ts engine.d.ts script.ts

/** The class of received bytes. */
interface ZmqjsEngine {
  bytes: Uint8FFArray;
}

/** The elements of an FFArray or FFPtr of FFglitch. `Copy` is the class of copies, `View` that of views. */
interface FFElements<Element extends number | bigint, Copy, View> extends Iterable<Element> {
  readonly length: number;
  [index: number]: Element;
  /** A view of the elements from begin to end; it shares their memory. */
  subarray(begin?: number, end?: number): View;
  /** Copies the elements of another FFArray or FFPtr with the same type of elements. */
  set(source: FFElements<Element, Copy, View>, offset?: number): this;
  fill(value: Element | number, begin?: number, end?: number): this;
  /** A copy of the elements from begin to end. */
  slice(begin?: number, end?: number): Copy;
  /** A copy of all elements. */
  dup(): Copy;
  map(callback: (value: Element, index: number, array: this) => Element, thisArg?: any): Copy;
  toString(): string;
  join(separator?: string): string;
  copyWithin(target: number, start: number, end?: number): this;
  reverse(): this;
  sort(compare?: (a: Element, b: Element) => number | bigint): this;
  every(predicate: (value: Element, index: number, array: this) => unknown, thisArg?: any): boolean;
  some(predicate: (value: Element, index: number, array: this) => unknown, thisArg?: any): boolean;
  forEach(callback: (value: Element, index: number, array: this) => void, thisArg?: any): void;
  find(predicate: (value: Element, index: number, array: this) => unknown, thisArg?: any): Element | undefined;
  findIndex(predicate: (value: Element, index: number, array: this) => unknown, thisArg?: any): number;
  indexOf(value: Element, from?: number): number;
  lastIndexOf(value: Element, from?: number): number;
  includes(value: Element, from?: number): boolean;
  reduce<Result = Element>(callback: (previous: Result, value: Element, index: number, array: this) => Result, initial?: Result): Result;
  reduceRight<Result = Element>(callback: (previous: Result, value: Element, index: number, array: this) => Result, initial?: Result): Result;
  values(): IterableIterator<Element>;
  keys(): IterableIterator<number>;
  entries(): IterableIterator<[number, Element]>;
}

/** Signed integers of 8 bits, with memory of their own. */
declare class Int8FFArray {
  constructor(length: number);
}
interface Int8FFArray extends FFElements<number, Int8FFArray, Int8FFPtr> {}
/** A view of signed integers of 8 bits that belong to an FFArray. */
declare class Int8FFPtr {
  constructor(source: Int8FFArray | Int8FFPtr);
}
interface Int8FFPtr extends FFElements<number, Int8FFArray, Int8FFPtr> {}

/** Unsigned integers of 8 bits, with memory of their own. */
declare class Uint8FFArray {
  constructor(length: number);
}
interface Uint8FFArray extends FFElements<number, Uint8FFArray, Uint8FFPtr> {}
/** A view of unsigned integers of 8 bits that belong to an FFArray. */
declare class Uint8FFPtr {
  constructor(source: Uint8FFArray | Uint8FFPtr);
}
interface Uint8FFPtr extends FFElements<number, Uint8FFArray, Uint8FFPtr> {}

/** Signed integers of 16 bits, with memory of their own. */
declare class Int16FFArray {
  constructor(length: number);
}
interface Int16FFArray extends FFElements<number, Int16FFArray, Int16FFPtr> {}
/** A view of signed integers of 16 bits that belong to an FFArray. */
declare class Int16FFPtr {
  constructor(source: Int16FFArray | Int16FFPtr);
}
interface Int16FFPtr extends FFElements<number, Int16FFArray, Int16FFPtr> {}

/** Unsigned integers of 16 bits, with memory of their own. */
declare class Uint16FFArray {
  constructor(length: number);
}
interface Uint16FFArray extends FFElements<number, Uint16FFArray, Uint16FFPtr> {}
/** A view of unsigned integers of 16 bits that belong to an FFArray. */
declare class Uint16FFPtr {
  constructor(source: Uint16FFArray | Uint16FFPtr);
}
interface Uint16FFPtr extends FFElements<number, Uint16FFArray, Uint16FFPtr> {}

/** Signed integers of 32 bits, with memory of their own. */
declare class Int32FFArray {
  constructor(length: number);
}
interface Int32FFArray extends FFElements<number, Int32FFArray, Int32FFPtr> {}
/** A view of signed integers of 32 bits that belong to an FFArray. */
declare class Int32FFPtr {
  constructor(source: Int32FFArray | Int32FFPtr);
}
interface Int32FFPtr extends FFElements<number, Int32FFArray, Int32FFPtr> {}

/** Unsigned integers of 32 bits, with memory of their own. */
declare class Uint32FFArray {
  constructor(length: number);
}
interface Uint32FFArray extends FFElements<number, Uint32FFArray, Uint32FFPtr> {}
/** A view of unsigned integers of 32 bits that belong to an FFArray. */
declare class Uint32FFPtr {
  constructor(source: Uint32FFArray | Uint32FFPtr);
}
interface Uint32FFPtr extends FFElements<number, Uint32FFArray, Uint32FFPtr> {}

/** Signed integers of 64 bits, with memory of their own. */
declare class Int64FFArray {
  constructor(length: number);
}
interface Int64FFArray extends FFElements<bigint, Int64FFArray, Int64FFPtr> {}
/** A view of signed integers of 64 bits that belong to an FFArray. */
declare class Int64FFPtr {
  constructor(source: Int64FFArray | Int64FFPtr);
}
interface Int64FFPtr extends FFElements<bigint, Int64FFArray, Int64FFPtr> {}

/** Unsigned integers of 64 bits, with memory of their own. */
declare class Uint64FFArray {
  constructor(length: number);
}
interface Uint64FFArray extends FFElements<bigint, Uint64FFArray, Uint64FFPtr> {}
/** A view of unsigned integers of 64 bits that belong to an FFArray. */
declare class Uint64FFPtr {
  constructor(source: Uint64FFArray | Uint64FFPtr);
}
interface Uint64FFPtr extends FFElements<bigint, Uint64FFArray, Uint64FFPtr> {}

interface Math {
  /** The nearest integer; halves are rounded away from 0. */
  lround(x: number): number;
}

/** The script's name, and its arguments. */
declare const scriptArgs: string[];
/** Writes the values as strings to standard output, with spaces between them and a newline at the end. */
declare function print(...values: unknown[]): void;
interface Console {
  /** As print(). */
  log(...values: unknown[]): void;
  /** As print(). */
  info(...values: unknown[]): void;
  /** As print(). */
  debug(...values: unknown[]): void;
  /** To standard error. */
  error(...values: unknown[]): void;
  /** To standard error. */
  warn(...values: unknown[]): void;
}
declare const console: Console;
/** The module std. */
declare const std: typeof import("std");
/** The module os. */
declare const os: typeof import("os");

/** A timer that setTimeout() or setInterval() has set. */
interface Timer {
  readonly [Symbol.toStringTag]: string;
}
/** Calls a function once, after so many milliseconds. */
declare function setTimeout<Arguments extends unknown[]>(func: (...args: Arguments) => void, delay?: number, ...args: Arguments): Timer;
/** Calls a function every so many milliseconds. */
declare function setInterval<Arguments extends unknown[]>(func: (...args: Arguments) => void, delay?: number, ...args: Arguments): Timer;
declare function clearTimeout(timer?: Timer | null): void;
declare function clearInterval(timer?: Timer | null): void;
/** Calls a function when the running code has returned, before timers. */
declare function queueMicrotask(func: () => void): void;

declare class Performance {
  /** Milliseconds since timeOrigin, with a fraction. */
  now(): number;
  /** The start, in milliseconds since 1970. */
  readonly timeOrigin: number;
  toJSON(): { timeOrigin: number };
}
declare const performance: Performance;

declare class TextEncoder {
  readonly encoding: string;
  encode(input?: string): Uint8Array;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  /** label is utf-8, utf-16le or utf-16be, or another name of these. */
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: ArrayBuffer | ArrayBufferView | Uint8FFArray | Uint8FFPtr, options?: { stream?: boolean }): string;
}
declare class DOMException extends Error {
  constructor(message?: string, name?: string);
  readonly code: number;
}
/** A deep copy. It throws a DOMException for values that cannot be copied, such as functions. */
declare function structuredClone<Value>(value: Value, options?: { transfer?: ArrayBuffer[] }): Value;

/** The module std of QuickJS: files and the environment. */
declare module "std" {
  /** Memory to read into or to write from. */
  export type Memory = ArrayBuffer | ArrayBufferView | FFElements<number | bigint, unknown, unknown> | Uint8FFArray | Uint8FFPtr;

  /** A file. Methods that fail return a negative error number, unless they say otherwise. */
  export interface FILE {
    /** Returns 0, or a negative error number; for popen() the exit status of the program. */
    close(): number;
    /** Writes the values as strings. */
    puts(...values: unknown[]): void;
    /** Writes as printf() of C, and returns the number of bytes. */
    printf(format: string, ...args: unknown[]): number;
    flush(): void;
    /** Returns 0, or a negative error number. */
    seek(offset: number | bigint, whence: number): number;
    tell(): number;
    tello(): bigint;
    /** Whether a read has met the end. */
    eof(): boolean;
    /** Whether a read or write has failed. */
    error(): boolean;
    clearerr(): void;
    fileno(): number;
    /** Reads up to length bytes to a position of the buffer, and returns their number. */
    read(buffer: Memory, position: number, length: number): number;
    /** Writes length bytes from a position of the buffer, and returns their number. */
    write(buffer: Memory, position: number, length: number): number;
    /** The next line without its newline; null at the end. */
    getline(): string | null;
    /** The rest of the file, at most max_size bytes. */
    readAsString(max_size?: number): string;
    /** The next byte; -1 at the end. */
    getByte(): number;
    /** Writes a byte and returns it; -1 if that fails. */
    putByte(c: number): number;
  }

  /** Receives the error number of a function that returns null; 0 if there is no error. */
  export interface ErrorObject {
    errno?: number;
  }

  /** Ends the script, with the exit status n (default: 0). */
  export function exit(n?: number): never;
  /** Runs a text as a script, in the global scope, and returns its value. */
  export function evalScript(str: string, options?: { backtrace_barrier?: boolean }): any;
  /** Runs a file as a script, in the global scope. */
  export function loadScript(filename: string): any;
  /** The content of a file as text; null if it cannot be read. */
  export function loadFile(filename: string): string | null;
  /** Opens a file as fopen() of C does; null if that fails. */
  export function open(filename: string, flags: string, errorObj?: ErrorObject): FILE | null;
  /** Runs a command of the shell, and opens its input ("w") or output ("r"); null if that fails. */
  export function popen(command: string, flags: string, errorObj?: ErrorObject): FILE | null;
  /** Makes a file of a descriptor; null if that fails. */
  export function fdopen(fd: number, flags: string, errorObj?: ErrorObject): FILE | null;
  /** Opens a file without a name; null if that fails. */
  export function tmpfile(errorObj?: ErrorObject): FILE | null;
  /** Writes the values as strings to standard output. */
  export function puts(...values: unknown[]): void;
  /** Writes to standard output as printf() of C, and returns the number of bytes. */
  export function printf(format: string, ...args: unknown[]): number;
  /** Formats as sprintf() of C. */
  export function sprintf(format: string, ...args: unknown[]): string;
  const input: FILE;
  export {
    /** Standard input. It reads ahead: a poller of its descriptor needs os.read(). */
    input as in,
  };
  /** Standard output, without a buffer. */
  export const out: FILE;
  /** Standard error. */
  export const err: FILE;
  export const SEEK_SET: number;
  export const SEEK_CUR: number;
  export const SEEK_END: number;
  /** Numbers of errors. */
  const errors: {
    readonly EACCES: number;
    readonly EAGAIN: number;
    readonly EBADF: number;
    readonly EBUSY: number;
    readonly EEXIST: number;
    readonly EINTR: number;
    readonly EINVAL: number;
    readonly EIO: number;
    readonly EISDIR: number;
    readonly ENOENT: number;
    readonly ENOSPC: number;
    readonly ENOSYS: number;
    readonly ENOTDIR: number;
    readonly ENOTEMPTY: number;
    readonly EPERM: number;
    readonly EPIPE: number;
  };
  export { errors as Error };
  /** The text of an error number. */
  export function strerror(errno: number): string;
  /** Collects garbage. */
  export function gc(): void;
  /** A variable of the environment; undefined if it is not set. */
  export function getenv(name: string): string | undefined;
  export function setenv(name: string, value: string): void;
  export function unsetenv(name: string): void;
  /** All variables of the environment. */
  export function getenviron(): Record<string, string>;
  /** Downloads an URL by the program curl; null if that fails. */
  export function urlGet(url: string, options: { binary: true; full?: false }): ArrayBuffer | null;
  export function urlGet(
    url: string,
    options: { binary?: boolean; full: true },
  ): { response: string | ArrayBuffer | null; responseHeaders?: string; status?: number };
  export function urlGet(url: string, options?: { binary?: false; full?: false }): string | null;
  /** Parses JSON with comments, trailing commas, unquoted names and hexadecimal numbers. */
  export function parseExtJSON(str: string): any;
}

/** The module os of QuickJS: the operating system and the event loop. */
declare module "os" {
  /** Functions that fail return a negative error number, or [value, error number]. */
  export type Result = number;

  /** As stat() of C; times are in milliseconds since 1970. */
  export interface Stat {
    dev: number;
    ino: number;
    mode: number;
    nlink: number;
    uid: number;
    gid: number;
    rdev: number;
    size: number;
    blocks: number;
    atime: number;
    mtime: number;
    ctime: number;
  }

  export interface ExecOptions {
    /** Wait for the program (default: true). */
    block?: boolean;
    /** Look for the program in PATH (default: true). */
    usePath?: boolean;
    /** The program; args[0] if absent. */
    file?: string;
    /** The program's working directory. */
    cwd?: string;
    /** Descriptors for the program. */
    stdin?: number;
    stdout?: number;
    stderr?: number;
    /** The program's environment; that of the script if absent. */
    env?: Record<string, unknown>;
    uid?: number;
    gid?: number;
  }

  /** A descriptor, or a negative error number; mode is that of a new file (default: 0o666). */
  export function open(filename: string, flags: number, mode?: number): number;
  export function close(fd: number): Result;
  /** The new position, as a number or BigInt like offset, or a negative error number. */
  export function seek<Offset extends number | bigint>(fd: number, offset: Offset, whence: number): Offset extends bigint ? bigint : number;
  /** The number of bytes; 0 at the end; or a negative error number. */
  export function read(fd: number, buffer: import("std").Memory, offset: number, length: number): number;
  /** The number of bytes, which can be less than length; or a negative error number. */
  export function write(fd: number, buffer: import("std").Memory, offset: number, length: number): number;
  export function isatty(fd: number): boolean;
  /** [columns, rows] of a terminal; null if fd is not a terminal. */
  export function ttyGetWinSize(fd: number): [number, number] | null;
  /** Makes a terminal deliver each key. It is reset when the script has ended. */
  export function ttySetRaw(fd: number): void;
  export function remove(filename: string): Result;
  export function rename(oldname: string, newname: string): Result;
  export function realpath(path: string): [string, number];
  export function getcwd(): [string, number];
  export function chdir(path: string): Result;
  export function mkdir(path: string, mode?: number): Result;
  /** The names in a directory, "." and ".." too. */
  export function readdir(path: string): [string[], number];
  export function stat(path: string): [Stat, 0] | [null, number];
  export function lstat(path: string): [Stat, 0] | [null, number];
  /** Times are in milliseconds since 1970. */
  export function utimes(path: string, atime: number, mtime: number): Result;
  export function symlink(target: string, linkpath: string): Result;
  export function readlink(path: string): [string, number];
  /** Calls func when fd can be read; null removes it. A script runs while it has a handler. */
  export function setReadHandler(fd: number, func: (() => void) | null): void;
  /** Calls func when fd can be written; null removes it. */
  export function setWriteHandler(fd: number, func: (() => void) | null): void;
  /** Calls func in the event loop after a signal; null restores the default, undefined ignores the signal. */
  export function signal(signal: number, func: (() => void) | null | undefined): void;
  export function kill(pid: number, sig: number): Result;
  export function getpid(): number;
  /** Runs a program: its exit status, or the negative number of the signal that ended it; its process id if block is false. */
  export function exec(args: ArrayLike<unknown>, options?: ExecOptions): number;
  /** [process id, status], or [negative error number, 0]. */
  export function waitpid(pid: number, options: number): [number, number];
  export function dup(fd: number): number;
  export function dup2(oldfd: number, newfd: number): number;
  /** [descriptor to read, descriptor to write]; null if that fails. */
  export function pipe(): [number, number] | null;
  /** Waits, without running the event loop; a negative error number if a signal has ended the wait. */
  export function sleep(delay_ms: number): Result;
  /** Waits, while the event loop runs: await os.sleepAsync(100). */
  export function sleepAsync(delay_ms: number): Promise<void>;
  /** Milliseconds, from a clock that only goes forward. */
  export function now(): number;
  export function setTimeout(func: () => void, delay: number): Timer;
  export function clearTimeout(handle: Timer): void;
  export const platform: string;
  export const WNOHANG: number;
  export const O_RDONLY: number;
  export const O_WRONLY: number;
  export const O_RDWR: number;
  export const O_APPEND: number;
  export const O_CREAT: number;
  export const O_EXCL: number;
  export const O_TRUNC: number;
  export const S_IFMT: number;
  export const S_IFIFO: number;
  export const S_IFCHR: number;
  export const S_IFDIR: number;
  export const S_IFBLK: number;
  export const S_IFREG: number;
  export const S_IFSOCK: number;
  export const S_IFLNK: number;
  export const S_ISGID: number;
  export const S_ISUID: number;
  export const SIGINT: number;
  export const SIGABRT: number;
  export const SIGFPE: number;
  export const SIGILL: number;
  export const SIGSEGV: number;
  export const SIGTERM: number;
  export const SIGQUIT: number;
  export const SIGPIPE: number;
  export const SIGALRM: number;
  export const SIGUSR1: number;
  export const SIGUSR2: number;
  export const SIGCHLD: number;
  export const SIGCONT: number;
  export const SIGSTOP: number;
  export const SIGTSTP: number;
  export const SIGTTIN: number;
  export const SIGTTOU: number;
  export const SIGHUP: number;
  export const SIGKILL: number;
}
