import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeFindings } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, serveWindow, windowMissing, type ServedWindow } from '../support/window.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const missing = windowMissing();
let served: ServedWindow;

describe.skipIf(missing !== null)(`access${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    writeFileSync(join(folder, 'small.runboard'), writeDesign(smallDesign()));
    served = await serveWindow(folder);
  });
  afterAll(() => served?.close());

  it('finds nothing serious on any view, light and dark', async () => {
    const { page, close } = await openWindow(served.address);
    const found: Record<string, string[]> = {};
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.getByRole('button', { name: 'Runboard', exact: true }).click();
      await page.waitForTimeout(500);
      found[`start ${theme}`] = await axeFindings(page);
      await page.locator('.recent-row').first().click();
      await page.locator('[data-node="popular"]').click();
      found[`board ${theme}`] = await axeFindings(page);
      for (const view of ['Write-up', 'Experiments', 'Data']) {
        await page.getByRole('tab', { name: view, exact: true }).click();
        await page.waitForTimeout(600);
        found[`${view} ${theme}`] = await axeFindings(page);
      }
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('What should be done?').waitFor();
      found[`commands ${theme}`] = await axeFindings(page);
      await page.keyboard.press('Escape');
    }
    await close();
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
  });
});
