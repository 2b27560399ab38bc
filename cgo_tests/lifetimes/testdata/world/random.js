// Random numbers that are the same in every engine: xorshift of 32 bits.
let state = 1;

function next() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}

export function start(seed, round) {
  state = seed | 0 || 1;
  for (let i = 0; i < 16; i++) {
    next();
  }
  state = (state ^ (round << 7)) | 0 || 1;
  for (let i = 0; i < 16; i++) {
    next();
  }
}

export function below(count) {
  return next() % count;
}

export function oneIn(count) {
  return below(count) === 0;
}

export function pick(array) {
  return array[below(array.length)];
}
