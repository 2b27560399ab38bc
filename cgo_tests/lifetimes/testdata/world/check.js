// Calls, and their permitted results.
import * as zmq from "zmq";

export function fail(text) {
  throw new Error("not allowed: " + text);
}

function show(value) {
  if (value instanceof Error) {
    return value.name + " " + value.code + " (" + value.message + ")";
  }
  if (value !== null && typeof value === "object") {
    return "an object of length " + value.length;
  }
  return String(value).slice(0, 100);
}

export function same(got, want, what) {
  if (got !== want) {
    fail(what + ": " + show(got) + ", not " + show(want));
  }
}

// attempt calls f, which may throw an error with one of the codes: it returns that code
// and the value.
export function attempt(f, codes, what) {
  try {
    return { value: f(), code: undefined };
  } catch (e) {
    if (!(e instanceof Error) || codes.indexOf(e.code) < 0 || e.errno !== zmq[e.code]) {
      fail(what + " throws " + show(e) + ", allowed: " + (codes.join() || "nothing"));
    }
    return { value: undefined, code: e.code };
  }
}

// returns demands a value.
export function returns(f, want, what) {
  same(attempt(f, [], what).value, want, what);
}

// refuses demands an error.
export function refuses(f, code, what) {
  const got = attempt(f, [code], what);
  if (got.code === undefined) {
    fail(what + " returns " + show(got.value) + ", where it is to throw " + code);
  }
}
