/** A set of (user, item) pairs in one typed array: open addressing, 12 bytes per pair or so. */
export class PairSet {
  private slots: Float64Array;
  private mask: number;
  private size = 0;
  private readonly items: number;

  constructor(items: number, expected: number) {
    this.items = items;
    let capacity = 1024;
    while (capacity < expected * 1.4) capacity *= 2;
    this.slots = new Float64Array(capacity).fill(-1);
    this.mask = capacity - 1;
  }

  /** Whether the pair is new; it is in the set afterwards. */
  add(user: number, item: number): boolean {
    if (this.size > this.slots.length * 0.75) this.grow();
    return this.put(user * this.items + item);
  }

  private put(key: number): boolean {
    const user = Math.floor(key / this.items);
    const item = key - user * this.items;
    let hash = Math.imul(user, 0x9e3779b1) ^ Math.imul(item, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = Math.imul(hash, 0x27d4eb2f) & this.mask;
    while (this.slots[slot] !== -1) {
      if (this.slots[slot] === key) return false;
      slot = (slot + 1) & this.mask;
    }
    this.slots[slot] = key;
    this.size++;
    return true;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Float64Array(old.length * 2).fill(-1);
    this.mask = this.slots.length - 1;
    this.size = 0;
    for (const key of old) if (key !== -1) this.put(key);
  }
}
