// npm run bench -- figures: every figure that the README's table promises, measured anew on the real data and printed as that
// table: mean over seeds 1, 2, 3. Data that is absent is reported as not run. Exit code 1 where a figure is missed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Design } from '../../shared/contract/design.ts';
import type { Call } from '../../shared/contract/methods.ts';
import type { RunResult } from '../../shared/contract/results.ts';
import { openEngine } from '../../main/engine-process/engine.ts';
import { importDataset } from '../../main/node/datasets/import.ts';
import { realData } from '../support/real-data.ts';
import { figures, type Figure } from './figure-table.ts';

const seeds = [1, 2, 3];
const root = join(import.meta.dirname, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'runboard-figures-'));
const call: Call = { signal: new AbortController().signal, emit() {} };
const engine = await openEngine({ workspace });
const imported = new Map<string, string | undefined>();

/** Path of the imported data set of a figure; undefined where its files are absent, null where the template brings its own. */
async function dataOf(figure: Figure): Promise<string | undefined | null> {
  if (figure.data === null) return null;
  const { folder, format } = figure.data;
  if (!imported.has(folder)) {
    const path = realData(folder);
    const out = join(workspace, `${folder}.db`);
    if (path !== undefined) await importDataset({ path, format, out });
    imported.set(folder, path === undefined ? undefined : out);
  }
  return imported.get(folder);
}

async function run(figure: Figure, data: string | null, seed: number, set = figure.set): Promise<RunResult> {
  const design = JSON.parse(
    readFileSync(join(root, 'assets/templates', `${figure.template}.runboard`), 'utf8'),
  ) as Design;
  return engine.start({ design, designPath: null, seed, set, ...(data === null ? {} : { data }) }, call);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

const shown = (value: number): string => value.toFixed(4).replace(/^0/, '');

let missed = 0;
let notRun = 0;
console.log('| data, protocol | component | metric | required | measured | seeds 1, 2, 3 |\n|---|---|---|---|---|---|');
// `npm run bench -- figures learning-to-rank` measures the figures of one template only.
const only = process.argv[3];
for (const figure of figures.filter((one) => only === undefined || one.template === only)) {
  const data = await dataOf(figure);
  const line = `| ${figure.protocol} | ${figure.component} | ${figure.metric} | ${figure.required} |`;
  if (data === undefined) {
    notRun++;
    console.log(`${line} not run: ${figure.data?.folder} is absent | |`);
    continue;
  }
  const values: number[] = [];
  for (const seed of seeds) {
    const first = await run(figure, data, seed);
    values.push(
      figure.measure(first, figure.against === undefined ? first : await run(figure, data, seed, figure.against)),
    );
  }
  const holds = figure.holds(mean(values), values);
  if (!holds) missed++;
  console.log(`${line} ${shown(mean(values))}${holds ? '' : ' **missed**'} | ${values.map(shown).join(', ')} |`);
}
await engine.close();
rmSync(workspace, { recursive: true, force: true });
console.error(`${missed} figures missed, ${notRun} not run`);
process.exitCode = missed > 0 ? 1 : 0;
