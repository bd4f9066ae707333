import type { Message, Transport } from '#shared/contract/messages.ts';

/** Two ends of a line within one process. Messages arrive later, never within `post`, as over any other line. */
export function memoryTransports(): readonly [Transport, Transport] {
  const left = new End();
  const right = new End();
  left.other = right;
  right.other = left;
  return [left, right];
}

class End implements Transport {
  other: End | null = null;
  private listener: ((message: Message) => void) | null = null;
  private readonly whenClosed: (() => void)[] = [];
  private early: Message[] = [];
  private open = true;

  post(message: Message): void {
    const { other } = this;
    if (!this.open || other === null) return;
    void Promise.resolve().then(() => other.deliver(message));
  }

  receive(listener: (message: Message) => void): void {
    this.listener = listener;
    const { early } = this;
    this.early = [];
    for (const message of early) listener(message);
  }

  closed(listener: () => void): void {
    this.whenClosed.push(listener);
  }

  close(): void {
    this.shut();
    this.other?.shut();
  }

  private deliver(message: Message): void {
    if (!this.open) return;
    if (this.listener === null) this.early.push(message);
    else this.listener(message);
  }

  private shut(): void {
    if (!this.open) return;
    this.open = false;
    for (const listener of this.whenClosed) listener();
  }
}
