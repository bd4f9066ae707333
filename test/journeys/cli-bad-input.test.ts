import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Design } from '../../shared/contract/design.ts';
import { writeDesign } from '../../shared/services/designs/write.ts';
import { folderWith, runboard } from '../support/cli.ts';
import { bound, drawn, smallDesign, wires } from '../support/small-design.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cwd = '';

beforeAll(async () => {
  cwd = folderWith({ 'good.runboard': writeDesign(smallDesign()), 'in.csv': 'user,item\na,b\n' });
  mkdirSync(join(cwd, 'folder.runboard'));
  const made = await runboard(
    ['generate', 'video-catalogue', '--users', '40', '--items', '40', '--events', '1500', '--out', 'd.db'],
    { cwd },
  );
  expect(made.code).toBe(0);
});

/** One line, exit code 2, no stack, nothing on standard output, and the same as JSON when that is asked for. */
async function refused(args: readonly string[], line: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runboard(args, { cwd });
  expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }, stderr).toEqual({
    code: 2,
    stdout: '',
    lines: 1,
  });
  expect(stderr).toMatch(line);
  expect(stderr).not.toMatch(/^\s+at /m);
}

const good = writeDesign(smallDesign());

function changed(change: (design: Design) => void): string {
  const design = structuredClone(smallDesign());
  change(design);
  return JSON.stringify(design);
}

const paramOf = (name: string, value: unknown): string =>
  changed((design) => {
    (design.board.nodes[2].binding as { params: Record<string, unknown> }).params = { [name]: value };
  });

describe('a design that cannot be run', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /the file is empty \(.*empty\.runboard\)/],
    ['truncated', good.slice(0, 500), /cut short.*in the middle of line/],
    ['not JSON', good.replace('"seed"', 'seed'), /not valid JSON at line \d+, column \d+/],
    [
      'a database',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.from([0xff, 0xfe, 0x80])]),
      /starts like an SQLite database/,
    ],
    ['a table', 'user,item\n1,2\n', /not a design: it starts with "user,item/],
    ['another JSON', '{"name": "runboard"}', /"format" must be "runboard"/],
    [
      'newer',
      JSON.stringify({ ...smallDesign(), version: 9, createdBy: 'Runboard 4.2' }),
      /made by Runboard 4\.2 in version 9 of the file format; this Runboard reads up to version 1/,
    ],
    [
      'newer and unreadable',
      JSON.stringify({ format: 'runboard', version: 9, pages: [] }),
      /version 9 of the file format/,
    ],
    [
      'prototype',
      good.replace('"title": "Small"', '"__proto__": {"x": 1}, "title": "Small"'),
      /holds the key "__proto__"/,
    ],
    ['wrong type', good.replace('"x": 260', '"x": "260"'), /x of node "split" must be a number, is "260"/],
    [
      'cyclic',
      changed((design) => {
        design.board.nodes.push(bound('merge', 'merge'));
        design.board.edges = wires(
          'source>split',
          'split>popular',
          'popular>merge',
          'merge>cap',
          'cap>merge',
          'cap>evaluate',
        );
      }),
      /cycle|circle/i,
    ],
    [
      'dangling',
      changed((design) => design.board.edges.push(...wires('cap>nowhere'))),
      /edge "cap>nowhere" goes to node "nowhere", which does not exist/,
    ],
    [
      'duplicate',
      changed((design) => design.board.nodes.push(drawn('gateway', 'gateway'))),
      /two nodes have the id "gateway"/,
    ],
    [
      'unknown component',
      changed((design) => design.board.nodes.push(bound('x', 'popularitty'))),
      /"popularitty", which is not in the catalogue \(did you mean "popularity"\?\)/,
    ],
    ['wrong port', changed((design) => design.board.edges.push(...wires('source>popular'))), /popular/],
    [
      'no such port',
      changed((design) => design.board.edges.push({ id: 'p', from: 'split', to: 'popular', toPort: 'nonsense' })),
      /nonsense/,
    ],
    ['out of range', paramOf('keep', 1e9), /keep must be at most .* is 1000000000.*popular/],
    ['of the wrong type', paramOf('keep', 'many'), /keep must be a number, is "many".*popular/],
    ['unknown parameter', paramOf('kep', 3), /kep is not a parameter of popularity.*popular/],
    [
      'nothing bound',
      JSON.stringify(smallDesign({ board: { nodes: [drawn('a', 'gateway')], edges: [] } })),
      /nothing on the board is bound/,
    ],
  ])('%s', async (name, content, line) => {
    const file = `${name}.runboard`;
    writeFileSync(join(cwd, file), content);
    await refused(['run', file, '--data', 'd.db'], line);
    expect(readFileSync(join(cwd, file))).toEqual(Buffer.from(content));
  });

  it('missing, a folder, below a file', async () => {
    await refused(['run', 'missing.runboard'], /no such file or folder \(.*missing\.runboard\)/);
    await refused(['run', 'folder.runboard'], /this is a folder, not a file/);
    await refused(['run', 'good.runboard/x.runboard'], /part of the path is a file/);
  });

  it('without data, or with data that is none', async () => {
    await refused(['run', 'good.runboard'], /names no data set .*--data/);
    await refused(['run', 'good.runboard', '--data', 'missing.db'], /missing\.db/);
    await refused(['run', 'good.runboard', '--data', 'in.csv'], /in\.csv/);
  });

  it('leaves no run behind', async () => {
    const { stdout } = await runboard(['runs', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual([]);
  });
});

describe('what is kept', () => {
  it('an unknown kind runs and is exported as drawn', async () => {
    writeFileSync(
      join(cwd, 'kind.runboard'),
      changed((design) => design.board.nodes.push(drawn('q', 'quantum.oracle', { title: 'Oracle' }))),
    );
    const folder = folderWith();
    const ran = await runboard(['run', join(cwd, 'kind.runboard'), '--data', join(cwd, 'd.db'), '--json'], {
      cwd: folder,
    });
    expect(ran.code).toBe(0);
    expect(
      (await runboard(['export', join(cwd, 'kind.runboard'), '--format', 'svg', '--out', 'o'], { cwd: folder })).code,
    ).toBe(0);
    expect(readFileSync(join(folder, 'o/board.svg'), 'utf8')).toMatch(/Oracle[\s\S]*quantum\.oracle/);
  });

  it('a mended design can be exported, and what was mended is said', async () => {
    writeFileSync(
      join(cwd, 'mended.runboard'),
      changed((design) => design.board.edges.push(...wires('cap>nowhere'))),
    );
    const { code, stderr } = await runboard(['export', 'mended.runboard', '--format', 'mermaid', '--out', 'm'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/edge "cap>nowhere" goes to node "nowhere", which does not exist: kept aside/);
  });

  it('a file that is there already', async () => {
    const templates = JSON.parse((await runboard(['templates', '--json'], { cwd })).stdout) as { id: string }[];
    expect(templates.length).toBeGreaterThan(0);
    await refused(['new', templates[0].id, '--out', 'good.runboard'], /there is a file already \(.*good\.runboard\)/);
    expect(readFileSync(join(cwd, 'good.runboard'), 'utf8')).toBe(good);
  });
});

describe('wrong usage', () => {
  it.each<[string[], RegExp]>([
    [['nonsense'], /unknown command 'nonsense'/],
    [['run'], /missing required argument 'design'.*runboard run --help/],
    [['run', 'good.runboard', '--sed', '1'], /unknown option '--sed'.*--seed/],
    [['run', 'good.runboard', '--seed', '1.5'], /--seed must be a whole number from 0, is "1\.5"/],
    [['run', 'good.runboard', '--threads', '0'], /--threads must be a whole number from 1/],
    [['run', 'good.runboard', '--data', 'd.db', '--set', 'popular'], /--set is written node\.param=value/],
    [['run', 'good.runboard', '--data', 'd.db', '--set', 'populr.keep=1'], /populr/],
    [['run', 'good.runboard', '--data', 'd.db', '--set', 'popular.kep=1'], /kep/],
    [['run', 'good.runboard', '--data', 'd.db', '--set', 'popular.keep=lots'], /keep must be a number, is "lots"/],
    [['run', 'good.runboard', '--data', 'd.db', '--set', 'gateway.keep=1'], /gateway/],
    [['run', 'good.runboard', '--data', 'd.db', '--until', 'nowhere'], /nowhere/],
    [['show', 'r-9999'], /r-9999/],
    [['compare', 'r-9998', 'r-9999'], /r-9998/],
    [['trace', 'r-9999', '--user', 'u1'], /r-9999/],
    [['trace', 'r-9999'], /r-9999/],
    [['export', 'good.runboard', '--format', 'pdf', '--out', 'x'], /'pdf' is invalid.*md, html, svg, mermaid/],
    [['export', 'good.runboard', '--format', 'md', '--out', 'good.runboard/x'], /good\.runboard/],
    [['new', 'video-recomendation', '--out', 'x.runboard'], /no template "video-recomendation"/],
    [['components', 'eas'], /no component "eas"/],
    [['generate', 'nonsense', '--out', 'x.db'], /nonsense/],
    [['generate', 'video-catalogue', '--out', 'x.db', '--users', '-3'], /--users must be a whole number/],
    [['import', 'in.csv', '--format', 'excel', '--out', 'x.db'], /'excel' is invalid/],
    [['import', 'in.csv', '--format', 'csv', '--out', 'x.db', '--map', 'user'], /--map is written role=column/],
    [['inspect', 'in.csv'], /in\.csv/],
  ])('%j', async (args, line) => {
    await refused(args, line);
  });

  it('is a document too, with --json', async () => {
    const { code, stdout } = await runboard(['run', 'missing.runboard', '--json'], { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'not-found', what: expect.any(String) as string, where: join(cwd, 'missing.runboard') },
    });
  });

  it('has left nothing half-made', () => {
    expect(readdirSync(cwd).filter((name) => /^x\.|\.tmp$/.test(name))).toEqual([]);
    expect(existsSync(join(cwd, 'x'))).toBe(false);
  });
});

describe('help', () => {
  const commands = [
    'components',
    'templates',
    'new',
    'generate',
    'import',
    'inspect',
    'run',
    'runs',
    'show',
    'compare',
    'trace',
    'export',
    'doctor',
  ];

  it.each(commands)('%s shows an example that begins as it is typed', async (command) => {
    const { code, stdout, stderr } = await runboard([command, '--help'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`Example: runboard ${command}\\b`));
  });

  it('lists the commands', async () => {
    const { stdout } = await runboard(['--help'], { cwd });
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[options\]|<)/gm)].map((found) => found[1]);
    expect(listed).toEqual(expect.arrayContaining(commands));
  });

  it('is what a bare call gives, with exit code 2', async () => {
    expect(await runboard([], { cwd })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^Usage: runboard/) as string,
    });
  });
});
