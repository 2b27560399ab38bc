// What the scripts use of the engine's own.
declare const scriptArgs: string[];
declare const std: { exit(status: number): never };
declare const console: { log(...values: unknown[]): void };
declare function print(...values: unknown[]): void;
declare class Uint8FFArray {
  constructor(length: number);
  readonly length: number;
  [index: number]: number;
  subarray(begin?: number, end?: number): Uint8FFArray;
}
// FFglitch's motion vectors, and Duktape's own.
declare class MV {
  constructor(x: number, y: number);
}
declare class MVArray {
  constructor(length: number);
  [index: number]: unknown;
}
declare class MVPtr {
  constructor(array: MVArray);
}
declare class MVMask {
  constructor(length: number);
}
declare class MV2DArray {
  constructor(width: number, height: number);
}
declare class MV2DMask {
  constructor(width: number, height: number);
}
declare const Duktape: {
  fin(object: object, finalizer: (object: any) => void): void;
  gc(): void;
};
declare module "std" {
  interface File {
    puts(text: string): void;
    flush(): void;
    getline(): string | null;
  }
  const input: File;
  export const err: File;
  export function open(path: string, mode: string): File;
  export function loadFile(path: string): string | null;
  export { input as in };
}
declare module "os" {
  export function now(): number;
  export function remove(path: string): number;
  export function rename(before: string, after: string): number;
  export function setReadHandler(fd: number, handler: (() => void) | null): void;
  export function setTimeout(handler: () => void, delay: number): unknown;
}
