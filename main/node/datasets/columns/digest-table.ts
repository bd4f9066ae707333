import type { TextDigest } from './text-digest.ts';

const shardBits = 16;
const shardEntries = 1 << shardBits;
const words = 3;

/** Digests to codes, in order of first appearance. About twenty bytes for each. */
export class DigestTable {
  size = 0;
  /** Digests by code, in shards that are never copied. */
  private readonly shards: Int32Array[] = [];
  /** Code + 1 of the digest that hashes here; 0 where there is none. */
  private slots = new Int32Array(64);

  clear(): void {
    this.size = 0;
    this.slots.fill(0);
  }

  /** The code of a digest; -1 where it has none. */
  find({ a, b, c }: TextDigest): number {
    const mask = this.slots.length - 1;
    for (let slot = b & mask; ; slot = (slot + 1) & mask) {
      const code = this.slots[slot] - 1;
      if (code === -1) return -1;
      const shard = this.shards[code >>> shardBits];
      const at = (code & (shardEntries - 1)) * words;
      if (shard[at] === a && shard[at + 1] === b && shard[at + 2] === c) return code;
    }
  }

  /** Gives the next code to a digest that has none. */
  add({ a, b, c }: TextDigest): number {
    const code = this.size++;
    const at = (code & (shardEntries - 1)) * words;
    const shard = this.room(code, at + words);
    shard[at] = a;
    shard[at + 1] = b;
    shard[at + 2] = c;
    if (this.size * 3 > this.slots.length * 2) this.enlarge();
    else this.place(code, b);
    return code;
  }

  private room(code: number, needed: number): Int32Array {
    const s = code >>> shardBits;
    const shard = this.shards[s] as Int32Array | undefined;
    if (shard !== undefined && shard.length >= needed) return shard;
    // Only the first shard starts small: most columns have few values.
    const larger = new Int32Array(s > 0 ? shardEntries * words : Math.max(16 * words, (shard?.length ?? 0) * 2));
    if (shard !== undefined) larger.set(shard);
    this.shards[s] = larger;
    return larger;
  }

  private enlarge(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let code = 0; code < this.size; code++)
      this.place(code, this.shards[code >>> shardBits][(code & (shardEntries - 1)) * words + 1]);
  }

  private place(code: number, b: number): void {
    const mask = this.slots.length - 1;
    let slot = b & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = code + 1;
  }
}
