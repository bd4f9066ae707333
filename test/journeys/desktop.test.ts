// The desktop program as a person uses it: under the stand-in everywhere; under the real Electron (RUNBOARD_ELECTRON) or
// a packaged program (RUNBOARD_PACKAGED) where one is named.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { desktopMissing, standsIn, startDesktop, type StartedDesktop } from '../support/electron/start.ts';
import { smallDesign } from '../support/small-design.ts';
import { runEnded } from '../support/window.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const missing = desktopMissing();
const data = { recipe: 'video-catalogue', settings: { users: 80, items: 60, events: 4_000, days: 20, seed: 1 } };

interface Metrics {
  readonly app: { getAppMetrics(): { type: string; name?: string; pid: number }[] };
}

interface Item {
  readonly label?: string;
  readonly submenu?: readonly Item[];
  click?(): void;
}

interface StandIn {
  readonly standIn: { readonly answers: unknown[]; readonly handlers: ReadonlyMap<string, () => unknown> };
}

let desktop: StartedDesktop;
const engines = (): Promise<number[]> =>
  desktop.app.evaluate((({ app }: Metrics) =>
    app
      .getAppMetrics()
      .filter((one) => one.type === 'Utility' && one.name === 'Runboard engine')
      .map((one) => one.pid)) as never) as Promise<number[]>;

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
    await expect
      .poll(async () => (await engines()).filter((pid) => pid !== before), { timeout: 30_000 })
      .toHaveLength(1);
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

  it.skipIf(!standsIn)(
    `does what is chosen in the menu, and saves where a native dialog says${standsIn ? '' : ' (not run: native menus and dialogs answer to people)'}`,
    async () => {
      const { page, folder } = desktop;
      const path = join(folder, 'chosen.runboard');
      await desktop.app.evaluate(
        (({ standIn }: StandIn, filePath: string) => {
          standIn.answers.push({ canceled: false, filePath });
          const menu = standIn.handlers.get('menu')?.() as Item[];
          const item = menu.flatMap((one) => one.submenu ?? []).find((one) => one.label === 'Save as …');
          item?.click?.();
        }) as never,
        path as never,
      );
      await page.getByRole('button', { name: 'Choose the place …' }).click();
      await expect.poll(() => page.getByLabel(/^File, in the folder/).inputValue()).toBe(path);
      await page.getByRole('button', { name: 'Save', exact: true }).last().click();
      await page.getByText('Saved chosen.runboard').waitFor();
      expect((JSON.parse(readFileSync(path, 'utf8')) as Design).format).toBe('runboard');
      expect(JSON.parse(readFileSync(join(desktop.home, 'userData/recent.json'), 'utf8'))).toEqual([
        path,
        join(folder, 'Grün & blau.runboard'),
      ]);
    },
  );
});
