// Every view and every dialog, light and dark, as axe sees them, and whether they fit: opened one after the other in one browser.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { tooWide } from '../support/fits.ts';
import { drawn, smallDesign, wires } from '../support/small-design.ts';
import { choose, run, smallWorld } from '../support/window-steps.ts';
import { openWindow, serveWindow, windowMissing, type OpenWindow, type ServedWindow } from '../support/window.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const missing = windowMissing();

let served: ServedWindow;
let open: OpenWindow;

const tab = (page: Page, list: string, name: string): Promise<void> =>
  page
    .getByRole('tablist', { name: list })
    .getByRole('tab', { name: new RegExp(`^${name}`) })
    .click();
const view = (name: string) => (page: Page) => tab(page, 'Views', name);

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('What should be done?').fill(words);
  await page.keyboard.press('Enter');
}

async function dialog(page: Page, opening: () => Promise<unknown>): Promise<void> {
  await opening();
  await page.getByRole('dialog').waitFor();
}

interface View {
  readonly name: string;
  /** The part that is looked at, where the rest of the screen was looked at before. */
  readonly part?: string;
  show(page: Page): Promise<unknown>;
  /** What closes it again. */
  leave?(page: Page): Promise<unknown>;
}

const escape = (page: Page): Promise<void> => page.keyboard.press('Escape');

const views: readonly View[] = [
  { name: 'start page', show: (page) => page.getByRole('button', { name: 'Runboard', exact: true }).click() },
  {
    name: 'board that was mended, a node selected',
    show: async (page) => {
      await page.getByRole('button', { name: /^Small/ }).click();
      await page.getByText('right in this design').waitFor();
      await choose(page, 'popular');
    },
  },
  {
    name: 'board after a run, results',
    show: async (page) => {
      await run(page);
      await page.locator('[data-node="evaluate"].node-is-done').waitFor();
      await page.locator('.board').focus();
      await escape(page);
      await tab(page, 'Runs', 'Results');
      await page.locator('.report').first().waitFor();
    },
  },
  {
    name: 'log, preview and outline',
    show: async (page) => {
      await tab(page, 'Evidence of the run', 'Log');
      await tab(page, 'Runs', 'Preview');
      await tab(page, 'Left pane', 'Outline');
      await choose(page, 'popular');
      await page.getByRole('table').first().waitFor();
    },
  },
  ...['Results', 'About', 'Notes'].map((name) => ({
    name: `inspector: ${name}`,
    part: 'aside[aria-label="Inspector"]',
    show: (page: Page) => page.getByLabel('Inspector').getByRole('tab', { name, exact: true }).click(),
  })),
  {
    name: 'quick add',
    part: '.picks',
    show: async (page) => {
      await page.locator('.board').focus();
      await page.keyboard.press('/');
      await page.locator('.picks').waitFor();
    },
    leave: escape,
  },
  {
    name: 'menu of a node',
    part: '[role="menu"]',
    show: (page) => page.locator('[data-node="popular"]').click({ button: 'right' }),
    leave: escape,
  },
  { name: 'write-up', show: view('Write-up') },
  {
    name: 'the board beside the write-up',
    part: '.writeup-beside',
    show: async (page) => {
      await tab(page, 'Beside the text', 'Board');
      await page.getByTitle('Show it large enough to read').waitFor();
    },
  },
  { name: 'experiments', show: view('Experiments') },
  ...['Plan', 'Sweep'].map((name) => ({
    name: `experiments: ${name}`,
    part: 'main',
    show: (page: Page) => tab(page, 'Parts of the experiments view', name),
  })),
  {
    name: 'experiments: ablation',
    part: 'main',
    show: (page) => page.getByRole('tab', { name: 'Ablation' }).click(),
  },
  {
    name: 'data',
    show: async (page) => {
      await view('Data')(page);
      await page.locator('.data-row').first().click();
      await page.locator('.figures').waitFor();
    },
  },
  {
    name: 'import wizard with a preview',
    part: 'dialog',
    show: async (page) => {
      await dialog(page, () => page.getByRole('button', { name: 'Import' }).click());
      await page.getByLabel('File or folder on this computer').fill(join(served.folder, 'plays.csv'));
      await page.getByLabel('Role of who').waitFor();
    },
    leave: escape,
  },
  {
    name: 'generator',
    part: 'dialog',
    show: async (page) => {
      await dialog(page, () => page.getByRole('button', { name: 'Generate' }).click());
      await page.getByRole('slider', { name: 'Users' }).press('ArrowRight');
      await page.locator('output', { hasText: /^5,500$/ }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'restore points',
    part: 'dialog',
    show: async (page) => {
      await view('Board')(page);
      await dialog(page, () => command(page, 'earlier state'));
    },
    leave: escape,
  },
  {
    name: 'keys and gestures',
    part: 'dialog',
    show: (page) => dialog(page, () => command(page, 'Keys and gestures')),
    leave: escape,
  },
  {
    name: 'about',
    part: 'dialog',
    show: async (page) => {
      await dialog(page, () => command(page, 'About Runboard'));
      await page.getByText('SQLite', { exact: true }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'menu of the window',
    part: '.menu',
    show: async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitemradio', { name: 'Light or dark as the system' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'commands',
    part: 'body',
    show: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('What should be done?').waitFor();
    },
    leave: escape,
  },
  {
    name: 'saving under a name',
    part: 'dialog',
    show: (page) => dialog(page, () => page.keyboard.press('Control+Shift+s')),
    leave: escape,
  },
  {
    name: 'closing what is not saved',
    part: 'dialog',
    show: async (page) => {
      await choose(page, 'popular');
      await page.locator('.inspector-title').fill('Changed');
      await dialog(page, () => page.locator('.design-tab-close').first().click());
    },
    leave: escape,
  },
  {
    name: 'the tour',
    show: async (page) => {
      await command(page, 'Take the tour');
      await page.getByText('The drawing is the system').waitFor();
    },
    leave: escape,
  },
];

describe.skipIf(missing !== null)(`access${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    const design = structuredClone(smallDesign({ data: smallWorld }));
    design.board.nodes.push(drawn('oracle', 'quantum.oracle', { title: 'Oracle', y: 320 }));
    design.board.edges.push(...wires('cap>nowhere'));
    writeFileSync(join(folder, 'small.runboard'), writeDesign(design));
    writeFileSync(join(folder, 'plays.csv'), 'who,what,when\na,b,1700000000\nc,d,1700000100\n');
    served = await serveWindow(folder);
    open = await openWindow(served.address);
  });
  afterAll(async () => {
    await open?.close();
    served?.close();
  });

  it.each(views)('axe finds nothing serious on, and nothing is too wide on: $name', async ({ show, leave, part }) => {
    try {
      await show(open.page);
      await expect.poll(() => tooWide(open.page)).toEqual([]);
      expect(await axeInBothThemes(open.page, part)).toEqual([]);
    } finally {
      await leave?.(open.page);
    }
  });

  it('has nothing to complain about', () => expect(open.complaints).toEqual([]));
});
