import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { designFolder, onEveryHost, type HostedWindow } from '../support/window-hosts.ts';
import { choose, laySmall, run, smallWorld } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

onEveryHost('the first five minutes', (host) => {
  let open: HostedWindow;

  beforeAll(async () => {
    const folder = designFolder();
    laySmall(folder, { data: smallWorld });
    open = await host.open(folder);
  });
  afterAll(() => open?.close());

  it('runs a design from the start page, swaps a component, compares, saves', async () => {
    const { page } = open;
    await page.getByRole('button', { name: /^Small/ }).click();
    await page.locator('[data-node="popular"]').waitFor();
    await run(page);
    await page.locator('[data-node="evaluate"].node-is-done').waitFor();
    await expect.poll(() => page.locator('[data-node="popular"] .node-headline').textContent()).toMatch(/\.\d+ /);
    await page.getByText('relevant test items left after each stage', { exact: false }).waitFor();

    await choose(page, 'cap');
    await page.getByLabel('Bound to', { exact: true }).selectOption({ label: 'MMR' });
    await page.locator('[data-node="cap"].node-is-stale').waitFor();
    await run(page);
    await page.locator('[data-node="split"].node-is-reused').waitFor();
    await page.locator('[data-node="cap"].node-is-done').waitFor();

    await page.getByLabel('Compare r-0001').check();
    await page.getByLabel('Compare r-0002').click();
    await page.getByRole('heading', { name: /What changed/ }).waitFor();
    await page.locator('.compare-changes li').first().waitFor();
    await expect.poll(() => page.locator('.compare-metrics tbody tr').count()).toBeGreaterThan(0);

    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    const saved = JSON.parse(readFileSync(join(open.folder, 'small.runboard'), 'utf8')) as Design;
    expect(saved.board.nodes.find((node) => node.id === 'cap')?.binding?.component).toBe('mmr');
    expect(open.complaints).toEqual([]);
  });

  it('follows one request through the stages', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Request trace' }).click();
    await page.locator('.trace-step').first().waitFor();
    await expect
      .poll(() => page.locator('.trace-step header strong').allTextContents())
      .toEqual([expect.stringMatching(/^User /), 'Popular', 'Category cap']);
    // The same by name, as a person types it who was asked about this user.
    const user = ((await page.locator('.trace-step header strong').first().textContent()) ?? '').replace('User ', '');
    const followed = page.locator('.trace-step header strong', { hasText: new RegExp(`^User ${user}$`) });
    await page.getByRole('button', { name: 'Next user' }).click();
    await followed.waitFor({ state: 'detached' });
    await page.getByLabel('User id').fill(user);
    await page.getByRole('button', { name: 'Follow' }).click();
    await followed.waitFor();
    const list = page.locator('.trace-step').last().locator('li');
    await expect.poll(() => list.count()).toBeGreaterThan(0);
    for (const why of await list.evaluateAll((all) => all.map((one) => one.getAttribute('title'))))
      expect(why).toMatch(/\S/);
  });
});
