import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { axeInBothThemes } from '../support/axe.ts';
import type { HostedWindow } from '../support/window-hosts.ts';
import { onEveryHost } from '../support/window-hosts.ts';
import { choose, openSmallOn, run } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

onEveryHost('comparing', (host) => {
  let open: HostedWindow;
  /** The page is the same in every host: it is looked at once. */
  const findings = async (): Promise<string[]> => (host.id === 'page' ? axeInBothThemes(open.page) : []);

  beforeAll(async () => {
    open = await openSmallOn(host);
    await run(open.page);
    await open.page.locator('[data-node="evaluate"].node-is-done').waitFor();
  });
  afterAll(() => open?.close());

  it('changes a component and compares in four actions', async () => {
    const { page } = open;
    const actions: readonly (() => Promise<unknown>)[] = [
      () => choose(page, 'popular'),
      () => page.getByLabel('Bound to', { exact: true }).selectOption({ label: 'Random' }),
      () => run(page),
      () => page.getByRole('tab', { name: 'Compare' }).click(),
    ];
    for (const act of actions) await act();
    await page.getByText('Popular: popularity → random').waitFor();
    const first = page.locator('.compare-table tbody tr', { hasText: 'NDCG@10' }).first();
    await expect
      .poll(() => first.locator('.gap').textContent())
      .toMatch(/^[+−]\.\d+ [+−]\.\d+ to [+−]?\.?\d+, (clearly|not clear)/);
    await expect
      .poll(() => page.locator('.compare-table thead th').allTextContents())
      .toEqual(['metric', 'r-0001', 'r-0002', 'difference, 95 %', 'of r-0001']);
    await expect.poll(() => page.locator('.compare-best').count()).toBeGreaterThan(0);
    expect(await findings()).toEqual([]);
  });

  it('sets several runs against one of them, in a table and as differences', async () => {
    const { page } = open;
    await choose(page, 'cap');
    await page.locator('[data-param="cap"] input').fill('1');
    await run(page);
    await page.getByLabel('Add a run to the comparison').selectOption('r-0001');
    await page.getByRole('article', { name: 'r-0003' }).getByText('Category cap: cap', { exact: false }).waitFor();
    await expect
      .poll(() => page.locator('.compare-table thead th').allTextContents())
      .toEqual(['metric', 'r-0001 baseline', 'r-0002', 'r-0003']);
    await page.getByLabel('Baseline').selectOption('r-0003');
    await page.getByRole('article', { name: 'r-0002' }).getByText('Category cap: cap', { exact: false }).waitFor();
    await expect.poll(() => page.locator('.compare-table thead th').nth(1).textContent()).toBe('r-0003 baseline');
    await page.getByRole('tab', { name: 'Differences' }).click();
    const delta = page.getByRole('figure').filter({ hasText: 'NDCG@10' }).first();
    await expect.poll(() => delta.getByRole('listitem').count()).toBe(2);
    await expect.poll(() => delta.textContent()).toContain('higher is better');
    expect(await findings()).toEqual([]);
    await page.getByRole('button', { name: 'Leave r-0001 out' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    expect(open.complaints).toEqual([]);
  });

  it('traces a request, with where every item came from', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Request trace' }).click();
    await page.locator('.trace-step').first().waitFor();
    await expect
      .poll(() => page.locator('.trace-step header strong').allTextContents())
      .toEqual([expect.stringMatching(/^User /), 'Popular', 'Category cap']);
    await expect
      .poll(() => page.locator('.trace-step').last().locator('li').first().getAttribute('title'))
      .toMatch(/\S/);
    expect(await findings()).toEqual([]);
  });
});
