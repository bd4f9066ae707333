import type { Browser, Page } from 'playwright-core';
import type { Design } from '../../../shared/contract/design.ts';
import type { BareDrawing } from './bare/main.ts';
import type { Frames } from './frames.ts';
import { gestureNames, makeGesture, placesOn, type GestureName } from './gestures.ts';
import { countRenders, rendersDuring, type Renders } from './renders.ts';
import { freshPage, lookOf, openBare, openBoard, startRun, type Stage } from './stage.ts';

export interface BoardFigures {
  readonly nodes: number;
  readonly edges: number;
  readonly opening: number;
  readonly bareOpening: number;
  /** From the key that adds a node until it is painted: the middle one of five. */
  readonly adding: number;
  readonly gestures: Readonly<Record<GestureName, { readonly board: Frames; readonly bare: Frames }>>;
  /** Renders per step while one node is dragged. */
  readonly renders: Renders;
}

const steps = 20;

/** Renders per step of dragging the node in the middle, step by step, each one painted before the next. */
async function rendersPerStep(browser: Browser, stage: Stage, title: string): Promise<Renders> {
  const { page } = await freshPage(browser);
  await countRenders(page);
  await openBoard(page, stage, title);
  const { node } = await placesOn(page);
  await page.mouse.move(node.x, node.y);
  await page.mouse.down();
  await page.mouse.move(node.x + 8, node.y + 8);
  await page.waitForTimeout(500);
  const renders = await rendersDuring(page, async () => {
    for (let step = 1; step <= steps; step++) {
      await page.mouse.move(node.x + 8 + step * 5, node.y + 8 + step * 3);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
  });
  await page.mouse.up();
  await page.context().close();
  return {
    commits: renders.commits / steps,
    nodes: renders.nodes / steps,
    edges: renders.edges / steps,
    all: renders.all / steps,
  };
}

/** Milliseconds from Enter in the list of what can be added until the node is painted. */
async function addingTime(page: Page): Promise<number> {
  await page.locator('.board').focus();
  await page.keyboard.press('/');
  await page.getByPlaceholder('Add to the board').last().fill('ease');
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    const known = document.querySelectorAll('[data-node]').length;
    const painted = new Promise<number>((resolve) => {
      addEventListener(
        'keydown',
        (event) => {
          const look = (): void => {
            if (document.querySelectorAll('[data-node]').length === known) requestAnimationFrame(look);
            else requestAnimationFrame((now) => resolve(now - event.timeStamp));
          };
          look();
        },
        { capture: true, once: true },
      );
    });
    Object.assign(window, { adding: { painted } });
  });
  await page.keyboard.press('Enter');
  return page.evaluate(() => (window as unknown as { adding: { painted: Promise<number> } }).adding.painted);
}

function bareDrawing(design: Design, look: Pick<BareDrawing, 'place' | 'viewport'>): BareDrawing {
  return {
    ...look,
    nodes: design.board.nodes.map(({ id, title, x, y, binding }) => ({
      id,
      title,
      x,
      y,
      width: binding === undefined ? 148 : 172,
      height: binding === undefined ? 46 : 56,
    })),
    edges: design.board.edges.map(({ id, from, to }) => ({ id, source: from, target: to })),
  };
}

/** Opens a drawing on the board and on the bare one and makes every gesture on both, one after the other. */
export async function measureBoard(browser: Browser, stage: Stage, design: Design): Promise<BoardFigures> {
  const ours = await freshPage(browser);
  const opening = await openBoard(ours.page, stage, design.title);
  await startRun(ours.page);
  const look = await lookOf(ours.page);
  const bare = await freshPage(browser);
  const bareOpening = await openBare(bare.page, stage, bareDrawing(design, look));
  const gestures: Partial<Record<GestureName, { board: Frames; bare: Frames }>> = {};
  for (const name of gestureNames) {
    await ours.page.bringToFront();
    const board = await makeGesture(ours.page, ours.session, name);
    await bare.page.bringToFront();
    gestures[name] = { board, bare: await makeGesture(bare.page, bare.session, name) };
  }
  await ours.page.bringToFront();
  const added: number[] = [];
  for (let one = 0; one < 5; one++) added.push(await addingTime(ours.page));
  const adding = added.toSorted((a, b) => a - b)[2];
  await bare.page.context().close();
  await ours.page.context().close();
  return {
    nodes: design.board.nodes.length,
    edges: design.board.edges.length,
    opening,
    bareOpening,
    adding,
    gestures: gestures as BoardFigures['gestures'],
    renders: await rendersPerStep(browser, stage, design.title),
  };
}
