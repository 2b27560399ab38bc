enum Color { Red, Green = "g".length, Blue = 1 << 2 } const enum E { A = 1 } namespace N { export const x: number = E.A } print(Color.Red, N.x);
//----
interface P<T extends object = {}> { readonly a?: T; [k: string]: unknown } type Q = keyof P & string | `a${number}`; let v = <P>{} as unknown as Q; v!;
//----
abstract class B<T> { constructor(private readonly a: T, protected b?: number) {} abstract m(): T; declare c: string; static override x?: 1 } 
//----
function dec(v: any, c: any) { return v } @dec class C { @dec m(@dec p?: string): void {} @dec accessor y = 1 } new C().m();
//----
function over(a: string): void; function over(a: number): void; function over(this: any, a: unknown): asserts a is string {} over("x");
//----
import type { Socket } from "zmq"; import zmq = require("zmq"); export type { Socket }; export = 1; declare module "m" {} declare global { var g: 1 }
//----
let t: [a: number, b?: string, ...rest: boolean[]] = [1] satisfies unknown[]; const as = 1 as const; type F = new (...a: any) => infer; x = y < z > (1);
//----
import { Context, PAIR } from "zmq"; const ctx: Context = new Context(); try { ctx.socket(PAIR).connect("tcp://") } catch (e: unknown) { (e as Error).message }
