// What every component, kind and metric says of itself, over the whole catalogue.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specs } from '../../shared/components/specs.generated.ts';
import { stages } from '../../shared/contract/component.ts';
import { kinds } from '../../shared/contract/kinds.ts';
import { paramFault } from '../../shared/contract/params.ts';
import { icons } from '../../shared/documents/board/icons.generated.ts';
import { metrics } from '../../shared/metrics/metrics.generated.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'shared/components');

describe.each(Object.values(specs).map((spec) => [spec.id, spec] as const))('%s', (id, spec) => {
  const place = join(folder, spec.stage, id);

  it('lies in the folder of its stage and name, with all four files', () => {
    expect(stages).toContain(spec.stage);
    for (const file of ['spec.ts', 'run.ts', 'run.test.ts', 'doc.md'])
      expect(existsSync(join(place, file)), file).toBe(true);
    expect(Object.keys(kinds)).toContain(spec.kind);
    expect(icons, 'an icon of lucide').toHaveProperty([spec.icon]);
  });

  it('has defaults within their ranges, and a title and a sentence for everything', () => {
    for (const [name, param] of Object.entries(spec.params)) {
      expect(paramFault(param, param.default), name).toBeNull();
      expect(param.title.length, name).toBeGreaterThan(0);
      expect(param.help, name).toMatch(/\S+ \S+/);
    }
    for (const port of Object.values(spec.inputs)) expect(port.help.length).toBeGreaterThan(5);
    expect(spec.summary).toMatch(/\.$/);
    expect(spec.cost.length).toBeGreaterThan(0);
  });

  it('has help under the fixed headings that names every parameter', () => {
    const doc = readFileSync(join(place, 'doc.md'), 'utf8');
    for (const heading of ['When to use', 'How it works', 'Parameters', 'How it fails', 'In production'])
      expect(doc).toContain(`## ${heading}`);
    for (const name of Object.keys(spec.params)) expect(doc, `parameter ${name}`).toContain(`\`${name}\``);
  });
});

it.each(Object.entries(kinds))('the kind %s has an icon of lucide', (_, { icon }) => {
  expect(icons).toHaveProperty([icon]);
});

describe('metrics', () => {
  const tests = globSync('{shared/metrics,shared/components/evaluation/*,test/golden}/*.test.ts', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

  it.each(Object.keys(metrics))('%s is held to a number in a test', (id) => {
    expect(tests).toMatch(new RegExp(`['"\`]${id}['"\`@]|/${id}\\.ts'`));
  });
});
