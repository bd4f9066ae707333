/**
 * 96 bits that stand for a text: three lanes in the manner of MurmurHash3 (x86, 32 bits; Appleby 2011), with seeds and multipliers of
 * their own. Two of n different texts share them with a chance of about n² / 2^97: 10^-13 for a hundred million texts.
 */
export class TextDigest {
  a = 0;
  b = 0;
  c = 0;

  /** Becomes the digest of a text. */
  of(text: string): void {
    const { length } = text;
    let a = 0x9747b28c;
    let b = 0x3c6ef372;
    let c = 0x1b873593 ^ length;
    for (let i = 0; i < length; i += 2) {
      // Two UTF-16 units; beyond the end NaN, of which `<<` makes 0. The length tells such texts apart.
      const word = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
      a = step(a, Math.imul(word, 0xcc9e2d51), 0x1b873593);
      b = step(b, Math.imul(word, 0x239b961b), 0xab0e9789);
      c = step(c, Math.imul(word, 0x38b34ae5), 0xa1e38b93);
    }
    a ^= length;
    b ^= length;
    this.a = mixed((a + b) | 0);
    this.b = mixed((b + c) | 0);
    this.c = mixed((c + Math.imul(a, 3)) | 0);
  }
}

/** k is the scrambled word: h ← rotl(h ⊕ rotl(k, 15) · m, 13) · 5 + constant. */
function step(hash: number, scrambled: number, multiplier: number): number {
  const k = Math.imul((scrambled << 15) | (scrambled >>> 17), multiplier);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The finalizer of MurmurHash3: every bit of the input touches every bit of the output. */
export function mixed(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
