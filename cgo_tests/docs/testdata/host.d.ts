// Features of other engines that the scripts use: FFglitch's motion vectors, and Duktape's own.
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
