// A large message: the bytes 0 to 250, again and again.

const period = 251;

export function large(size) {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < period; i++) bytes[i] = i;
  for (let done = period; done < size; done *= 2) bytes.copyWithin(done, 0, Math.min(done, size - done));
  return bytes;
}

// isLarge looks at a part of the bytes: an interpreter takes long for all of them.
export function isLarge(bytes) {
  for (let i = 0; i < bytes.length; i += 1009) {
    if (bytes[i] !== i % period) return false;
  }
  return bytes[bytes.length - 1] === (bytes.length - 1) % period;
}
