// The desktop program as a person uses it: under the stand-in everywhere; under the real Electron (RUNBOARD_ELECTRON) or
// a packaged program (RUNBOARD_PACKAGED) where one is named.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { desktopMissing, startDesktop, type StartedDesktop } from '../support/electron/start.ts';
import { smallDesign } from '../support/small-design.ts';
import { runEnded } from '../support/window.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const missing = desktopMissing();
const data = { recipe: 'video-catalogue', settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 } };

interface Metrics {
  readonly app: { getAppMetrics(): { type: string; name?: string; pid: number }[] };
}

let desktop: StartedDesktop;
const engines = (): Promise<number[]> => desktop.app.evaluate((({ app }: Metrics) => app.getAppMetrics().filter((one) => one.type === 'Utility' && one.name === 'Runboard engine').map((one) => one.pid)) as never) as Promise<number[]>;

describe.skipIf(missing !== null)(`the desktop program${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runboard desktop ü '));
    const design = join(folder, 'Grün & blau.runboard');
    writeFileSync(design, writeDesign({ ...smallDesign(), data }));
    desktop = await startDesktop([design], folder);
  });
  afterAll(() => desktop?.close());

  it('opens the design that it was started with, and runs it', async () => {
    const { page } = desktop;
    await page.locator('[data-node="popular"]').waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await runEnded(page);
    await page.locator('[data-node="evaluate"].node-is-done').waitFor();
    expect(desktop.complaints).toEqual([]);
  });

  it('loses nothing when the engine is killed, starts it again and reuses what it had', async () => {
    const { page } = desktop;
    const [before] = await engines();
    process.kill(before, 'SIGKILL');
    await expect.poll(async () => (await engines()).filter((pid) => pid !== before), { timeout: 30_000 }).toHaveLength(1);
    await page.locator('[data-node="popular"]').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-node="split"].node-is-reused').waitFor({ timeout: 60_000 });
    await runEnded(page);
  });

  it('saves to the file and to no other', async () => {
    const { page } = desktop;
    await page.locator('[data-node="cap"]').click();
    await page.getByLabel('Bound to', { exact: true }).selectOption({ label: 'MMR' });
    await page.keyboard.press('Control+s');
    await page.getByText('Saved Grün & blau.runboard').waitFor();
    const saved = JSON.parse(readFileSync(join(desktop.folder, 'Grün & blau.runboard'), 'utf8')) as Design;
    expect(saved.board.nodes.find((node) => node.id === 'cap')?.binding?.component).toBe('mmr');
  });
});
