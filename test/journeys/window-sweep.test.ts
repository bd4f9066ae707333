import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import { onThePage, type HostedWindow } from '../support/window-hosts.ts';
import { choose, openSmallOn, rename, run, smallWorld, titleOf } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

onThePage('previews, sweeps, restore points', (host) => {
  let open: HostedWindow;
  const findings = (): Promise<string[]> => axeInBothThemes(open.page);

  beforeAll(async () => {
    open = await openSmallOn(host);
    await run(open.page);
    await open.page.locator('[data-node="evaluate"].node-is-done').waitFor();
  });
  afterAll(() => open?.close());

  it('reads what a run left at a port, to the last row', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Preview', exact: true }).click();
    await page.getByText('Select a node', { exact: true }).waitFor();
    await choose(page, 'popular');
    const rows = page.getByRole('table', { name: /^Items by request at/ });
    await rows.getByRole('row').nth(1).waitFor();
    const heads = await rows.getByRole('columnheader').locator('b').allTextContents();
    expect(heads).toEqual(expect.arrayContaining(['user', 'rank', 'item', 'score', 'sources']));
    const cells = await rows.getByRole('row').nth(1).getByRole('cell').allTextContents();
    expect(cells[heads.indexOf('rank') + 1]).toBe('1');
    const total = Number(await rows.getAttribute('aria-rowcount'));
    await rows.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.locator(`.long-row[aria-rowindex="${total}"]`).getByText('Popular').waitFor();
    await expect.poll(() => page.locator('.long-row').count()).toBeLessThan(60);
    await choose(page, 'source');
    await page
      .getByRole('table', { name: /^Events at/ })
      .getByRole('row')
      .nth(1)
      .waitFor();
    expect(await findings()).toEqual([]);
    await page.getByRole('tab', { name: /^Items 60/ }).click();
    await page
      .getByRole('table', { name: /^Items at/ })
      .getByRole('row')
      .nth(1)
      .waitFor();
  });

  it('sweeps a parameter, marks the best, opens a row as a run, and leaves the design as it is', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Experiments', exact: true }).click();
    await page.getByRole('tab', { name: 'Sweep', exact: true }).click();
    await page.getByLabel('Node', { exact: true }).selectOption({ label: 'Category cap' });
    await page.getByLabel('Parameter', { exact: true }).selectOption('cap');
    await page.getByRole('spinbutton', { name: 'From' }).fill('1');
    await page.getByRole('spinbutton', { name: 'To' }).fill('3');
    await page.getByRole('spinbutton', { name: 'Values' }).fill('3');
    await page.getByText('1, 2, 3').waitFor();
    await page.getByRole('button', { name: 'Start 3 runs' }).click();
    await page.getByRole('button', { name: 'Start 3 runs' }).waitFor();
    await expect.poll(() => page.locator('.sweep-open').count()).toBe(3);
    await expect.poll(() => page.locator('.sweep-mark').count()).toBeGreaterThan(0);
    await page
      .getByRole('status')
      .filter({ hasText: /the best|the others|others cannot/ })
      .waitFor();
    await expect.poll(() => page.locator('.sweep-panel polyline').getAttribute('points')).toMatch(/^\S+ \S+ \S+$/);
    await expect.poll(() => page.locator('.sweep-table tbody tr').last().textContent()).toMatch(/[1-9] of \d/);

    expect(await findings()).toEqual([]);

    await page.getByRole('tab', { name: 'Parallel' }).click();
    await expect.poll(() => page.locator('.parallel-line').count()).toBe(3);
    const from = page.getByRole('slider', { name: 'Category cap · cap, from' });
    await from.focus();
    for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => from.getAttribute('aria-valuetext')).toBe('3');
    await page.getByText('1 of 3 runs lie within').waitFor();
    await expect.poll(() => page.locator('.parallel-out').count()).toBe(2);
    await expect.poll(() => page.locator('.sweep-out').count()).toBe(2);
    await page.locator('.sweep-open').last().focus();
    await expect.poll(() => page.locator('.parallel-pointed').count()).toBe(1);
    await page.getByText('Category cap · cap 3', { exact: false }).first().waitFor();
    expect(await findings()).toEqual([]);
    await from.focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.parallel-out').count()).toBe(0);
    const axis = await page.locator('.parallel-strip').last().boundingBox();
    if (axis === null) throw new Error('the axis is not there');
    await page.mouse.move(axis.x + axis.width / 2, axis.y + 60);
    await page.mouse.down();
    await page.mouse.move(axis.x + axis.width / 2, axis.y - 10, { steps: 4 });
    await page.mouse.up();
    await page.getByText(/^[12] of 3 runs lie within$/).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    // An end of an axis can be dragged as well.
    await page.mouse.move(axis.x + axis.width / 2, axis.y + axis.height);
    await page.mouse.down();
    await page.mouse.move(axis.x + axis.width / 2, axis.y + 20, { steps: 4 });
    await page.mouse.up();
    await page.getByText(/^[12] of 3 runs lie within$/).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();

    await page.getByRole('tab', { name: 'Ablation' }).click();
    await page.getByText('3 nodes cannot be left out').click();
    await page.getByText('without it, nothing is wired to', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Start 2 runs' }).click();
    await page.getByText('Without Category cap').waitFor();
    await page.getByRole('button', { name: 'Start 2 runs' }).waitFor();
    await page.getByText(/chance \(95 %|Every change is clear/).waitFor();
    await expect.poll(() => page.locator('.sweep-table tbody tr').last().locator('.gap').count()).toBe(1);
    const shown = page.locator('.sweep-open').last();
    const name = (await shown.textContent()) ?? '';
    await shown.click();
    await page.locator('[data-node="popular"]').waitFor();
    await page.getByRole('tab', { name: /^Runs/ }).click();
    await page.locator('.run-shown').getByText(name).waitFor();
    expect(readFileSync(join(open.folder, 'small.runboard'), 'utf8')).toBe(
      writeDesign(smallDesign({ data: smallWorld })),
    );
    await expect.poll(() => page.locator('.design-tab-dirty').count()).toBe(0);
  });

  it('goes back to the file before a save, as one step that undo takes back', async () => {
    const { page } = open;
    await rename(page, 'popular', 'Changed and saved');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Go back to an earlier state/ }).click();
    await page
      .getByRole('button', { name: /the file before a save/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('6 nodes, 5 bound, 5 edges').waitFor();
    expect(await findings()).toEqual([]);
    await page.getByRole('button', { name: 'Go back to this' }).click();
    await expect.poll(() => titleOf(page, 'popular')).toBe('Popular');
    await choose(page, 'gateway');
    await page.keyboard.press('Control+z');
    await expect.poll(() => titleOf(page, 'popular')).toBe('Changed and saved');
    expect(open.complaints).toEqual([]);
  });
});
