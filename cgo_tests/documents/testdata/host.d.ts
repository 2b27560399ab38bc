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
declare module "std" {
  const input: { getline(): string | null };
  export { input as in };
}
