import { describe, expect, it, vi } from 'vitest';
import { axeInBothThemes } from '../support/axe.ts';
import { designFolder } from '../support/window-hosts.ts';
import { laySmall, openSmall, run, smallWorld } from '../support/window-steps.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing();

describe.skipIf(missing !== null)(`charts${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('tell their numbers to the pointer, to the keys, and as tables; the re-ranker shows its mix of categories', async () => {
    const folder = designFolder();
    laySmall(folder, { data: smallWorld });
    const served = await serveWindow(folder);
    const { page, complaints, close } = await openWindow(served.address);
    await openSmall(page);
    await run(page);
    await page.locator('[data-node="evaluate"].node-is-done').waitFor();
    await page.getByRole('tab', { name: 'Experiments', exact: true }).click();
    const shares = page.getByRole('slider', { name: /^How places 1 to 10 are shared/ });
    await shares.scrollIntoViewIfNeeded();

    // Every grid line stands beside the words of its tick.
    const lines = await shares
      .locator('svg line[stroke="var(--line)"]')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('y1'))));
    const ticks = await shares
      .locator('svg g text[text-anchor="end"]')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('y')) - 3.5));
    expect(lines.length).toBeGreaterThan(3);
    expect(ticks).toEqual(lines);

    await shares.hover({ position: { x: 200, y: 60 } });
    await shares.locator('.chart-tip').getByText('these lists').waitFor();
    await page.mouse.move(2, 2);
    await shares.focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => shares.getAttribute('aria-valuetext'))
      .toBe('share of the catalogue, least shown first 1: these lists 1, all alike 1');
    await shares.locator('.chart-tip').getByText('all alike').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => shares.locator('.chart-tip').count()).toBe(0);

    await page.getByRole('button', { name: 'How places 1 to 10 are shared among items as a table' }).click();
    const table = page.getByRole('region', { name: /as a table$/ });
    await expect
      .poll(() => table.getByRole('columnheader').allTextContents())
      .toEqual(['share of the catalogue, least shown first', 'these lists', 'all alike']);
    expect(await axeInBothThemes(page)).toEqual([]);

    const mix = page.getByRole('slider', { name: /^Categories in the first 10 places/ });
    await mix.scrollIntoViewIfNeeded();
    await mix.focus();
    await expect.poll(() => mix.getAttribute('aria-valuetext')).toMatch(/^category .+: before [.\d]+, after [.\d]+$/);
    expect(complaints).toEqual([]);
    await close();
    served.close();
  });
});
