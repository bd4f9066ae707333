import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { Reach } from '../../main/hosts/web/reach.ts';

let root: string;
let reach: Reach;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runboard-reach-'));
  for (const folder of ['here/.ssh', 'here/.runboard/data', 'here/sub', 'usb/.hidden', 'elsewhere'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'elsewhere/secret.csv'), 'a\n');
  reach = new Reach({
    workspace: join(root, 'here/.runboard'),
    visible: [join(root, 'here')],
    given: [join(root, 'usb')],
  });
});

const has = (path: string): boolean => reach.has(join(root, path));

it('has what lies in a declared folder, whether it is there yet or not', () => {
  for (const path of ['here', 'here/a.csv', 'here/sub/new/b.runboard', 'here/.runboard/data/x.db', 'usb/.hidden/c.csv'])
    expect(has(path), path).toBe(true);
});

it('has nothing else, however it is spelt, and nothing hidden', () => {
  for (const path of [
    'elsewhere/secret.csv',
    'here/../elsewhere/secret.csv',
    'here2/a.csv',
    '.',
    'here/.ssh/key',
    'here/.env',
  ])
    expect(has(path), path).toBe(false);
  for (const path of ['/etc/passwd', '/proc/self/environ', '', '/', 'x/'.repeat(100_000), `${root}/elsewhere\0`])
    expect(reach.has(path), path.slice(0, 40)).toBe(false);
});

it('follows links before it looks', () => {
  symlinkSync(join(root, 'elsewhere'), join(root, 'here/link'));
  symlinkSync(join(root, 'here/.ssh'), join(root, 'here/keys'));
  symlinkSync(join(root, 'here/sub'), join(root, 'elsewhere/back'));
  expect(['here/link/secret.csv', 'here/link/new.csv', 'here/keys/key'].map(has)).toEqual([false, false, false]);
  expect(has('elsewhere/back/a.csv')).toBe(true);
});

it('opens no disk to who starts the program at its root', () => {
  const whole = new Reach({ workspace: join(root, 'here/.runboard'), visible: [parse(root).root], given: [] });
  expect(whole.has(join(root, 'elsewhere/secret.csv'))).toBe(false);
});

it('looks at every name that an input has for a file, and at the data of a design that is run', () => {
  const good = join(root, 'here/a');
  const bad = join(root, 'elsewhere/a');
  for (const name of ['path', 'out', 'data', 'designPath']) {
    expect(reach.faultOf({ [name]: good }), name).toBeNull();
    expect(reach.faultOf({ [name]: bad }), name).toMatchObject({ code: 'bad-input', where: bad });
  }
  const design = { data: { path: '../elsewhere/a' } };
  expect(reach.faultOf({ design, designPath: good })).toMatchObject({ where: bad });
  expect(reach.faultOf({ design, designPath: good, data: good })).toBeNull();
  expect(reach.faultOf({ design })).toBeNull();
  for (const odd of [undefined, null, 7, 'text', { path: 7 }, { design: null, designPath: null }])
    expect(reach.faultOf(odd)).toBeNull();
});
