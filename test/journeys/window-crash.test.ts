// The page itself dies while a design is unsaved: what was drawn up to a moment before is there in the next one.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { smallDesign } from '../support/small-design.ts';
import { designFolder } from '../support/window-hosts.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 120_000 });

const missing = windowMissing();

describe.skipIf(missing !== null)(`a page that crashes${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('loses nothing that is a second old, and leaves the file alone', async () => {
    const folder = designFolder();
    const file = join(folder, 'small.runboard');
    const original = writeDesign(smallDesign());
    writeFileSync(file, original);
    const served = await serveWindow(folder);
    const { page, close } = await openWindow(served.address);
    await page.locator('.recent-row').first().click();
    await page.locator('[data-node="popular"]').click();
    await page.locator('.inspector-title').fill('Typed before the crash');
    await page.waitForTimeout(1_000);
    const crashed = page.waitForEvent('crash');
    const session = await page.context().newCDPSession(page);
    void session.send('Page.crash').catch(() => {});
    await crashed;
    expect(served.process.exitCode).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe(original);

    const next = await page.context().newPage();
    await next.goto(new URL('/', served.address).href);
    await next.locator('.unsaved-row .recent-row').click();
    await expect
      .poll(() => next.locator('[data-node="popular"] .node-title').textContent())
      .toBe('Typed before the crash');
    await next.getByText('Read-only here').waitFor({ state: 'detached' });
    await next.keyboard.press('Control+s');
    await next.getByText('Saved small.runboard').waitFor();
    expect(readFileSync(file, 'utf8')).toContain('Typed before the crash');
    await close();
    served.close();
  });
});
