import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import {
  openWindow,
  runEnded,
  serveWindow,
  windowMissing,
  type OpenWindow,
  type ServedWindow,
} from '../support/window.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const missing = windowMissing();
const data = { recipe: 'video-catalogue', settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 } };

let served: ServedWindow;
let open: OpenWindow;

async function run(): Promise<void> {
  const { page } = open;
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByRole('button', { name: /^Stop/ })
    .waitFor({ timeout: 3_000 })
    .catch(() => {});
  await runEnded(page);
}

describe.skipIf(missing !== null)(`comparing${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    writeFileSync(join(folder, 'small.runboard'), writeDesign({ ...smallDesign(), data }));
    served = await serveWindow(folder);
    open = await openWindow(served.address);
    await open.page.getByRole('button', { name: /^Small/ }).click();
    await open.page.locator('[data-node="popular"]').waitFor();
    await run();
    await open.page.locator('[data-node="evaluate"].node-is-done').waitFor();
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it('changes a component and compares in four actions', async () => {
    const { page } = open;
    const actions: readonly (() => Promise<unknown>)[] = [
      () => page.locator('[data-node="popular"]').click(),
      () => page.getByLabel('Bound to', { exact: true }).selectOption({ label: 'Random' }),
      run,
      () => page.getByRole('tab', { name: 'Compare' }).click(),
    ];
    for (const act of actions) await act();
    await page.getByText('Popular: popularity → random').waitFor();
    const first = page.locator('.compare-table tbody tr', { hasText: 'NDCG@10' }).first();
    expect(await first.locator('.gap').textContent()).toMatch(
      /^[+−]\.\d+ [+−]\.\d+ to [+−]?\.?\d+, (clearly|not clear)/,
    );
    expect(await page.locator('.compare-table thead th').allTextContents()).toEqual([
      'metric',
      'r-0001',
      'r-0002',
      'difference, 95 %',
      'of r-0001',
    ]);
    expect(await page.locator('.compare-best').count()).toBeGreaterThan(0);
    expect(await axeInBothThemes(page)).toEqual([]);
  });

  it('sets several runs against one of them, in a table and as differences', async () => {
    const { page } = open;
    await page.locator('[data-node="cap"]').click();
    await page.locator('[data-param="cap"] input').fill('1');
    await run();
    await page.getByLabel('Add a run to the comparison').selectOption('r-0001');
    await page.getByRole('article', { name: 'r-0003' }).getByText('Category cap: cap', { exact: false }).waitFor();
    expect(await page.locator('.compare-table thead th').allTextContents()).toEqual([
      'metric',
      'r-0001 baseline',
      'r-0002',
      'r-0003',
    ]);
    await page.getByLabel('Baseline').selectOption('r-0003');
    await page.getByRole('article', { name: 'r-0002' }).getByText('Category cap: cap', { exact: false }).waitFor();
    expect(await page.locator('.compare-table thead th').nth(1).textContent()).toBe('r-0003 baseline');
    await page.getByRole('tab', { name: 'Differences' }).click();
    const delta = page.getByRole('figure').filter({ hasText: 'NDCG@10' }).first();
    expect(await delta.getByRole('listitem').count()).toBe(2);
    expect(await delta.textContent()).toContain('higher is better');
    expect(await axeInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Leave r-0001 out' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    expect(open.complaints).toEqual([]);
  });

  it('traces a request, with where every item came from', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Request trace' }).click();
    const next = page.getByRole('button', { name: 'Next user' });
    for (let tried = 0; tried < 20 && (await page.locator('.trace-step').count()) === 0; tried++) {
      await next.click();
      await page.locator('.trace-step, .trace-ask .bad').first().waitFor();
      await page.waitForTimeout(200);
    }
    expect(await page.locator('.trace-step header strong').allTextContents()).toEqual([
      expect.stringMatching(/^User /),
      'Popular',
      'Category cap',
    ]);
    expect(await page.locator('.trace-step').last().locator('li').first().getAttribute('title')).toMatch(/\S/);
    expect(await axeInBothThemes(page)).toEqual([]);
  });
});
