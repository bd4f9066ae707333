// Pictures of every view, at two sizes, light and dark, of the sample after it ran: `node test/support/screenshots.ts`.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openWindow, runEnded, serveWindow, windowMissing } from './window.ts';

const out = join(import.meta.dirname, '../../docs/screenshots');
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Open the sample/ }).click();
  await page.locator('[data-node]').first().waitFor();
  await page.waitForTimeout(1_500);
  const skip = page.getByRole('button', { name: 'Skip', exact: true });
  if (await skip.isVisible()) await skip.click();
}

const views: readonly { readonly name: string; look(page: Page): Promise<void> }[] = [
  {
    name: 'board',
    look: async (page) => {
      await page.getByRole('tab', { name: 'Board', exact: true }).click();
      await page.locator('.node-headline').first().waitFor();
      await page.locator('[data-node]', { hasText: 'Ranker' }).first().click();
    },
  },
  {
    name: 'write-up',
    look: async (page) => {
      await page.getByRole('tab', { name: 'Write-up', exact: true }).click();
      await page.getByRole('button', { name: /^S9/ }).click();
      await page.locator('.cited').first().waitFor();
    },
  },
  { name: 'experiments', look: (page) => page.getByRole('tab', { name: 'Experiments', exact: true }).click() },
  {
    name: 'data',
    look: async (page) => {
      await page.getByRole('tab', { name: 'Data', exact: true }).first().click();
      await page.locator('.long-row').first().waitFor();
    },
  },
];

async function shoot(): Promise<void> {
  const missing = windowMissing();
  if (missing !== null) throw new Error(missing);
  mkdirSync(out, { recursive: true });
  const served = await serveWindow(mkdtempSync(join(tmpdir(), 'runboard-')));
  const { page, close } = await openWindow(served.address);
  await openSample(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: /^Stop/ }).waitFor();
  await page.waitForTimeout(6_000);
  await page.screenshot({ path: join(out, 'running.png') });
  await runEnded(page, 600_000);
  for (const { width, height } of sizes) {
    for (const theme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await page.reload();
      await page.getByRole('heading', { name: 'Templates' }).waitFor();
      await page.waitForTimeout(2_500);
      await page.screenshot({ path: join(out, `start-${theme}-${width}.png`) });
      await openSample(page);
      if ((await page.locator('.bottom-closed').count()) > 0) await page.keyboard.press('Alt+j');
      for (const view of views) {
        await view.look(page);
        await page.waitForTimeout(1_200);
        await page.screenshot({ path: join(out, `${view.name}-${theme}-${width}.png`) });
      }
    }
  }
  await close();
  served.close();
}

await shoot();
