import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, runEnded, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 240_000 });

const missing = windowMissing();

/** Plays of 60 listeners, one row of which has no item. */
function plays(): string {
  const rows = Array.from(
    { length: 2_400 },
    (_, at) => `u${at % 60},song ${(at * at + 3 * at) % 97},${1_700_000_000 + at * 300},${1 + (at % 5)}`,
  );
  return ['who,what,when,stars', ...rows, 'u1,,1700000000,3'].join('\n');
}

describe.skipIf(missing !== null)(`own data${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('goes from a CSV file to a measured result', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    writeFileSync(join(folder, 'plays.csv'), plays());
    const { nodes, edges } = smallDesign().board;
    // Songs have no categories: the board without the cap.
    const board = {
      nodes: nodes.filter((node) => node.id !== 'cap'),
      edges: [...edges.slice(0, 3), { id: 'end', from: 'gateway', to: 'evaluate' }],
    };
    writeFileSync(join(folder, 'small.runboard'), writeDesign({ ...smallDesign(), board }));
    const served = await serveWindow(folder);
    const { page, complaints, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { name: 'Data' }).click();
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByLabel('File or folder on this computer').fill(join(folder, 'plays.csv'));
    await page.getByLabel('Role of who').selectOption('user');
    await page.getByLabel('Role of what').selectOption('item');
    await page.getByLabel('Role of when').selectOption('time');
    expect(await page.getByLabel('Role of stars').inputValue()).toBe('value');
    await page.getByRole('button', { name: 'Import' }).last().click();
    await page.getByText('One row was rejected', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('button', { name: 'Run this design on it' }).click();
    await page.getByText('This design runs on it').waitFor();
    await page.getByRole('tab', { name: 'Board', exact: true }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page
      .getByRole('button', { name: /^Stop/ })
      .waitFor({ timeout: 3_000 })
      .catch(() => {});
    await runEnded(page);
    await page.locator('[data-node="evaluate"].node-is-done').waitFor();
    expect(await page.locator('[data-node="source"] .node-headline').textContent()).toMatch(/2,400 events/);
    await page.getByRole('tab', { name: 'Results', exact: true }).click();
    await page.getByText('popularity', { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
    await close();
    served.close();
  });
});
