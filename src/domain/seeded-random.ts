/** A source of uniform numbers in [0, 1). The same seed gives the same numbers, on every machine. */
export type RandomSource = () => number;

/**
 * Small fast counter generator, sfc32 of PractRand (C. Doty-Humphrey, public domain), 128 bits of state.
 * `seed` is any safe integer; its low and high 32 bits both count. Not for secrets.
 */
export function seededRandom(seed: number): RandomSource {
  let a = 0x9e3779b9;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Near seeds start alike; a few rounds part them.
  for (let round = 0; round < 15; round++) next();
  return next;
}

/** One draw from the normal distribution with mean 0 and standard deviation 1 (Box & Muller 1958). */
export function normalRandom(random: RandomSource): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** A whole number in 0..count-1. */
export function randomIndex(random: RandomSource, count: number): number {
  return Math.floor(random() * count);
}

/** 32-bit hash of a text (FNV-1a), to seed a generator from a name. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
