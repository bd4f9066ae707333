import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import { designFolder, onEveryHost, type HostedWindow } from '../support/window-hosts.ts';
import { runEnded } from '../support/window.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const data = { recipe: 'video-catalogue', settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 } };

onEveryHost('the first five minutes', (host) => {
  let open: HostedWindow;

  beforeAll(async () => {
    const folder = designFolder();
    writeFileSync(join(folder, 'small.runboard'), writeDesign({ ...smallDesign(), data }));
    open = await host.open(folder);
  });
  afterAll(() => open?.close());

  it('runs a design from the start page, swaps a component, compares, saves', async () => {
    const { page } = open;
    await page.getByRole('button', { name: /^Small/ }).click();
    await page.locator('[data-node="popular"]').waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await runEnded(page);
    await page.locator('[data-node="evaluate"].node-is-done').waitFor();
    expect(await page.locator('[data-node="popular"] .node-headline').textContent()).toMatch(/\.\d+ /);
    await page.getByText('Relevant test items still there after each stage', { exact: false }).waitFor();

    // The board may still be settling into the room that the evidence leaves: a person would click again.
    const binding = page.getByLabel('Bound to', { exact: true });
    const chooseCap = async (): Promise<void> => {
      await page.locator('[data-node="cap"]').click();
      await binding.waitFor({ timeout: 1_500 });
    };
    await vi.waitFor(chooseCap, { timeout: 15_000 });
    await binding.selectOption({ label: 'MMR' });
    await page.locator('[data-node="cap"].node-is-stale').waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page
      .getByRole('button', { name: /^Stop/ })
      .waitFor({ state: 'attached' })
      .catch(() => {});
    await runEnded(page);
    await page.locator('[data-node="split"].node-is-reused').waitFor();
    await page.locator('[data-node="cap"].node-is-done').waitFor();

    await page.getByLabel('Compare r-0001').check();
    await page.getByLabel('Compare r-0002').click();
    await page.getByRole('heading', { name: /What changed/ }).waitFor();
    await page.locator('.compare-changes li').first().waitFor();
    expect(await page.locator('.compare-metrics tbody tr').count()).toBeGreaterThan(0);

    await page.keyboard.press('Control+s');
    await page.getByText('Saved small.runboard').waitFor();
    const saved = JSON.parse(readFileSync(join(open.folder, 'small.runboard'), 'utf8')) as Design;
    expect(saved.board.nodes.find((node) => node.id === 'cap')?.binding?.component).toBe('mmr');
    expect(open.complaints).toEqual([]);
  });

  it('follows one request through the stages', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Request trace' }).click();
    const next = page.getByRole('button', { name: 'Next user' });
    await next.waitFor();
    for (let tried = 0; tried < 20; tried++) {
      await next.click();
      await page.locator('.trace-step, .trace-ask .bad').first().waitFor();
      await page.waitForTimeout(250);
      if ((await page.locator('.trace-step').count()) > 0) break;
    }
    expect(await page.locator('.trace-step header strong').allTextContents()).toEqual([
      expect.stringMatching(/^User /),
      'Popular',
      'Category cap',
    ]);
    // The same by name, as a person types it who was asked about this user.
    const user = ((await page.locator('.trace-step header strong').first().textContent()) ?? '').replace('User ', '');
    await next.click();
    await page.getByLabel('User id').fill(user);
    await page.getByRole('button', { name: 'Follow' }).click();
    await page.locator('.trace-step header strong', { hasText: `User ${user}` }).waitFor();
    const list = page.locator('.trace-step').last().locator('li');
    expect(await list.count()).toBeGreaterThan(0);
    for (const why of await list.evaluateAll((all) => all.map((one) => one.getAttribute('title'))))
      expect(why).toMatch(/\S/);
  });
});
