import type { CDPSession, Page } from 'playwright-core';
import { recordFrames, type Frames } from './frames.ts';
import { Hand, type Point } from './mouse.ts';

export const gestureNames = ['pan', 'zoom', 'drag', 'box select'] as const;
export type GestureName = (typeof gestureNames)[number];

const millis = 2_500;

interface Places {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly middle: Point;
  /** On the node nearest to the middle of the board. */
  readonly node: Point;
  /** An empty place near the top left. */
  readonly empty: Point;
}

/** Where the gestures begin: found on the page, so that no board needs to know of them. */
export async function placesOn(page: Page): Promise<Places> {
  return page.evaluate(() => {
    const rect = (document.querySelector('.react-flow') as HTMLElement).getBoundingClientRect();
    const box = { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    let node = middle;
    let least = Infinity;
    for (const one of document.querySelectorAll('.react-flow__node')) {
      const at = one.getBoundingClientRect();
      const centre = { x: at.x + at.width / 2, y: at.y + at.height / 2 };
      const away = Math.hypot(centre.x - middle.x, centre.y - middle.y);
      if (away < least) [least, node] = [away, centre];
    }
    let empty: Point | null = null;
    for (let step = 3; step < box.height && empty === null; step += 3) {
      const at = { x: box.x + 4 + step / 4, y: box.y + step };
      if (document.elementFromPoint(at.x, at.y)?.classList.contains('react-flow__pane') === true) empty = at;
    }
    return { box, middle, node, empty: empty ?? { x: box.x + 4, y: box.y + 4 } };
  });
}

function circle(centre: Point, radius: number, turns: number): (share: number) => Point {
  return (share) => {
    const angle = share * turns * 2 * Math.PI;
    return { x: centre.x + radius * (Math.cos(angle) - 1), y: centre.y + radius * Math.sin(angle) };
  };
}

/** What a gesture changes on the page: the look, what is selected, where the nodes are. */
async function traceOn(page: Page): Promise<string> {
  return page.evaluate(() =>
    [
      document.querySelector('.react-flow__viewport')?.getAttribute('style'),
      document.querySelectorAll('.react-flow__node.selected').length,
      ...[...document.querySelectorAll('.react-flow__node')].map((node) => (node as HTMLElement).style.transform),
    ].join(),
  );
}

/** Makes one gesture on the board of a page and answers what its frames took. */
export async function makeGesture(page: Page, session: CDPSession, name: GestureName): Promise<Frames> {
  const { box, middle, node, empty } = await placesOn(page);
  const hand = new Hand(session);
  const run: Readonly<Record<GestureName, () => Promise<void>>> = {
    pan: () => hand.drag('middle', millis, circle({ x: middle.x + 100, y: middle.y }, 180, 2.2)),
    zoom: () => hand.zoom(middle, millis, (share) => (share < 0.55 ? -9 : 9)),
    drag: () => hand.drag('left', millis, circle(node, 90, 2.2)),
    'box select': () =>
      hand.drag('left', millis, (share) => ({
        x: empty.x + share * (box.x + box.width - empty.x - 60),
        y: empty.y + share * (box.y + box.height - empty.y - 60),
      })),
  };
  const before = await traceOn(page);
  const frames = await recordFrames(page, session, run[name]);
  if ((await traceOn(page)) === before) throw new Error(`the gesture "${name}" changed nothing on the page`);
  await page.keyboard.press('Escape');
  // What a gesture leaves to be done when the board rests is not counted with the next one.
  await page.evaluate(
    () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 300)),
  );
  return frames;
}
