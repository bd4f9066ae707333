import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import {
  boardStill,
  openWindow,
  serveWindow,
  windowMissing,
  type OpenWindow,
  type ServedWindow,
} from '../support/window.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const missing = windowMissing();
let served: ServedWindow;
let open: OpenWindow;

describe.skipIf(missing !== null)(`the board by mouse${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    writeFileSync(join(folder, 'small.runboard'), writeDesign(smallDesign()));
    served = await serveWindow(folder);
    open = await openWindow(served.address, { width: 1600, height: 1000 });
    await open.page.locator('.recent-row').first().click();
    await open.page.locator('[data-node="popular"]').waitFor();
    await boardStill(open.page);
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it('shows the whole board, also when its place changes', async () => {
    const { page } = open;
    const look = (): Promise<string | null> => page.locator('.react-flow__viewport').getAttribute('style');
    const before = await look();
    await page.setViewportSize({ width: 1600, height: 700 });
    await expect.poll(look).not.toBe(before);
    await page.setViewportSize({ width: 1600, height: 1000 });
    await expect.poll(look).toBe(before);
  });

  it('adds what fits where a wire is dropped on empty board', async () => {
    const { page } = open;
    const port = await page.locator('[data-node="split"] .react-flow__handle.source').first().boundingBox();
    if (port === null) throw new Error('the split has no output');
    await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
    await page.mouse.down();
    await page.mouse.move(port.x + 60, port.y + 160, { steps: 5 });
    await page.mouse.move(port.x + 120, port.y + 260, { steps: 5 });
    await page.locator('[data-node="split"] .port.connectingfrom').waitFor();
    await page.mouse.up();
    await expect.poll(() => page.locator('.port.connectingfrom').count()).toBe(0);
    const field = page.getByPlaceholder('Add what takes split');
    await field.fill('ease');
    await expect.poll(() => page.getByRole('option').allTextContents()).toEqual([expect.stringContaining('EASE')]);
    await page.keyboard.press('Enter');
    await page.locator('[data-node="ease"]').waitFor();
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(6);
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(5);
    await expect.poll(() => page.locator('[data-node="ease"]').count()).toBe(0);
  });

  it('binds a drawn node to the component that is dropped on it', async () => {
    const { page } = open;
    await page.getByRole('button', { name: 'Dedupe', exact: true }).dragTo(page.locator('[data-node="gateway"]'));
    await expect
      .poll(() => page.locator('[data-node="gateway"]').getAttribute('aria-label'))
      .toContain('bound to Dedupe');
    await page.keyboard.press('Control+z');
  });

  it('lets go of a wire by Escape, joins one that is dropped on a node, and says why a component does not fit there', async () => {
    const { page } = open;
    const edges = page.locator('.react-flow__edge');
    const middleOf = async (selector: string): Promise<{ x: number; y: number }> => {
      const box = await page.locator(selector).first().boundingBox();
      if (box === null) throw new Error(`${selector} is not there`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, gateway, cap] = [
      await middleOf('[data-node="split"] .port.source'),
      await middleOf('[data-node="gateway"]'),
      await middleOf('[data-node="cap"]'),
    ];
    const drawTo = async ({ x, y }: { x: number; y: number }): Promise<void> => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(x - 40, y - 90, { steps: 5 });
      await page.mouse.move(x, y, { steps: 5 });
    };
    await drawTo({ x: from.x + 60, y: from.y + 220 });
    await page.locator('.react-flow__connection').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__connection').waitFor({ state: 'detached' });
    await page.mouse.up();
    await drawTo(gateway);
    await page.mouse.up();
    await expect.poll(() => edges.count()).toBe(6);
    expect(await page.locator('.picks').count()).toBe(0);
    await page.locator('.board').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => edges.count()).toBe(5);

    await page.getByRole('button', { name: 'Data set', exact: true }).hover();
    await page.mouse.down();
    await page.mouse.move(cap.x - 40, cap.y - 60, { steps: 5 });
    await page.mouse.move(cap.x, cap.y, { steps: 5 });
    const reason = page.getByRole('alert').filter({ hasText: 'Data set takes nothing, but Gateway gives' });
    await reason.waitFor();
    await page.mouse.up();
    await page.locator('[data-drop-refused]').waitFor({ state: 'detached' });
    expect(await reason.count()).toBe(1);
    expect(await page.locator('[data-node="cap"]').getAttribute('aria-label')).toContain('bound to Category cap');
  });

  it('drags a node as one step that undo takes back', async () => {
    const { page } = open;
    const node = page.locator('[data-node="cap"]');
    const before = await node.boundingBox();
    if (before === null) throw new Error('no node');
    await page.mouse.move(before.x + 60, before.y + 12);
    await page.mouse.down();
    await page.mouse.move(before.x + 90, before.y + 110, { steps: 8 });
    await page.mouse.up();
    await page.getByRole('button', { name: /^Undo move/ }).waitFor();
    await expect.poll(async () => (await node.boundingBox())?.y).toBeGreaterThan(before.y + 60);
    await page.locator('.board').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => Math.round((await node.boundingBox())?.y ?? 0)).toBe(Math.round(before.y));
    // With Alt it is a copy that is dragged.
    await page.keyboard.down('Alt');
    await page.mouse.move(before.x + 60, before.y + 12);
    await page.mouse.down();
    await page.mouse.move(before.x + 90, before.y + 110, { steps: 8 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await page.locator('[data-node="cap-2"]').waitFor();
    expect(Math.round((await node.boundingBox())?.y ?? 0)).toBe(Math.round(before.y));
    await page.keyboard.press('Control+z');
    await page.locator('[data-node="cap-2"]').waitFor({ state: 'detached' });
  });

  it('finds a node, frames a selection, and offers everything in the command palette', async () => {
    const { page } = open;
    await page.locator('.board').focus();
    await page.keyboard.press('Control+f');
    await page.getByPlaceholder('Find on the board').fill('popul');
    await page.keyboard.press('Enter');
    await page.locator('[data-node="popular"].node-selected').waitFor();
    await page.keyboard.press('Control+g');
    await page.keyboard.type('Retrievers');
    await page.keyboard.press('Enter');
    await page.locator('.frame-title', { hasText: 'Retrievers' }).waitFor();
    await page.locator('[data-node="split"]').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /Bypass/ }).click();
    await page.locator('[data-node="split"].node-is-bypass').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What should be done?').fill('undo');
    await page.keyboard.press('Enter');
    await page.locator('[data-node="split"].node-is-bypass').waitFor({ state: 'detached' });
    expect(open.complaints).toEqual([]);
  });
});
