// Three hundred nodes, as large as a drawing of a whole company gets: opened, looked around, edited, saved.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { bound, drawn, smallDesign, wires } from '../support/small-design.ts';
import { designFolder, onEveryHost, type HostedWindow } from '../support/window-hosts.ts';
import { boardStill } from '../support/window.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Twenty rows of fifteen, each wired to the next in its row, and every second one to the row below. */
function largeDesign(): Design {
  const at = (row: number, column: number): string => `n${row}-${column}`;
  const places = Array.from({ length: 300 }, (_, one) => ({ row: Math.floor(one / 15), column: one % 15 }));
  const nodes = places.map(({ row, column }) => {
    const place = { title: `Node ${row}.${column}`, x: column * 260, y: row * 120 };
    return column % 3 === 0
      ? bound(at(row, column), 'popularity', { keep: 50 }, place)
      : drawn(at(row, column), 'gateway', place);
  });
  const along = places.filter(({ column }) => column < 14).map(({ row, column }) => [row, column, row, column + 1]);
  const down = places
    .filter(({ row, column }) => row < 19 && column % 2 === 1)
    .map(({ row, column }) => [row, column, row + 1, column]);
  const edges = wires(...[...along, ...down].map(([r, c, toRow, to]) => `${at(r, c)}>${at(toRow, to)}`));
  return smallDesign({ title: 'Three hundred', board: { nodes, edges } });
}

/** Where the board is looked at from: x, y and scale. */
const look = (page: Page): Promise<readonly number[]> =>
  page.locator('.react-flow__viewport').evaluate((element) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(element).transform);
    return [e, f, a];
  });

onEveryHost('a design of 300 nodes', (host) => {
  let open: HostedWindow;
  const original = writeDesign(largeDesign());

  beforeAll(async () => {
    const folder = designFolder();
    writeFileSync(join(folder, 'large.runboard'), original);
    open = await host.open(folder);
  });
  afterAll(() => open?.close());

  it('is opened, panned, zoomed, edited and saved, and nothing else in the file changes', async () => {
    const { page } = open;
    await page.getByRole('button', { name: /^Three hundred/ }).click();
    await page.locator('[data-node="n0-0"]').waitFor();
    await expect.poll(() => page.locator('[data-node]').count()).toBe(300);
    await boardStill(page);

    const [x, y, scale] = await look(page);
    const box = await page.locator('.board').boundingBox();
    if (box === null) throw new Error('no board');
    const [midX, midY] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(midX, midY);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(midX - 140, midY - 90, { steps: 6 });
    await page.mouse.up({ button: 'middle' });
    await expect.poll(async () => (await look(page)).map(Math.round)).toEqual([x - 140, y - 90, scale].map(Math.round));
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await look(page))[2]).toBeGreaterThan(scale * 1.2);

    await page.locator('.board').focus();
    await page.keyboard.press('Control+f');
    await page.getByPlaceholder('Find on the board').fill('Node 17.13');
    await page.keyboard.press('Enter');
    const node = page.locator('[data-node="n17-13"]');
    await page.locator('[data-node="n17-13"].node-selected').waitFor();
    await boardStill(page);
    const before = await node.boundingBox();
    if (before === null) throw new Error('no node');
    await page.mouse.move(before.x + 50, before.y + 10);
    await page.mouse.down();
    await page.mouse.move(before.x + 90, before.y + 60, { steps: 6 });
    await page.mouse.up();
    await page.getByRole('button', { name: /^Undo move/ }).waitFor();
    await page.locator('.inspector-title').fill('Moved and renamed');
    await page.locator('.board').focus();
    await page.keyboard.press('Control+f');
    await page.getByPlaceholder('Find on the board').fill('Node 19.14');
    await page.keyboard.press('Enter');
    await page.locator('[data-node="n19-14"].node-selected').waitFor();
    await page.keyboard.press('Delete');
    await expect.poll(() => page.locator('[data-node]').count()).toBe(299);

    await page.keyboard.press('Control+s');
    await page.getByText('Saved large.runboard').waitFor();
    const text = readFileSync(join(open.folder, 'large.runboard'), 'utf8');
    const saved = JSON.parse(text) as Design;
    expect(saved.board.nodes).toHaveLength(299);
    expect(saved.board.nodes.find((one) => one.id === 'n17-13')?.title).toBe('Moved and renamed');
    const lines = new Set(text.split('\n'));
    const gone = original.split('\n').filter((line) => !lines.has(line));
    expect(gone.filter((line) => !/n17-13|Node 17\.13|n19-14|Node 19\.14|"x":/.test(line))).toEqual([]);
    expect(gone.length).toBeLessThan(12);
    expect(open.complaints).toEqual([]);
  });
});
