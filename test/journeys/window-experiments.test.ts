import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { choose, run } from '../support/window-steps.ts';
import { openWindow, serveWindow, windowMissing, type OpenWindow, type ServedWindow } from '../support/window.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const missing = windowMissing();
const title = 'Small A/B test';
let served: ServedWindow;
let open: OpenWindow;

/** The template as it ships, in a small world with little traffic. */
function smallTemplate(): Design {
  const template = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../assets/templates/ab-test-rerankers.runboard'), 'utf8'),
  ) as Design;
  const nodes = template.board.nodes.map((node) =>
    node.binding?.component === 'user-simulator'
      ? {
          ...node,
          binding: { ...node.binding, params: { ...node.binding.params, requestsPerDay: 1500, population: 1000 } },
        }
      : node,
  );
  const data = { recipe: 'video-catalogue', settings: { users: 300, items: 300, events: 15_000, seed: 1 } };
  return { ...template, title, data, board: { ...template.board, nodes } };
}

const part = (page: Page, name: string): Promise<void> =>
  page.getByRole('tablist', { name: 'Parts of the experiments view' }).getByRole('tab', { name, exact: true }).click();

describe.skipIf(missing !== null)(`the experiments view${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard experiments ü '));
    writeFileSync(join(folder, 'small.runboard'), writeDesign(smallTemplate()));
    served = await serveWindow(folder);
    open = await openWindow(served.address);
    await open.page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
    await open.page.locator('[data-node="users"]').waitFor();
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it('plans by hand before anything ran', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Experiments', exact: true }).click();
    await page.getByText('No experiment in this run').waitFor();
    await part(page, 'Plan');
    await page.locator('.plan-headlines dd').first().waitFor();
    await expect.poll(() => page.locator('.plan .origin-line').textContent()).toMatch(/^Estimated/);
    const users = async (): Promise<number> =>
      Number((await page.locator('.plan-headlines dd').first().textContent())?.replaceAll(',', ''));
    const before = await users();
    await page.getByLabel('Lift to find').fill('0.1');
    // Half the precision needs about a quarter of the users.
    await expect.poll(users).toBeLessThan(before / 3);
    await page.getByLabel('Level').fill('7');
    await expect.poll(() => page.locator('.plan-form .bad').textContent()).toMatch(/0\.5/);
    await page.getByLabel('Level').fill('0.05');
  });

  it('runs, and says in its first line that the experiment is simulated', async () => {
    const { page } = open;
    await run(page);
    await part(page, 'Experiment');
    const card = page.getByRole('article', { name: 'A/B test' });
    expect((await card.innerText()).trim().split('\n')[0]).toBe('Simulated');
    await expect
      .poll(() => card.locator('.origin-line').textContent())
      .toContain('these users exist only in the simulator');
    await expect.poll(() => card.locator('.lift-table tbody tr').count()).toBe(6);
    await expect
      .poll(() => card.locator('.lift-table .zero-line').first().getAttribute('aria-label'))
      .toMatch(/fixed horizon .* %, always valid .* %/);
    // Hide rate and diversity from the log, p50 and p99 of the latency that this run measured: for two variants each.
    await expect.poll(() => card.locator('.guardrail-table tbody tr').count()).toBe(8);
    await card.locator('.experiment-charts svg').first().waitFor();
    await page.getByRole('tab', { name: 'A/A test', exact: true }).click();
    await expect
      .poll(() => page.getByRole('article', { name: 'A/A test' }).locator('.origin-line strong').textContent())
      .toBe('Simulated');
  });

  it('plans from the variance of that run', async () => {
    const { page } = open;
    await part(page, 'Plan');
    await page.getByLabel('Variance and traffic').selectOption({ label: 'Simulated users, r-0001' });
    await page.getByText(/a formula on pilot of [\d,]+ users over 21 days/).waitFor();
    await page.getByLabel('Metric').selectOption('conversion');
    await expect.poll(() => page.locator('.plan-headlines').textContent()).toContain('Mean per user');
  });

  it('sets its lists side by side, offline and online, by keyboard', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Plan', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    const article = page.getByRole('article', { name: 'Offline against online' });
    await article.locator('.scatter-point').first().waitFor();
    await expect.poll(() => article.locator('.origin-line strong').textContent()).toBe('Simulated');
    await expect.poll(() => article.locator('.scatter-point').count()).toBe(3);
    await article.getByRole('button', { name: 'Show all 3 pairs' }).press('Enter');
    await expect.poll(() => article.locator('.pair-table tbody tr').count()).toBe(3);
    expect(open.complaints).toEqual([]);
  });

  it('gathers lists from run to run, and says how often offline and online agree', async () => {
    const { page } = open;
    for (const [name, weight] of [
      ['r-0002', '0.9'],
      ['r-0003', '0.2'],
    ]) {
      await page.getByRole('tab', { name: 'Board', exact: true }).click();
      await choose(page, 'diverse');
      const field = page.getByRole('textbox', { name: /^Relevance against diversity/ });
      await field.fill(weight);
      await field.press('Enter');
      await run(page);
      await page.getByText(name).first().waitFor();
    }
    await page.getByRole('tab', { name: 'Experiments', exact: true }).click();
    await part(page, 'Offline against online');
    const article = page.getByRole('article', { name: 'Offline against online' });
    // Three lists of the first run and the two that the others added: ten pairs.
    await expect.poll(() => article.locator('.scatter-point').count()).toBe(10);
    const facts = await article.locator('.correlation-facts').innerText();
    expect(facts).toMatch(/Pearson\s+−?\.\d+/);
    expect(facts).toMatch(/Spearman\s+−?\.\d+/);
    expect(facts).toMatch(/Pairs\s+10\s+of 5 lists/);
    const against = Number(/Disagree\s+(\d+)/.exec(facts)?.[1]);
    await expect.poll(() => article.locator('.scatter-marked').count()).toBe(against);
    await article.getByRole('button', { name: 'Show all 10 pairs' }).click();
    await expect.poll(() => article.locator('.pair-table tbody tr').count()).toBe(10);
    expect(open.complaints).toEqual([]);
  });
});
