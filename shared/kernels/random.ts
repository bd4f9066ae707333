/** A stream of pseudo-random numbers. All randomness of the product comes through one. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform 32-bit unsigned integer. */
  bits(): number;
  /** Uniform integer in [0, below); `below` is an integer from 1 to 2^32. */
  integer(below: number): number;
  /** Standard normal deviate. */
  normal(): number;
}

/** 32-bit FNV-1a over UTF-16 code units, finished with the murmur3 mixer; turns names into seeds. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One step of splitmix32: spreads a 32-bit counter over all 32-bit values. */
function splitMix(state: number): number {
  let z = (state + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/**
 * xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32 from `seed` and `name`.
 * Streams with different names are independent: give each purpose its own name.
 */
export class Xoshiro implements Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  private spare = NaN;

  constructor(seed: number, name = '') {
    let state = (hashText(name) ^ Math.imul(seed | 0, 0x9e3779b1) ^ Math.floor(seed / 4294967296)) | 0;
    const draw = (): number => splitMix((state = (state + 0x9e3779b9) | 0));
    this.a = draw() | 0;
    this.b = draw() | 0;
    this.c = draw() | 0;
    this.d = draw() | 1; // never all zero
  }

  bits(): number {
    const scaled = Math.imul(this.b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  next(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  integer(below: number): number {
    // Rejection keeps it exactly uniform: the last, incomplete block of 2^32 is drawn again.
    const limit = 4294967296 - (4294967296 % below);
    let drawn = this.bits();
    while (drawn >= limit) drawn = this.bits();
    return drawn % below;
  }

  /** Marsaglia's polar method; the second deviate of a pair is kept. */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const kept = this.spare;
      this.spare = NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = y * factor;
      return x * factor;
    }
  }
}

/** Fisher-Yates shuffle in place. */
export function shuffle(values: Int32Array, random: Random): Int32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
  return values;
}
