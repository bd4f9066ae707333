import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { axeInBothThemes } from '../support/axe.ts';
import { smallDesign } from '../support/small-design.ts';
import { designFolder, onEveryHost } from '../support/window-hosts.ts';
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

onEveryHost('own data', (host) => {
  it('goes from a CSV file to a measured result', async () => {
    const folder = designFolder();
    writeFileSync(join(folder, 'plays.csv'), plays());
    const { nodes, edges } = smallDesign().board;
    // Songs have no categories: the board without the cap.
    const board = {
      nodes: nodes.filter((node) => node.id !== 'cap'),
      edges: [...edges.slice(0, 3), { id: 'end', from: 'gateway', to: 'evaluate' }],
    };
    writeFileSync(join(folder, 'small.runboard'), writeDesign({ ...smallDesign(), board }));
    const { page, complaints, close, nameFile } = await host.open(folder);
    await page.locator('.recent-row').first().click();
    // Without data there is nothing to run on: the window leads to where it is chosen.
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('First choose what this design runs on', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Import' }).click();
    await nameFile(join(folder, 'plays.csv'));
    await page.getByLabel('Role of who').selectOption('user');
    await page.getByLabel('Role of what').selectOption('item');
    await page.getByLabel('Role of when').selectOption('time');
    expect(await page.getByLabel('Role of stars').inputValue()).toBe('value');
    await page.getByRole('button', { name: 'Import' }).last().click();
    await page.getByText('One row was rejected', { exact: false }).waitFor();
    const reject = page.getByRole('table', { name: 'Rejected rows' }).getByRole('row').nth(1);
    await expect
      .poll(() => reject.getByRole('cell').allTextContents())
      .toEqual(['1', 'plays.csv', '2,402', 'what is missing', 'u1,,1700000000,3', '']);
    await reject.getByRole('button', { name: 'Copy row 1' }).focus();
    expect(await page.getByText(/plays\.db\.rejects\.csv/).count()).toBe(1);
    // However the dialog is left, what was made is there, and is not replaced unless one says so.
    await page.keyboard.press('Escape');
    await page.locator('.data-row', { hasText: 'plays' }).waitFor();
    await page.getByRole('button', { name: 'Import' }).click();
    await nameFile(join(folder, 'plays.csv'));
    const name = page.getByLabel('Save the data set as');
    await expect.poll(() => name.getAttribute('placeholder')).toBe('plays-2.db');
    await name.fill('plays.db');
    await page.getByText('plays.db is there already').waitFor();
    await page.getByRole('button', { name: 'Replace' }).waitFor();
    // A press beside it loses nothing of what was typed.
    await page.mouse.click(4, 400);
    expect(await name.inputValue()).toBe('plays.db');
    await page.keyboard.press('Escape');
    await page.locator('.data-row', { hasText: 'plays' }).click();
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
    await page.locator('.report').getByText('Popularity', { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});

describe.skipIf(missing !== null)(`own data in SQLite${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('attaches a SQLite file: tables looked at, columns given their parts, the file itself untouched', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard window ü '));
    const path = join(folder, 'shop.sqlite');
    const db = new Database(path);
    db.exec('CREATE TABLE plays (who TEXT, what TEXT, played_at INTEGER, stars REAL)');
    db.exec('CREATE TABLE songs (what TEXT PRIMARY KEY, title TEXT)');
    const play = db.prepare('INSERT INTO plays VALUES (?, ?, ?, ?)');
    db.transaction(() => {
      for (let at = 0; at < 1_200; at++)
        play.run(`u${at % 40}`, `song ${(at * at + 3 * at) % 37}`, 1_700_000_000 + at * 300, 1 + (at % 5));
      for (let at = 0; at < 37; at++) db.prepare('INSERT INTO songs VALUES (?, ?)').run(`song ${at}`, `Song ${at}`);
    })();
    db.close();
    const before = readFileSync(path);
    const served = await serveWindow(folder);
    const { page, complaints, close } = await openWindow(served.address);
    await page.getByRole('button', { name: 'Empty board' }).click();
    await page.getByRole('tab', { name: 'Data', exact: true }).click();
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByLabel('File or folder on this computer').fill(path);
    await page.getByRole('tab', { name: /^plays/ }).waitFor();
    expect(await page.getByRole('status').getByText('Say which column is the user and which the item.').count()).toBe(
      1,
    );
    await page.getByLabel('Role of who').selectOption('user');
    await page.getByLabel('Role of what').selectOption('item');
    await page.getByLabel('Role of played_at').selectOption('time');
    await page.getByRole('tab', { name: /^songs/ }).click();
    await page.getByLabel('Role of title').selectOption('item.title');
    await page.getByText('songs.title').waitFor();
    expect(await axeInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByText('1,237 of 1,237 rows kept', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('events 1,200').waitFor();
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(complaints).toEqual([]);
    await close();
    served.close();
  });
});
