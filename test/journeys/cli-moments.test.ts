// A run as it would be killed at many moments: what the command had said was done is in the store, and the store is sound.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { handlersOn } from '../../shared/services/handlers.ts';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { beginRunboard } from '../support/cli.ts';
import { imageOf, moments, stoppingMissing, waits } from '../support/moments.ts';
import { slowBoard } from '../support/slow-board.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-moments-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(stoppingMissing !== null)(
  `as it would be killed at one of ${moments} moments, its store is sound and every node that it had said was done is reused${stoppingMissing === null ? '' : ` (not run: ${stoppingMissing})`}`,
  async () => {
    const { design, data } = await slowBoard(folder);
    const workspace = join(folder, 'workspace');
    const wait = waits(60);
    const said = new Set<number>();
    for (let moment = 1, seed = 1; moment <= moments; seed++) {
      const seeded = ['--workspace', workspace, '--seed', String(seed)];
      const child = beginRunboard(['run', design, '--data', data, ...seeded], folder);
      let text = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
      child.stdout.resume();
      const ended = new Promise((done) => child.once('close', done));
      await expect.poll(() => existsSync(join(workspace, 'runs.db')), { interval: 5 }).toBe(true);
      for (; moment <= moments; moment++) {
        await wait();
        const finished = (text.match(/[✓↺] /g) ?? []).length;
        const image = await imageOf(child, workspace);
        if (image === undefined) break;
        const store = new Database(join(image, 'runs.db'), { fileMustExist: true });
        expect(store.pragma('integrity_check', { simple: true }), `moment ${moment}`).toBe('ok');
        store.close();
        const ports = localPorts(image);
        const plan = await handlersOn(ports)['runs.plan'](
          { design: JSON.parse(readFileSync(design, 'utf8')) as Design, designPath: design, data, seed },
          {} as never,
        );
        expect(plan.filter((step) => step.reused).length, `moment ${moment}`).toBeGreaterThanOrEqual(finished);
        await ports.close();
        rmSync(image, { recursive: true });
        said.add(finished);
      }
      child.kill('SIGKILL');
      await ended;
    }
    // From before the first node was done to after the last ones.
    expect(said.size).toBeGreaterThan(4);
  },
  180_000,
);
