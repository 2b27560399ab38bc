// Messages with random contents, each with a header that has its number and checksum.
let state = 1;

export function seed(value) {
  state = value | 0 || 1;
}

export function below(count) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % count;
}

const block = new Uint8Array(65536);
for (let i = 0; i < block.length; i++) {
  block[i] = below(256);
}

// randomSize is at most 32 MiB, and mostly small.
export function randomSize(most) {
  const bits = below(400) === 0 ? 15 + below(11) : below(15);
  return Math.min(most, (1 << bits) - 1 + below(1 << bits) + (bits === 25 ? 0 : 1));
}

export function randomBytes(size) {
  const bytes = new Uint8Array(size);
  const begin = below(4096);
  bytes.set(block.subarray(begin, begin + Math.min(size, 60000)), 0);
  for (let done = 60000; done < size; done += 60000) {
    const from = below(4096);
    bytes.set(block.subarray(from, from + Math.min(size - done, 60000)), done);
  }
  return bytes;
}

// checksum is FNV-1a: of all bytes, or of a part of a long message's bytes, and of its end.
export function checksum(bytes) {
  const size = bytes.length;
  const stride = size <= 4096 ? 1 : Math.floor(size / 4096) | 1;
  let sum = 0x811c9dc5 ^ size;
  for (let i = 0; i < size; i += stride) {
    sum = Math.imul(sum ^ bytes[i], 16777619);
  }
  for (let i = Math.max(0, size - 16); i < size; i++) {
    sum = Math.imul(sum ^ bytes[i], 16777619);
  }
  return sum >>> 0;
}

// compose gives the two parts of a message.
export function compose(sender, number, most = 1 << 25) {
  const bytes = randomBytes(randomSize(most));
  return [sender + "|" + number + "|" + bytes.length + "|" + checksum(bytes), bytes];
}

export function text(bytes) {
  let result = "";
  for (let i = 0; i < bytes.length && i < 200; i++) {
    result += String.fromCharCode(bytes[i]);
  }
  return result;
}

// read checks a message and returns its sender and number.
export function read(parts) {
  if (parts.length !== 2) {
    throw new Error("a message of " + parts.length + " parts");
  }
  const [sender, number, size, sum] = text(parts[0]).split("|");
  if (parts[1].length !== +size || checksum(parts[1]) !== +sum) {
    throw new Error("message " + text(parts[0]) + " has " + parts[1].length + " bytes and the checksum " + checksum(parts[1]));
  }
  return { sender, number: +number, size: +size };
}

// pack makes one part of the two, for sockets whose messages have one part; unpack is the reverse.
export function pack([head, bytes]) {
  const packed = new Uint8Array(1 + head.length + bytes.length);
  if (head.length > 255) {
    throw new Error("a header of " + head.length + " bytes");
  }
  packed[0] = head.length;
  for (let i = 0; i < head.length; i++) {
    packed[1 + i] = typeof head === "string" ? head.charCodeAt(i) : head[i];
  }
  packed.set(bytes, 1 + head.length);
  return packed;
}

export function unpack(packed) {
  const begin = 1 + packed[0];
  return [packed.subarray(1, begin), packed.subarray(begin)];
}
