package gojavm

import "testing"

// A stack has the script's own frames, and those of built-in functions that the script calls.
func TestStacks(t *testing.T) {
	tree(t, map[string]string{"bad.js": "throw new Error('loaded')"})
	for _, test := range []struct{ source, want string }{
		{"function f() { throw new Error('x') }\ntry { f() } catch (e) { print(e.stack) }", "    at f (test.js:1:22)\n    at test.js:2:7\n"},
		{"try { null.x } catch (e) { print(e.stack) }", "    at test.js:1:12\n"},
		{"try { [1].map(() => { throw Error('x') }) } catch (e) { print(e.stack) }", "    at test.js:1:29\n    at map (native)\n    at test.js:1:11\n"},
		{"class My extends Error {} try { throw new My('x') } catch (e) { print(e.stack) }", "    at test.js:1:39\n"},
		{"try { eval(\"\\nthrow new Error('x')\") } catch (e) { print(e.stack) }", "    at <eval>:2:7\n    at test.js:1:7\n"},
		{"try { eval('(') } catch (e) { print(e.stack) }", "    at test.js:1:7\n"},
		{"try { std.loadScript('bad.js') } catch (e) { print(e.stack) }", "    at bad.js:1:7\n    at loadScript (native)\n    at test.js:1:11\n"},
		{"try { [].values().map(1) } catch (e) { print(e.stack) }", "    at map (native)\n    at test.js:1:19\n"},
		{"try { [1].values().forEach(() => { null.x }) } catch (e) { print(e.stack) }", "    at test.js:1:41\n    at forEach (native)\n    at test.js:1:20\n"},
		{"try { Object.groupBy([1], () => { null.x }) } catch (e) { print(e.stack) }", "    at test.js:1:40\n    at groupBy (native)\n    at test.js:1:14\n"},
		{"try { new TextDecoder('x') } catch (e) { print(e.stack) }", "    at test.js:1:7\n"},
		{"try { structuredClone(() => 1) } catch (e) { print(e.name, e.stack) }", "DataCloneError     at test.js:1:7\n"},
		{"try { new Uint8FFArray(-1) } catch (e) { print(e.stack) }", "    at test.js:1:7\n"},
		{"async function* g() { throw new Error('x') }\n(async () => { try { for await (const x of g()); } catch (e) { print(e.stack) } })()", "    at g (test.js:1:29)\n    at test.js:2:22\n    at test.js:2:81\n"},
		{"setTimeout(() => print(new Error('x').stack), 0)", "    at test.js:1:24\n"},
		{"Promise.resolve().then(() => print(new Error('x').stack))", "    at test.js:1:36\n"},
		{"class A { constructor() { throw new Error('x') } }\nclass B extends A { constructor() { super() } }\ntry { new B } catch (e) { print(e.stack) }",
			"    at A (test.js:1:33)\n    at B (test.js:2:37)\n    at test.js:3:7\n"},
		{"const f = (n) => n ? f(n - 1) : new Error('x').stack; print(f(1000).split('\\n').length)", "101"},
		{"print(Object.getOwnPropertyNames(new Error('x')), JSON.stringify(Object.getOwnPropertyDescriptor(Error('x'), 'stack')))",
			`message,stack {"value":"    at test.js:1:98\n","writable":true,"enumerable":false,"configurable":true}`},
	} {
		if got := eval(t, Options{}, test.source); got != test.want+"\n" {
			t.Errorf("%s: printed\n%s\nwant\n%s", test.source, got, test.want)
		}
	}
}

// The text of an error names the value that is not a function.
func TestErrorTexts(t *testing.T) {
	for _, test := range []struct{ expression, want string }{
		{"o.missing(1)", "TypeError: o.missing is not a function"},
		{"o.a.missing()", "TypeError: o.a.missing is not a function"},
		{"std.socket(1)", "TypeError: std.socket is not a function"},
		{"u()", "TypeError: u is not a function"},
		{"o.text()", "TypeError: o.text is not a function"},
		{"o?.missing()", "TypeError: o?.missing is not a function"},
		{"o.missing`x`", "TypeError: o.missing is not a function"},
		{"o['x y']()", "TypeError: not a function"},
		{"'abc'.missing()", "TypeError: missing is not a function"},
		{"o.f(1).missing()", "TypeError: missing is not a function"},
		{"o.list[0].missing()", "TypeError: missing is not a function"},
		{"new o.Missing(1)", "TypeError: o.Missing is not a constructor"},
		{"new u", "TypeError: u is not a constructor"},
		{"new o.f", "TypeError: o.f is not a constructor"},
		{"new (() => 1)", "TypeError: not a constructor"},
		{"new (class { m() { this.q() } })().m()", "TypeError: this.q is not a function"},
		{"eval('o.missing()')", "TypeError: o.missing is not a function"},
		{"eval('(')", "SyntaxError: Unexpected end of input (<eval>:1:2)"},
		{"eval('let a; let a')", "SyntaxError: Identifier 'a' has already been declared (<eval>:1:12)"},
		{"(0, eval)('}{')", "SyntaxError: Unexpected token } (<eval>:1:1)"},
		{"new Function('a a', '')", "SyntaxError: Unexpected identifier (<eval>:1:23)"},
		{"throw new SyntaxError('SyntaxError: x')", "SyntaxError: SyntaxError: x"},
		{"throw new TypeError('Object has no member')", "TypeError: Object has no member"},
		{"1 in 2", "TypeError: Value is not an object: 2"},
		{"o.f(); 1 in 2", "TypeError: Value is not an object: 2"},
		{"o.f(); 1 in o.f()", "TypeError: Value is not an object: 1"},
		{"new Promise()", "TypeError: Value is not an object: undefined"},
	} {
		expect(t, "const o = { a: {}, list: [{}], text: 'x', f: () => 1 }; let u;\ntry { "+test.expression+"; print('no error') } catch (e) { print(e) }", test.want+"\n")
	}
}
