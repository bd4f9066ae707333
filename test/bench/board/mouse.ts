import type { CDPSession } from 'playwright-core';

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Button = 'none' | 'left' | 'middle';

const held: Readonly<Record<Button, number>> = { none: 0, left: 1, middle: 4 };

/** A hand that does not wait for the page: it moves every 16 ms whatever the page does, as a person's would. */
export class Hand {
  readonly #session: CDPSession;
  constructor(session: CDPSession) {
    this.#session = session;
  }

  async #send(type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', at: Point, button: Button): Promise<void> {
    await this.#session.send('Input.dispatchMouseEvent', {
      type,
      x: at.x,
      y: at.y,
      button,
      buttons: type === 'mouseReleased' ? 0 : held[button],
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  }

  /** Presses at the start of a path, follows it for a while, and lets go. */
  async drag(button: Button, millis: number, path: (share: number) => Point): Promise<void> {
    await this.#send('mouseMoved', path(0), 'none');
    await this.#send('mousePressed', path(0), button);
    await this.#paced(millis, (share) => this.#send('mouseMoved', path(share), button));
    await this.#send('mouseReleased', path(1), button);
  }

  /** Turns the wheel with Ctrl held: in and out again. */
  async zoom(at: Point, millis: number, turn: (share: number) => number): Promise<void> {
    await this.#send('mouseMoved', at, 'none');
    await this.#paced(millis, async (share) => {
      await this.#session.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        x: at.x,
        y: at.y,
        deltaX: 0,
        deltaY: turn(share),
        modifiers: 2,
      });
    });
  }

  async #paced(millis: number, step: (share: number) => Promise<void>): Promise<void> {
    const start = performance.now();
    const sent: Promise<void>[] = [];
    for (let now = 0; now < millis; now = performance.now() - start) {
      sent.push(step(now / millis));
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    await Promise.all(sent);
    await step(1);
  }
}
