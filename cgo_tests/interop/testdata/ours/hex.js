// Messages as arguments and as lines: parts in hexadecimal, with commas between them.

export function toHex(parts) {
  return parts
    .map((part) => Array.from(part, (byte) => byte.toString(16).padStart(2, "0")).join(""))
    .join(",");
}

export function fromHex(message) {
  return message.split(",").map((part) => {
    const bytes = new Uint8Array(part.length / 2);
    for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(part.slice(2 * i, 2 * i + 2), 16);
    return bytes;
  });
}
