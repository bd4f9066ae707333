/** Numbers in the order of their costs, lowest first; of equal costs the lower number first. */
export class CostHeap {
  #costs = new Float64Array(1024);
  #items = new Int32Array(1024);
  #size = 0;

  clear(): void {
    this.#size = 0;
  }

  push(item: number, cost: number): void {
    if (this.#size === this.#items.length) this.#grow();
    let at = this.#size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#before(cost, item, above)) break;
      this.#move(above, at);
      at = above;
    }
    this.#costs[at] = cost;
    this.#items[at] = item;
  }

  /** Takes the first; -1 where there is none. */
  pop(): number {
    if (this.#size === 0) return -1;
    const first = this.#items[0];
    const size = --this.#size;
    const [cost, item] = [this.#costs[size], this.#items[size]];
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && this.#before(this.#costs[below + 1], this.#items[below + 1], below)) below++;
      if (this.#before(cost, item, below)) break;
      this.#move(below, at);
      at = below;
    }
    this.#costs[at] = cost;
    this.#items[at] = item;
    return first;
  }

  #before(cost: number, item: number, at: number): boolean {
    return cost < this.#costs[at] || (cost === this.#costs[at] && item < this.#items[at]);
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from];
    this.#items[to] = this.#items[from];
  }

  #grow(): void {
    const [costs, items] = [new Float64Array(2 * this.#size), new Int32Array(2 * this.#size)];
    costs.set(this.#costs);
    items.set(this.#items);
    [this.#costs, this.#items] = [costs, items];
  }
}
