// npm run bench -- tune [name]: how the presets and the settings of the templates were chosen. Every setting of a grid is
// trained on the training part and measured on validation: the validation part, folds of the training queries, or a
// generated world of another seed. No metric of test data is computed. Prints each search as a table, and the winner.
import { join } from 'node:path';
import { realData } from '../support/real-data.ts';
import { queryFolds } from './query-folds.ts';
import { searches, type Search } from './searches.ts';
import { openTemplateRuns } from './template-runs.ts';

const runs = await openTemplateRuns();
const only = process.argv[3];
const wanted = searches.filter(({ name, template }) => only === undefined || name === only || template === only);
if (wanted.length === 0) {
  console.error(`There is no search ${only}; there are ${searches.map(({ name }) => name).join(', ')}.`);
  process.exitCode = 2;
}
for (const search of wanted) await tune(search);
await runs.close();

type Setting = Readonly<Record<string, string>>;

/** Every combination of a grid, the last parameter changing fastest. */
function settingsOf(grid: Search['grid']): Setting[] {
  return Object.entries(grid).reduce<Setting[]>(
    (all, [param, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [param]: String(value) }))),
    [{}],
  );
}

/** The data sets that a setting is measured on; undefined where they are absent. */
async function dataOf({ name, validation }: Search): Promise<(string | null)[] | undefined> {
  if (validation.on === 'another world') return [null];
  const path = realData(validation.folder);
  if (path === undefined) return undefined;
  if (validation.on === 'validation part') return [await runs.imported(path, validation.format)];
  const folds: string[] = [];
  for (const fold of queryFolds(path, join(runs.folder, name), validation.folds))
    folds.push(await runs.imported(fold, 'libsvm'));
  return folds;
}

interface Tried {
  readonly setting: Setting;
  readonly value: number;
  readonly allowed: boolean;
}

async function tried(search: Search, setting: Setting, data: readonly (string | null)[]): Promise<Tried> {
  const { template, validation, evaluation, fixed } = search;
  const asked = validation.on === 'another world' ? { world: validation.world } : {};
  const part: Setting = validation.on === 'another world' ? {} : { [`${evaluation}.part`]: 'validation' };
  const set = { ...fixed, ...setting, ...part, [`${evaluation}.resamples`]: '100' };
  const values: number[] = [];
  let allowed = true;
  for (const one of data) {
    const run = await runs.run({ template, seed: 1, data: one, set, until: evaluation, ...asked });
    values.push(search.measure(run));
    allowed &&= search.allowed?.(run) ?? true;
  }
  return { setting, value: values.reduce((sum, one) => sum + one, 0) / values.length, allowed };
}

async function tune(search: Search): Promise<void> {
  const { name, validation, figure, grid, fixed } = search;
  const where = validation.on === 'another world' ? `a world of seed ${validation.world}` : validation.on;
  console.log(`\n${name}: ${figure} on ${where}${fixed ? `, with ${JSON.stringify(fixed)}` : ''}\n`);
  const data = await dataOf(search);
  if (data === undefined) return console.log('not run: the data are absent');
  const params = Object.keys(grid);
  console.log(`| ${params.join(' | ')} | ${figure} |\n|${'---|'.repeat(params.length + 1)}`);
  let best: Tried | undefined;
  for (const setting of settingsOf(grid)) {
    const one = await tried(search, setting, data);
    if (one.allowed && (best === undefined || one.value > best.value)) best = one;
    console.log(
      `| ${params.map((param) => setting[param]).join(' | ')} | ${one.value.toFixed(4)}${one.allowed ? '' : ' (not allowed)'} |`,
    );
  }
  if (best === undefined) return console.log('\nno setting is allowed');
  console.log(
    `\nchosen: ${Object.entries(best.setting)
      .map((pair) => pair.join('='))
      .join(', ')} (${best.value.toFixed(4)})`,
  );
}
