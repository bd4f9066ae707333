import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What the first picture of the window does without: fetched after it, or when it is asked for. */
const later = [
  'node_modules/@xyflow/',
  'node_modules/d3-',
  'node_modules/cmdk/',
  'node_modules/@radix-ui/',
  'node_modules/zod/',
  'node_modules/elkjs/',
  'node_modules/@codemirror/',
  'node_modules/@lezer/',
  'node_modules/micromark',
  'node_modules/mdast-util-',
  'shared/components/',
  'shared/documents/',
  'renderer/board/board.tsx',
  'renderer/inspector/',
  'renderer/palette/',
  'renderer/runs/',
  'renderer/sweep/',
  'renderer/data/',
  'renderer/experiments/',
  'renderer/writeup/',
  'renderer/preview/',
  'renderer/prose/',
];

/** Modules that are fetched and run before the page shows anything, and all others. */
async function modulesOfWindow(): Promise<{ atStart: readonly string[]; others: readonly string[] }> {
  const made = await build({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'error',
    build: { write: false, minify: false, reportCompressedSize: false },
  });
  const outputs = (Array.isArray(made) ? made : [made]) as readonly Rolldown.RolldownOutput[];
  const chunks = outputs.flatMap(({ output }) => output.filter((one) => one.type === 'chunk'));
  const started = new Set<string>();
  const start = (name: string): void => {
    if (started.has(name)) return;
    started.add(name);
    for (const next of chunks.find((one) => one.fileName === name)?.imports ?? []) start(next);
  };
  const page = chunks.find((one) => one.facadeModuleId?.endsWith('index.html'));
  if (page === undefined) throw new Error('the build has no page');
  start(page.fileName);
  const modulesIn = (atStart: boolean): string[] =>
    chunks
      .filter((one) => started.has(one.fileName) === atStart)
      .flatMap((one) => Object.entries(one.modules))
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([id]) => id.replaceAll('\\', '/').replace(`${root}/`, ''));
  return { atStart: modulesIn(true), others: modulesIn(false) };
}

describe('what the window loads before it shows anything', () => {
  let modules: Awaited<ReturnType<typeof modulesOfWindow>>;
  beforeAll(async () => {
    modules = await modulesOfWindow();
  }, 120_000);

  it('is the start page and the frame around designs', () => {
    for (const needed of ['renderer/app/main.tsx', 'renderer/app/start-page.tsx', 'renderer/app/tab-bar.tsx'])
      expect(modules.atStart).toContain(needed);
  });

  it.each(later)('not %s, which comes later', (part) => {
    expect(modules.atStart.filter((id) => id.includes(part))).toEqual([]);
    expect(modules.others.some((id) => id.includes(part))).toBe(true);
  });
});
