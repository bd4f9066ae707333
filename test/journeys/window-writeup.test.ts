import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
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

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const missing = windowMissing();
const data = { recipe: 'video-catalogue', settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 } };

let served: ServedWindow;
let open: OpenWindow;

describe.skipIf(missing !== null)(`the write-up${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    writeFileSync(join(folder, 'small.runboard'), writeDesign({ ...smallDesign(), data }));
    served = await serveWindow(folder);
    open = await openWindow(served.address);
    await open.page.getByRole('button', { name: /^Small/ }).click();
    await open.page.locator('[data-node="popular"]').waitFor();
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it('says of a number that it is not measured yet, and shows it once it is', async () => {
    const { page } = open;
    await page.getByRole('tab', { name: 'Write-up' }).click();
    await page.getByRole('button', { name: /^S9/ }).click();
    const preview = page.getByRole('article', { name: 'Preview' });
    await page.locator('.cm-content').click();
    await page.keyboard.type('We reach {{evaluate ndcg@10');
    await page.keyboard.type('}} on <b>all</b> users.');
    await preview.getByText('evaluate ndcg@10: not run yet').waitFor();
    await preview.getByText('<b>all</b>').waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await runEnded(page);
    const shown = preview.locator('.cited');
    await vi.waitFor(async () => expect(await shown.textContent()).toMatch(/^0\.\d{4}$/), { timeout: 10_000 });
    expect(await shown.getAttribute('title')).toMatch(
      /^NDCG@10 of .*, run r-0001, 95 % \[0\.\d{4}, 0\.\d{4}\], n \d+$/,
    );
  });

  it('offers what can be cited by name, with the keyboard alone', async () => {
    const { page } = open;
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Recall is ');
    await page.getByRole('button', { name: 'Number or figure' }).press('Enter');
    await page.keyboard.type('recall@10');
    await page.locator('.cm-completionLabel').first().waitFor();
    // The list takes keys only once it has stood for a moment, so that nobody picks by accident.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('{{board}}');
    expect(await page.locator('.cm-content').innerText()).toMatch(/Recall is \{\{\S+ recall@10\}\}/);
    expect(await page.getByRole('article', { name: 'Preview' }).locator('.cited').count()).toBe(2);
    const figure = page.getByRole('img', { name: /^Board of/ });
    await figure.waitFor();
    expect(await figure.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  });

  it('writes what the preview shows, and is read by everybody', async () => {
    const { page, complaints } = open;
    const shown = await page.getByRole('article', { name: 'Preview' }).locator('.cited').allTextContents();
    await page.getByRole('button', { name: 'Markdown', exact: true }).click();
    await page.getByText(/^Written: /).waitFor();
    const text = readFileSync(join(served.folder, 'write-up', 'write-up.md'), 'utf8');
    expect(text).toContain(`We reach ${shown[0]} on &lt;b>all&lt;/b> users. Recall is ${shown[1]}`);
    expect(await axeInBothThemes(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
