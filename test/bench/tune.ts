// npm run bench -- tune [name] [node.param=value,value …]: how the presets and the settings of the templates were chosen. Every setting of a grid is
// trained on the training part and measured on validation: the validation part, folds of the training queries, or a
// generated world of another seed. No metric of test data is computed. Prints each search as a table, and the winner. Values
// after the name keep only those settings of its grid, so that a long search can be run in parts.
import { join } from 'node:path';
import { realData } from '../support/real-data.ts';
import { queryFolds } from './query-folds.ts';
import { searches, type Search } from './searches.ts';
import { openTemplateRuns } from './template-runs.ts';

const runs = await openTemplateRuns();
const only = process.argv[3];
const kept = process.argv.slice(4).map((one) => {
  const [param, values = ''] = one.split('=');
  return { param, values: values.split(',') };
});
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
  return Object.entries(grid)
    .reduce<Setting[]>(
      (all, [param, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [param]: String(value) }))),
      [{}],
    )
    .filter((one) => kept.every(({ param, values }) => values.includes(one[param])));
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
  /** Why it cannot be chosen; empty where it can. */
  readonly fault: string;
}

async function tried(search: Search, setting: Setting, data: readonly (string | null)[]): Promise<Tried> {
  const { template, validation, evaluation, fixed } = search;
  const asked = validation.on === 'another world' ? { world: validation.world } : {};
  const part: Setting = validation.on === 'another world' ? {} : { [`${evaluation}.part`]: 'validation' };
  const set = { ...fixed, ...setting, ...part, [`${evaluation}.resamples`]: '100' };
  const values: number[] = [];
  let fault = '';
  for (const one of data) {
    const run = await runs.run({ template, seed: 1, data: one, set, until: evaluation, ...asked });
    // A learning rate that is too high diverges.
    if (run.status !== 'done') return { setting, value: NaN, fault: 'failed' };
    values.push(search.measure(run));
    if (search.allowed?.(run) === false) fault = 'not allowed';
  }
  return { setting, value: values.reduce((sum, one) => sum + one, 0) / values.length, fault };
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
    if (one.fault === '' && (best === undefined || one.value > best.value)) best = one;
    console.log(`| ${params.map((param) => setting[param]).join(' | ')} | ${resultOf(one)} |`);
  }
  if (best === undefined) return console.log('\nno setting is allowed');
  console.log(
    `\nchosen: ${Object.entries(best.setting)
      .map((pair) => pair.join('='))
      .join(', ')} (${best.value.toFixed(4)})`,
  );
}

function resultOf({ value, fault }: Tried): string {
  if (Number.isNaN(value)) return fault;
  return fault === '' ? value.toFixed(4) : `${value.toFixed(4)} (${fault})`;
}
