// Assertions. Each prints a TAP line. A file ends with plan().
let count = 0;

function write(line) {
  if (typeof console === "object" && console !== null && typeof console.log === "function") {
    console.log(line);
  } else {
    print(line);
  }
}

function hex(number, digits) {
  let text = number.toString(16);
  while (text.length < digits) {
    text = "0" + text;
  }
  return text;
}

function quote(text) {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22 || unit === 0x5c) {
      result += "\\" + text[i];
    } else if (unit < 0x20 || unit > 0x7e) {
      result += "\\u" + hex(unit, 4);
    } else {
      result += text[i];
    }
  }
  return shorten(result + '"');
}

function shorten(text) {
  return text.length > 300 ? text.slice(0, 300) + "... (" + text.length + ")" : text;
}

function isBytes(value) {
  return (typeof ArrayBuffer === "function" && ArrayBuffer.isView(value)) || tag(value) === "Uint8FFArray";
}

function tag(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

// show formats any value as one line of ASCII.
export function show(value, depth) {
  const level = depth || 0;
  if (typeof value === "string") {
    return quote(value);
  }
  if (typeof value === "number" && value === 0 && 1 / value < 0) {
    return "-0";
  }
  if (typeof value === "bigint") {
    return value.toString() + "n";
  }
  if (typeof value === "symbol") {
    return value.toString();
  }
  if (typeof value === "function") {
    return "function " + value.name;
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  if (value instanceof Error) {
    return value.name + "(" + quote(String(value.message)) + ")";
  }
  if (isBytes(value)) {
    return tag(value) + "[" + shorten(Array.prototype.join.call(value, ",")) + "]";
  }
  if (level > 3) {
    return "...";
  }
  if (Array.isArray(value)) {
    return shorten("[" + value.map((element) => show(element, level + 1)).join(", ") + "]");
  }
  const entries = Object.keys(value).map((key) => quote(key) + ": " + show(value[key], level + 1));
  return shorten(tag(value) + " {" + entries.join(", ") + "}");
}

function report(passed, name, details) {
  count++;
  write((passed ? "ok " : "not ok ") + count + " - " + name);
  if (!passed) {
    write("  ---");
    details.forEach((line) => write("  " + line));
    write("  ...");
  }
  return passed;
}

function compared(passed, actual, expected, name) {
  const details = passed ? [] : ["expected: " + show(expected), "actual: " + show(actual)];
  return report(passed, name, details);
}

// ok passes if the condition is exactly true.
export function ok(condition, name) {
  return compared(condition === true, condition, true, name);
}

// equal passes if Object.is() is true for both values.
export function equal(actual, expected, name) {
  return compared(Object.is(actual, expected), actual, expected, name);
}

function same(actual, expected) {
  if (typeof expected !== "object" || expected === null || typeof actual !== "object" || actual === null) {
    return Object.is(actual, expected);
  }
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) {
    return false;
  }
  const keys = Object.keys(expected);
  if (Object.keys(actual).length !== keys.length || actual.length !== expected.length) {
    return false;
  }
  return keys.every(
    (key) => Object.prototype.hasOwnProperty.call(actual, key) && same(actual[key], expected[key]),
  );
}

// deepEqual passes if both are the same value, or have the same prototype and deeply equal own
// properties.
export function deepEqual(actual, expected, name) {
  return compared(same(actual, expected), actual, expected, name);
}

// bytes passes if actual is an array of bytes with these elements.
export function bytes(actual, expected, name) {
  const passed =
    typeof actual === "object" &&
    actual !== null &&
    isBytes(actual) &&
    actual.length === expected.length &&
    Array.prototype.every.call(actual, (byte, i) => byte === expected[i]);
  return compared(passed, actual, expected, name);
}

// throws passes if f throws an Error with the properties of expected: name, code, errno, endpoint,
// message. undefined means that the Error lacks the property; a RegExp must match.
export function throws(f, expected, name) {
  let error;
  try {
    const returned = f();
    return report(false, name, ["expected: an exception", "returned: " + show(returned)]);
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof Error)) {
    return report(false, name, ["expected: an Error", "thrown: " + show(error)]);
  }
  const details = [];
  Object.keys(expected).forEach((key) => {
    const want = expected[key];
    const got = error[key];
    if (!(want instanceof RegExp ? typeof got === "string" && want.test(got) : Object.is(got, want))) {
      details.push("expected " + key + ": " + (want instanceof RegExp ? String(want) : show(want)));
      details.push("actual " + key + ": " + show(got));
    }
  });
  return report(details.length === 0, name, details);
}

// plan prints the number of assertions. A run without it has failed.
export function plan() {
  write("1.." + count);
}
