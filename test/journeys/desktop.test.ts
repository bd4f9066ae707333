// The desktop program as a person uses it: under the stand-in everywhere; under the real Electron (RUNBOARD_ELECTRON) or
// a packaged program (RUNBOARD_PACKAGED) where one is named.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { desktopMissing, standsIn, startDesktop, type StartedDesktop } from '../support/electron/start.ts';
import { smallDesign } from '../support/small-design.ts';
import { choose, run, smallWorld } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const missing = desktopMissing();

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

interface WindowsStandIn {
  readonly BrowserWindow: { getAllWindows(): { setBounds(bounds: object): void }[] };
  readonly standIn: StandIn['standIn'] & { readonly calls: readonly { what: string; args: unknown[] }[] };
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
    writeFileSync(design, writeDesign(smallDesign({ data: smallWorld })));
    desktop = await startDesktop([design], folder);
  });
  afterAll(() => desktop?.close());

  it('opens the design that it was started with, and runs it', async () => {
    const { page } = desktop;
    await page.locator('[data-node="popular"]').waitFor();
    await run(page);
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
    await run(page);
    await page.locator('[data-node="split"].node-is-reused').waitFor();
  });

  it('saves to the file and to no other', async () => {
    const { page } = desktop;
    await choose(page, 'cap');
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
      // The dialog has asked by itself whether this is to be replaced: nobody is asked twice.
      writeFileSync(path, writeDesign(smallDesign({ title: 'There before' })));
      await desktop.app.evaluate(
        (({ standIn }: StandIn, filePath: string) => {
          standIn.answers.push({ canceled: false, filePath });
          const menu = standIn.handlers.get('menu')?.() as Item[];
          const item = menu.flatMap((one) => one.submenu ?? []).find((one) => one.label === 'Save as …');
          item?.click?.();
        }) as never,
        path as never,
      );
      await page.getByText('Saved chosen.runboard').waitFor();
      expect((JSON.parse(readFileSync(path, 'utf8')) as Design).title).toBe('Small');
      const kept = readdirSync(join(folder, '.runboard/restore-points')).filter((name) => name.includes('before-save'));
      expect(kept.map((name) => readFileSync(join(folder, '.runboard/restore-points', name), 'utf8')).join()).toContain(
        'There before',
      );
      expect(JSON.parse(readFileSync(join(desktop.home, 'userData/recent.json'), 'utf8'))).toEqual([
        path,
        join(folder, 'Grün & blau.runboard'),
      ]);
    },
  );

  it.skipIf(!standsIn)(
    `opens its next window where the last one was${standsIn ? '' : ' (not run: windows are placed by the system)'}`,
    async () => {
      const place = join(desktop.home, 'userData/window.json');
      const bounds = { x: 120, y: 90, width: 1000, height: 700 };
      await desktop.app.evaluate(
        (({ BrowserWindow }: WindowsStandIn, wanted: object) =>
          BrowserWindow.getAllWindows()[0].setBounds(wanted)) as never,
        bounds as never,
      );
      await expect
        .poll(() => JSON.parse(readFileSync(place, 'utf8')) as unknown)
        .toEqual({ ...bounds, maximized: false });
      const opened = await desktop.app.evaluate((({ standIn }: WindowsStandIn) => {
        const menu = standIn.handlers.get('menu')?.() as Item[];
        const items = menu.flatMap((one) => one.submenu ?? []);
        items.find((one) => one.label === 'New window')?.click?.();
        return standIn.calls.filter((call) => call.what === 'BrowserWindow').at(-1)?.args[0];
      }) as never);
      expect(opened).toMatchObject({ ...bounds, x: bounds.x + 28, y: bounds.y + 28 });
    },
  );
});
