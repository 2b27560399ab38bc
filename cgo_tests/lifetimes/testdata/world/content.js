// Messages that identify themselves: each part begins with #SENDER.NUMBER.PART#, where the first
// part also has the sizes of all; then one letter is repeated.
import { fail, same } from "./check.js";

const letters = "abcdefghijklmnopqrstuvwxyz";

function header(message, part) {
  const name = "#" + message.sender + "." + message.number + "." + part;
  return part === 0 ? name + "." + message.sizes.join() + "#" : name + "#";
}

function letter(message, part) {
  return (message.sender + message.number + part) % letters.length;
}

// compose makes a message of at least these sizes; only a last part may be empty.
export function compose(sender, number, sizes) {
  const message = { sender, number, sizes };
  for (let i = sizes.length - 1; i >= 0; i--) {
    let needed = header(message, i).length;
    while (sizes[i] < needed && !(sizes[i] === 0 && i > 0 && i === sizes.length - 1)) {
      sizes[i] = needed;
      needed = header(message, i).length;
    }
  }
  return message;
}

export function total(message) {
  return message.sizes.reduce((sum, size) => sum + size, 0);
}

function text(message, part) {
  const size = message.sizes[part];
  if (size === 0) {
    return "";
  }
  const begin = header(message, part);
  return begin + letters[letter(message, part)].repeat(size - begin.length);
}

function bytes(message, part) {
  const array = new Uint8Array(message.sizes[part]);
  if (array.length > 0) {
    const begin = header(message, part);
    array.fill(letters.charCodeAt(letter(message, part)));
    for (let i = 0; i < begin.length; i++) {
      array[i] = begin.charCodeAt(i);
    }
  }
  return array;
}

// encode returns a part as a value of a kind: 0 to 3.
export function encode(message, part, kind) {
  switch (kind) {
    case 0:
      return text(message, part);
    case 1:
      return bytes(message, part);
    case 2:
      return bytes(message, part).buffer;
  }
  return new DataView(bytes(message, part).buffer);
}

// verify requires that the received value is that part.
export function verify(received, message, part, what) {
  const name = what + ", part " + part + " of " + header(message, 0);
  if (typeof received === "string") {
    if (received !== text(message, part)) {
      fail(name + " is " + received.slice(0, 80) + "... of length " + received.length);
    }
    return;
  }
  same(received.length, message.sizes[part], name + ", length");
  if (received.length === 0) {
    return;
  }
  const begin = header(message, part);
  for (let i = 0; i < begin.length; i++) {
    same(received[i], begin.charCodeAt(i), name + ", byte " + i);
  }
  const code = letters.charCodeAt(letter(message, part));
  const stride = received.length < 500 ? 1 : 997;
  for (let i = begin.length; i < received.length; i += stride) {
    same(received[i], code, name + ", byte " + i);
  }
  same(received[received.length - 1], received.length > begin.length ? code : 35, name + ", last byte");
}

// identify returns the message of a first part; null: none.
export function identify(received) {
  let begin = received;
  if (typeof received !== "string") {
    begin = "";
    for (let i = 0; i < received.length && i < 100; i++) {
      begin += String.fromCharCode(received[i]);
    }
  }
  const found = /^#([0-9]+)\.([0-9]+)\.0\.([0-9,]+)#/.exec(begin);
  return found && { sender: +found[1], number: +found[2], sizes: found[3].split(",").map(Number) };
}
