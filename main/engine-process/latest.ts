/** How often something is said of one node at most: quicker than a person reads, slower than a line fills up. */
const everyMillis = 100;

/** Says the newest of what comes about each node, ten times a second at most; what it overtakes is never said. */
export class Latest {
  readonly #said = new Map<string, number>();
  readonly #waiting = new Map<string, { say: () => void; readonly timer: NodeJS.Timeout }>();

  say(node: string, say: () => void): void {
    const waiting = this.#waiting.get(node);
    if (waiting !== undefined) {
      waiting.say = say;
      return;
    }
    const left = (this.#said.get(node) ?? Number.NEGATIVE_INFINITY) + everyMillis - performance.now();
    if (left <= 0) {
      this.#said.set(node, performance.now());
      say();
      return;
    }
    const timer = setTimeout(() => this.#flush(node), left).unref();
    this.#waiting.set(node, { say, timer });
  }

  /** Nothing more is to be said of a node. */
  forget(node: string): void {
    clearTimeout(this.#waiting.get(node)?.timer);
    this.#waiting.delete(node);
    this.#said.delete(node);
  }

  #flush(node: string): void {
    const waiting = this.#waiting.get(node);
    this.#waiting.delete(node);
    this.#said.set(node, performance.now());
    waiting?.say();
  }
}
