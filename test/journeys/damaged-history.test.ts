// The file of all runs is damaged on the disk: the command line and the window say so, and bring back what was copied of it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { folderWith, runboard } from '../support/cli.ts';
import { smallDesign } from '../support/small-design.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 180_000 });

const missing = windowMissing();
const data = { recipe: 'video-catalogue', settings: { users: 60, items: 60, events: 2_000, days: 20, seed: 1 } };

/** A folder in which one run was made; its store is damaged then, in every page but the first. */
async function damagedFolder(): Promise<{ folder: string; store: string; hurt: Buffer }> {
  const folder = folderWith({ 'small.runboard': writeDesign(smallDesign({ data })) });
  expect(await runboard(['run', 'small.runboard', '--json'], { cwd: folder })).toMatchObject({ code: 0 });
  const store = join(folder, '.runboard', 'runs.db');
  const hurt = readFileSync(store);
  const page = hurt.readUInt16BE(16);
  for (let at = page; at < hurt.length; at += page) hurt.fill(0xa5, at, at + 12);
  writeFileSync(store, hurt);
  return { folder, store, hurt };
}

function keptAside(store: string): Buffer {
  const folder = join(store, '..');
  const names = readdirSync(folder).filter((name) => /^runs\.db\.damaged-\d{8}T\d{6}Z$/.test(name));
  expect(names).toHaveLength(1);
  return readFileSync(join(folder, names[0]));
}

describe('a damaged history', () => {
  it('is said by the command line in one line, restored when that is asked for, and kept', async () => {
    const { folder: cwd, store, hurt } = await damagedFolder();
    const said = await runboard(['runs'], { cwd });
    expect({ code: said.code, stdout: said.stdout }).toEqual({ code: 2, stdout: '' });
    expect(said.stderr).toMatch(
      /^runboard: the run store is damaged \(.*runs\.db\): restore 1 run until .* UTC with `runboard runs --restore`, or .*\n$/,
    );
    expect(readFileSync(store).equals(hurt)).toBe(true);
    expect(await runboard(['runs', '--restore', '--begin-anew'], { cwd })).toMatchObject({ code: 2 });
    const restored = await runboard(['runs', '--restore'], { cwd });
    expect(restored.stdout).toMatch(/^1 run is back; the damaged file is kept as .*runs\.db\.damaged-.*\n$/);
    expect(keptAside(store).equals(hurt)).toBe(true);
    const runs = await runboard(['runs', '--json'], { cwd });
    expect(JSON.parse(runs.stdout)).toMatchObject([{ run: 'r-0001', status: 'done' }]);
    const again = await runboard(['runs', '--restore'], { cwd });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('the run store is sound') as string });
  });

  it.skipIf(missing !== null)(
    `is said in the window, and restored there by a press${missing === null ? '' : ` (not run: ${missing})`}`,
    async () => {
      const { folder, store, hurt } = await damagedFolder();
      const served = await serveWindow(folder);
      const { page, close } = await openWindow(served.address);
      const banner = page.locator('.banner', { hasText: 'The runs of this workspace cannot be read' });
      await banner.waitFor();
      expect(await banner.textContent()).toMatch(/the run store is damaged.*A copy of 1 run until .* UTC is sound/);
      expect(readFileSync(store).equals(hurt)).toBe(true);
      await banner.getByRole('button', { name: 'Restore 1 run' }).click();
      await banner.waitFor({ state: 'detached' });
      expect(keptAside(store).equals(hurt)).toBe(true);
      await close();
      served.close();
      const runs = await runboard(['runs', '--json'], { cwd: folder });
      expect(JSON.parse(runs.stdout)).toMatchObject([{ run: 'r-0001', status: 'done' }]);
    },
  );
});
