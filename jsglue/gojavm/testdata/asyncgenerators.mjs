async function* ag(a, b){ yield 1 } const ag2 = async function*(){}; console.log(ag.name, ag2.name, ag.length, (async function*(q,w){}).length, Object.getPrototypeOf(ag)===Function.prototype, ag.constructor.name, Object.prototype.toString.call(ag), ag.hasOwnProperty('prototype'), ag.hasOwnProperty('caller'));
console.log(Object.prototype.toString.call(ag()), Object.getPrototypeOf(ag()) === ag.prototype);
class S { toString(){ return 'S!' } async *z(){ yield 'sz' } }
class P extends S { async *m(a){ yield a; yield* super.z(); yield super.toString(); const f = () => super.toString(); yield f() } static async *s(){ yield this.name; yield arguments.length } async *#p(){ yield 'priv' } static async *#ps(){ yield 'privs' } q(){ return this.#p } static qs(){ return this.#ps } async *['comp'+1](){ return 5 } static x = async function*(){ yield 3 }; y = async function*(){}; #pf = async function*(){}; pn(){ return this.#pf.name } }
const p = new P;
console.log(P.prototype.m.name, P.s.name, p.q().name, P.qs().name, P.prototype.m.length, P.prototype.m.hasOwnProperty('prototype'), P.x.name, p.y.name, p.pn(), p.comp1.name);
async function all(it){ const r=[]; for await (const v of it) r.push(v); return r.join() }
console.log(await all(p.m('a')), await all(P.s(1,2)), await all(p.q()()), await all(P.qs()()), await all(P.x()), JSON.stringify(await p.comp1().next()));
try { new ag; console.log('no') } catch (e) { console.log(e.name) } try { new P.prototype.m;console.log('no') } catch (e) { console.log(e.name) }
const AGF = Object.getPrototypeOf(async function*(){}).constructor; console.log(AGF.name, AGF.length);
const g2 = AGF('a', 'yield a; yield await 2; for await (const x of [3]) yield x'); console.log(typeof g2, String(g2), g2.name); 
try { console.log(await all(g2(1))) } catch (e) { console.log(e.name, e.message) }
for (const a of [['a','}{'],['yield','1'],['a=await 1',''],['a b','']]) try { AGF(...a); console.log('no') } catch (e) { console.log(e.name) }
class Sub extends AGF {} ; console.log(new Sub('yield 1') instanceof Sub);
const ge = eval('(async function*(){ for await (const x of [1,Promise.resolve(2)]) yield x })'); console.log(await all(ge()));
const gf = new Function('return (async function* nm(){ yield* [1,2] })'); console.log(await all(gf()()), gf().name);
const o = { async *m(){ yield super.toString === Object.prototype.toString }, ['k'+1]: async function*(){ yield 'k1' }, v: async function*(){ yield 'v' }, n: async function* own(){ yield own.name }, get g(){ throw 1 }, __proto__: { async *inh(){ yield 'inh' } } };
console.log(await all(o.m()), await all(o.k1()), o.k1.name, o.v.name, await all(o.n()), await all(o.inh()), Object.keys(o).join());
{ async function* inblock(){ yield 'b' } console.log(await all(inblock())); } 
switch (1) { case 0: async function* insw(){ yield 'sw' } case 1: console.log(await all(insw())) }
async function* th(){ try { yield 1; await null; yield await Promise.reject(new Error('r')) } catch (e) { yield e.message; return 'ret' } finally { console.log('fin'); await 1; console.log('fin2') } }
const it = th(); console.log(JSON.stringify([await it.next(), await it.next(), await it.next(), await it.next()]));
const i2 = th(); await i2.next(); console.log(JSON.stringify(await i2.return(Promise.resolve(8))));
const i3 = ag(); console.log(JSON.stringify(await Promise.all([i3.next(), i3.next(), i3.return(4)])));
console.log(Object.getOwnPropertyNames(Object.getPrototypeOf(ag.prototype)).join(), Object.getPrototypeOf(Object.getPrototypeOf(ag.prototype))[Symbol.asyncIterator].name);
export default async function*(){ yield 'def' } export async function* named(){ yield 'nm' }
import * as me from './asyncgenerators.mjs'; console.log(me.default.name, await all(me.default()), await all(me.named()));
try { await Object.getPrototypeOf(ag2.prototype).next.call((function*(){})()) } catch (e) { console.log(e.name) }
async function* dflt(a = ag2.name, {b} = {b: 2}, ...r){ yield [a,b,r.length].join('-'); const arrow = async () => { await 1; return arguments.length }; yield await arrow() } console.log(await all(dflt(undefined, undefined, 1, 2)));
async function* loop(){ for (let i=0;i<3;i++) { const x = yield i; if (x) return x } } const l = loop(); await l.next(); console.log(JSON.stringify(await l.next('X')));
async function* cls(){ class Q { [yield 'key'](){} } yield Object.getOwnPropertyNames(Q.prototype)[1] } const cl = cls(); await cl.next(); console.log((await cl.next('kk')).value);
console.log(typeof (async function*(){}).prototype, await all((async function*(){ yield* (async function*(){ yield 1; yield 2 })() })()));
label: for (const q of [1]) { async function* lb(){ yield q } console.log(await all(lb())) }
