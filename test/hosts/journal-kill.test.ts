// The process that keeps unsaved work is killed at any moment, many times: what it had answered is there, whole.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';
import { handlersOn } from '../../shared/services/handlers.ts';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { readJournal } from '../../shared/services/drafts/journal.ts';
import { imageOf, moments, stoppingMissing, waits } from '../support/moments.ts';
import { smallDesign } from '../support/small-design.ts';

vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, '../..');
const module = (path: string): string => JSON.stringify(pathToFileURL(join(root, path)).href);
const id = 'aaaaaaaa-0001';
const kills = 3;

/** Appends for ever, and writes down after each answer which change it was. Text long enough that the journal is written anew now and then. */
const typing = (folder: string): string => `
  const { writeSync, openSync } = await import('node:fs');
  const { handlersOn } = await import(${module('shared/services/handlers.ts')});
  const { localPorts } = await import(${module('main/engine-process/local-ports.ts')});
  const handlers = handlersOn(localPorts(${JSON.stringify(join(folder, '.runboard'))}));
  await handlers['drafts.begin']({ id: '${id}', path: null, digest: null, design: ${JSON.stringify(smallDesign())} }, {});
  const answered = openSync(${JSON.stringify(join(folder, 'answered'))}, 'w');
  process.stdout.write('begun');
  for (let i = 0; ; i++) {
    const changes = [{ op: 'set', path: ['title'], value: 'title ' + (i + 1) }, { op: 'set', path: ['summary'], value: ['x'.repeat(20_000) + i] }];
    const { kept } = await handlers['drafts.append']({ id: '${id}', after: i, changes }, {});
    if (kept) writeSync(answered, (i + 1) + '\\n');
  }`;

/** A process that types, once it does. */
async function begin(): Promise<{ folder: string; child: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'runboard-kill-'));
  const child = spawn(process.execPath, ['--input-type=module', '-e', typing(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((done) => child.stdout.once('data', done));
  return { folder, child };
}

/** Opens what lies in a folder as the next start does. */
async function isWhole(folder: string, moment: string): Promise<void> {
  const answered = Number(readFileSync(join(folder, 'answered'), 'utf8').trimEnd().split('\n').at(-1));
  const read = readJournal(readFileSync(join(folder, `.runboard/drafts/${id}.journal`), 'utf8'));
  expect(read?.sequence, moment).toBeGreaterThanOrEqual(answered);
  expect(read?.sequence, moment).toBeLessThanOrEqual(answered + 1);
  // A busy machine may kill it before its first change.
  const title = read?.sequence === 0 ? smallDesign().title : `title ${read?.sequence}`;
  expect(read, moment).toMatchObject({ lost: 0, design: { title } });
  const opened = await handlersOn(localPorts(join(folder, '.runboard')))['drafts.open']({ id }, {} as never);
  expect(opened.repairs, moment).toEqual([]);
}

it(`a journal whose process is killed has every change that was answered, ${kills} times over`, async () => {
  for (let kill = 1; kill <= kills; kill++) {
    const { folder, child } = await begin();
    await new Promise((done) => setTimeout(done, (kill * 7919) % 400));
    child.kill('SIGKILL');
    await new Promise((done) => child.once('close', done));
    await isWhole(folder, `kill ${kill}`);
  }
});

it.skipIf(stoppingMissing !== null)(
  `a journal whose process would be killed at one of ${moments} moments has every change that was answered${stoppingMissing === null ? '' : ` (not run: ${stoppingMissing})`}`,
  async () => {
    const { folder, child } = await begin();
    const wait = waits(40);
    const seen = new Set<string>();
    for (let moment = 1; moment <= moments; moment++) {
      await wait();
      const image = (await imageOf(child, folder)) as string;
      await isWhole(image, `moment ${moment}`);
      seen.add(readFileSync(join(image, 'answered'), 'utf8'));
      rmSync(image, { recursive: true });
    }
    child.kill('SIGKILL');
    // It went on in between.
    expect(seen.size).toBeGreaterThan(moments / 2);
  },
);
