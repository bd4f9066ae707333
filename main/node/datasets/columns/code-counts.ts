/** How many of the most frequent values a profile names. */
const topCount = 10;

/** The codes with the highest counts: the higher count first, of equal ones the lower code. */
export class TopCodes {
  private readonly best: { readonly code: number; readonly count: number }[] = [];

  offer(code: number, count: number): void {
    if (count === 0) return;
    const { best } = this;
    const before = (at: number): boolean =>
      best[at].count > count || (best[at].count === count && best[at].code < code);
    let at = best.length;
    if (at === topCount && before(at - 1)) return;
    while (at > 0 && !before(at - 1)) at--;
    best.splice(at, 0, { code, count });
    if (best.length > topCount) best.pop();
  }

  /** Codes with their counts, the most frequent first. */
  get pairs(): readonly { readonly code: number; readonly count: number }[] {
    return this.best;
  }
}

/** How often each code occurs. Four bytes for each code. */
export class CodeCounts {
  private counts = new Int32Array(64);

  add(code: number): void {
    if (code >= this.counts.length) {
      const larger = new Int32Array(Math.max(code + 1, this.counts.length * 2));
      larger.set(this.counts);
      this.counts = larger;
    }
    this.counts[code]++;
  }

  /** How many codes occur at all. */
  get distinct(): number {
    let distinct = 0;
    for (let code = 0; code < this.counts.length; code++) if (this.counts[code] > 0) distinct++;
    return distinct;
  }

  offerTo(top: TopCodes): void {
    for (let code = 0; code < this.counts.length; code++) top.offer(code, this.counts[code]);
  }

  /** The counts of the codes that occur, in ascending order. */
  ascending(): Int32Array {
    return this.counts.filter((count) => count > 0).sort();
  }
}
