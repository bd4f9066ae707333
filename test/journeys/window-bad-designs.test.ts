// Files that are damaged, newer, hostile, twisted or locked, in the window: mended with a report, read-only with a reason,
// or refused in words; the file is never touched unasked, and the window goes on.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { bound, drawn, smallDesign, wires } from '../support/small-design.ts';
import { designFolder } from '../support/window-hosts.ts';
import { openWindow, serveWindow, windowMissing, type OpenWindow, type ServedWindow } from '../support/window.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const missing = windowMissing();
const good = writeDesign(smallDesign());
const data = { recipe: 'video-catalogue', settings: { users: 60, items: 50, events: 2_000, days: 20, seed: 1 } };

let served: ServedWindow;
let open: OpenWindow;

function changed(change: (design: Design) => void): string {
  const design = structuredClone(smallDesign());
  change(design);
  return JSON.stringify(design);
}

const place = (name: string): string => join(served.folder, `${name}.runboard`);

/** Lays a file there and opens it by its path, as a person who types it. */
async function openFile(name: string, content: string | Buffer | null): Promise<void> {
  const { page } = open;
  if (content !== null) writeFileSync(place(name), content);
  await page.getByRole('button', { name: 'Runboard', exact: true }).click();
  await page.getByLabel('Path of a design').fill(place(name));
  await page.getByLabel('Path of a design').press('Enter');
}

const titleOf = (node: string): Promise<string | null> =>
  open.page.locator(`[data-node="${node}"] .node-title`).textContent();

describe.skipIf(missing !== null)(
  `designs that are not right${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    beforeAll(async () => {
      const folder = designFolder();
      mkdirSync(join(folder, 'folder.runboard'));
      served = await serveWindow(folder);
      open = await openWindow(served.address);
    });
    afterAll(async () => {
      await open?.close();
      served?.close();
    });

    afterEach(async () => {
      if ((await open.page.getByRole('dialog').count()) > 0) await open.page.keyboard.press('Escape');
    });

    it.each<[string, string | Buffer | null, RegExp]>([
      ['empty', '', /The file is empty/],
      ['truncated', good.slice(0, 500), /cut short/],
      ['not JSON', good.replace('"seed"', 'seed'), /not valid JSON at line \d+/],
      ['a database', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.from([255, 254])]), /an SQLite database/],
      ['another JSON', '{"name": "runboard"}', /"format" must be "runboard"/],
      [
        'prototype',
        good.replace('"title": "Small"', '"__proto__": {"x": 1}, "title": "Small"'),
        /holds the key "__proto__"/,
      ],
      ['constructor', good.replace('"title": "Small"', '"constructor": {"x": 1}, "title": "Small"'), /"constructor"/],
      ['wrong type', good.replace('"x": 260', '"x": "260"'), /x of node "split" must be a number/],
      ['newer and unreadable', '{"format": "runboard", "version": 9, "pages": []}', /version 9 of the file format/],
      ['folder', null, /This is a folder/],
      ['missing', null, /no such file or folder/],
    ])('%s is refused in words, and left as it is', async (name, content, words) => {
      await openFile(name, content);
      const toast = open.page.locator('.toast').filter({ hasText: words }).last();
      await toast.waitFor();
      await toast.getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(() => open.page.locator('.design-tab').count()).toBe(0);
      if (content !== null) expect(readFileSync(place(name))).toEqual(Buffer.from(content));
      expect(await open.page.evaluate(() => ({}) as { x?: unknown })).toEqual({});
    });

    it('of a newer version is shown read-only, and is not rewritten', async () => {
      const { page } = open;
      const newer = JSON.stringify({ ...smallDesign({ title: 'Newer' }), version: 9, createdBy: 'Runboard 4.2' });
      await openFile('newer', newer);
      await page.locator('.banner-text', { hasText: 'made by Runboard 4.2 in version 9 of the file format' }).waitFor();
      await page.locator('[data-node="popular"]').click();
      await page.keyboard.press('Delete');
      await page
        .locator('.inspector-title')
        .fill('Changed', { timeout: 1_000 })
        .catch(() => {});
      expect(await titleOf('popular')).toBe('Popular');
      await page.keyboard.press('Control+s');
      await page.getByRole('heading', { name: 'Save the design' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Replace the file' }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.toast').filter({ hasText: 'version 9' }).last().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(readFileSync(place('newer'), 'utf8')).toBe(newer);
    });

    it('that may not be written is shown read-only, and may be saved under another name', async () => {
      const { page } = open;
      writeFileSync(place('locked'), writeDesign(smallDesign({ title: 'Locked' })));
      chmodSync(place('locked'), 0o444);
      await openFile('locked', null);
      const said = page.locator('.banner-text', { hasText: 'the file is marked read-only' });
      await said.waitFor();
      await page.locator('.board').focus();
      await page.keyboard.press('Control+s');
      await page.getByRole('heading', { name: 'Save the design' }).waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(place('unlocked'));
      await page.keyboard.press('Enter');
      await page.getByText('Saved unlocked.runboard').waitFor();
      await said.waitFor({ state: 'detached' });
      await page.locator('[data-node="popular"]').click();
      await page.locator('.inspector-title').fill('Mine by now');
      await expect.poll(() => titleOf('popular')).toBe('Mine by now');
      await page.keyboard.press('Control+s');
      await expect.poll(() => readFileSync(place('unlocked'), 'utf8')).toContain('Mine by now');
      expect(readFileSync(place('locked'), 'utf8')).not.toContain('Mine');
    });

    it('with ids that are there twice, edges to nowhere and unknown kinds is mended with a report, and loses nothing', async () => {
      const { page } = open;
      const twisted = changed((design) => {
        design.title = 'Twisted';
        design.board.nodes.push(drawn('gateway', 'gateway', { title: 'Twin', y: 320 }));
        design.board.nodes.push(drawn('oracle', 'quantum.oracle', { title: 'Oracle', y: 420 }));
        design.board.nodes.push(bound('odd', 'popularitty', { keep: 3 }, { y: 520 }));
        design.board.edges.push(...wires('cap>nowhere'));
      });
      await openFile('twisted', twisted);
      await page.getByText(/things were not right in this design/).waitFor();
      await page.getByText('What was done about it').click();
      const report = await page.locator('.banner li').allTextContents();
      for (const words of [/two nodes have the id "gateway"/, /"nowhere", which does not exist/, /popularitty/])
        expect(
          report.some((line) => words.test(line)),
          `${String(words)} in ${report.join('; ')}`,
        ).toBe(true);
      await page.locator('[data-node="oracle"]').waitFor();
      expect(readFileSync(place('twisted'), 'utf8')).toBe(twisted);
      await page.locator('[data-node="popular"]').click();
      await page.locator('.inspector-title').fill('Kept');
      await page.keyboard.press('Control+s');
      await page.getByText('Saved twisted.runboard').waitFor();
      const saved = JSON.parse(readFileSync(place('twisted'), 'utf8')) as Design;
      expect(saved.board.nodes.map((node) => node.title)).toContain('Twin');
      expect(saved.board.nodes.find((node) => node.id === 'oracle')?.kind).toBe('quantum.oracle');
      expect(saved.board.nodes.find((node) => node.id === 'odd')?.binding).toEqual({
        component: 'popularitty',
        version: 1,
        params: { keep: 3 },
      });
      expect(JSON.stringify(saved.board['leftOut'])).toContain('nowhere');
    });

    it.each([
      ['a circle', ['popular>merge', 'merge>cap', 'cap>merge'], ['cap', 'merge']],
      ['a self-loop', ['popular>cap', 'merge>merge'], ['merge']],
    ])('that goes round in %s is refused to run, shows where, and is edited on', async (name, rounds, nodes) => {
      const { page } = open;
      const round = changed((design) => {
        design.title = `Goes round in ${name}`;
        design.data = data;
        design.board.nodes.push(bound('merge', 'merge', {}, { x: 780, y: 300 }));
        design.board.edges = wires('source>split', 'split>popular', ...rounds, 'cap>evaluate');
      });
      await openFile(name, round);
      await page.locator('[data-node="merge"]').waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      const toast = page.locator('.toast').filter({ hasText: 'wait for each other' });
      await toast.waitFor();
      await toast.getByRole('button', { name: 'Dismiss' }).click();
      await page.locator('[data-node="merge"].node-selected').waitFor();
      expect(await page.locator('.node-selected').evaluateAll((all) => all.length)).toBe(nodes.length);
      await expect.poll(() => page.locator('.node-is-running').count()).toBe(0);
      await page.locator('[data-node="popular"]').click();
      await page.locator('.inspector-title').fill('Edited on');
      await expect.poll(() => titleOf('popular')).toBe('Edited on');
      expect(readFileSync(place(name), 'utf8')).toBe(round);
    });

    it('leaves nothing behind in the page', () => {
      expect(open.complaints).toEqual([]);
    });
  },
);
