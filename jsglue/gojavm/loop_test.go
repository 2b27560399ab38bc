package gojavm

import "testing"

func TestTimers(t *testing.T) {
	expect(t, `setTimeout(() => print("c"), 2); os.setTimeout(() => print("b"), 1); setTimeout(() => print("a"), 0); setTimeout(() => print("neg"), -5);
setTimeout((...args) => print("args", args), 3, 1, "x"); print("top"); Promise.resolve().then(() => print("job"));`,
		"top\njob\na\nneg\nb\nc\nargs 1,x\n")
	expect(t, `const t = os.setTimeout(() => print("no"), 0); print(t, typeof t); os.clearTimeout(t); os.clearTimeout(t); clearTimeout(null); clearTimeout(undefined);
let n = 0; const i = setInterval(() => { print(++n); if (n === 3) clearInterval(i) }, 0);
for (const bad of [5, {}, "x"]) try { clearTimeout(bad) } catch (e) { print(e) }
for (const bad of [undefined, 5, "code"]) try { setTimeout(bad, 0) } catch (e) { print(e) }`,
		"[object OSTimer] object\nTypeError: not a timer\nTypeError: not a timer\nTypeError: not a timer\n"+
			"TypeError: not a function\nTypeError: not a function\nTypeError: not a function\n1\n2\n3\n")
}

// Promise jobs run after each handler, not only when the loop waits.
func TestJobsBetweenTimers(t *testing.T) {
	expect(t, `for (const n of [1, 2]) setTimeout(() => { print("timer", n); Promise.resolve().then(() => print("job", n)) }, 0)`,
		"timer 1\njob 1\ntimer 2\njob 2\n")
}

func TestTimersFromTimers(t *testing.T) {
	expect(t, `let n = 0; function f() { if (++n < 5) setTimeout(f, 0); else print(n) } f()`, "5\n")
	expect(t, `const ts = []; for (let i = 0; i < 20; i++) ts.push(setTimeout(() => print(i), i)); for (let i = 0; i < 20; i++) if (i % 7) clearTimeout(ts[i])`, "0\n7\n14\n")
}

func TestSleepAsync(t *testing.T) {
	expect(t, `await os.sleepAsync(1); print("slept"); await Promise.all([os.sleepAsync(1), os.sleepAsync(0)]); print("both")`, "slept\nboth\n")
}

// A run ends although an await waits for a promise that nothing can settle.
func TestAwaitForever(t *testing.T) {
	expect(t, `print("a"); await new Promise(() => {}); print("b")`, "a\n")
}

func TestQueueMicrotask(t *testing.T) {
	expect(t, `queueMicrotask(() => print("micro")); print("top"); try { queueMicrotask(5) } catch (e) { print(e) }`, "top\nTypeError: not a function\nmicro\n")
	e := failure(t, "t.js", "queueMicrotask(() => { throw new Error('m') })")
	if e.Message != "Possibly unhandled promise rejection: Error: m" {
		t.Errorf("%v", e)
	}
}
