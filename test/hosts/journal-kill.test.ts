// The process that keeps unsaved work is killed at any moment, many times: what it had answered is there, whole.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { handlersOn } from '../../shared/services/handlers.ts';
import { localPorts } from '../../main/engine-process/local-ports.ts';
import { readJournal } from '../../shared/services/drafts/journal.ts';
import { smallDesign } from '../support/small-design.ts';

vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, '../..');
const module = (path: string): string => JSON.stringify(pathToFileURL(join(root, path)).href);
const id = 'aaaaaaaa-0001';
const kills = 8;

/** Appends for ever, and says after each answer which change it was. Text long enough that the journal is written anew now and then. */
const typing = (workspace: string): string => `
  const { handlersOn } = await import(${module('shared/services/handlers.ts')});
  const { localPorts } = await import(${module('main/engine-process/local-ports.ts')});
  const handlers = handlersOn(localPorts(${JSON.stringify(workspace)}));
  await handlers['drafts.begin']({ id: '${id}', path: null, digest: null, design: ${JSON.stringify(smallDesign())} }, {});
  for (let i = 0; ; i++) {
    const changes = [{ op: 'set', path: ['title'], value: 'title ' + (i + 1) }, { op: 'set', path: ['summary'], value: ['x'.repeat(20_000) + i] }];
    const { kept } = await handlers['drafts.append']({ id: '${id}', after: i, changes }, {});
    if (kept) process.stdout.write((i + 1) + '\\n');
  }`;

describe('a journal whose process is killed', () => {
  it(`has every change that was answered, ${kills} times over`, async () => {
    for (let seed = 1; seed <= kills; seed++) {
      const workspace = join(mkdtempSync(join(tmpdir(), 'runboard-kill-')), '.runboard');
      const child = spawn(process.execPath, ['--input-type=module', '-e', typing(workspace)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      await expect.poll(() => said, { timeout: 20_000 }).not.toBe('');
      await new Promise((done) => setTimeout(done, (seed * 7919) % 400));
      child.kill('SIGKILL');
      await new Promise((done) => child.once('close', done));
      const answered = Number(said.trimEnd().split('\n').at(-1));
      const text = readFileSync(join(workspace, `drafts/${id}.journal`), 'utf8');
      const read = readJournal(text);
      expect(read?.sequence, `seed ${seed}`).toBeGreaterThanOrEqual(answered);
      expect(read?.sequence, `seed ${seed}`).toBeLessThanOrEqual(answered + 1);
      expect(read, `seed ${seed}`).toMatchObject({ lost: 0, design: { title: `title ${read?.sequence}` } });
      const opened = await handlersOn(localPorts(workspace))['drafts.open']({ id }, {} as never);
      expect(opened.repairs).toEqual([]);
    }
  });
});
