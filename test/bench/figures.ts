// npm run bench -- figures: every figure that the README's table promises, measured anew on the real data and printed as that
// table: mean over seeds 1, 2, 3. Data that is absent is reported as not run. Exit code 1 where a figure is missed.
// This looks at test data: settings are chosen by `npm run bench -- tune`, which does not.
import { realData } from '../support/real-data.ts';
import { figures, type Figure } from './figure-table.ts';
import { openTemplateRuns } from './template-runs.ts';

const runs = await openTemplateRuns();

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

const shown = (value: number): string => value.toFixed(4).replace(/^(-?)0/, '$1');

async function valueOf(figure: Figure, data: string | null, seed: number): Promise<number> {
  const { template, until, set } = figure;
  const asked = { template, data, seed, ...(until && { until }), ...(set && { set }) };
  const first = await runs.run(asked);
  return figure.measure(
    first,
    figure.against === undefined ? first : await runs.run({ ...asked, set: figure.against }),
  );
}

/** All values, or their scatter where there are many. */
function scatter(values: readonly number[]): string {
  if (values.length <= 3) return values.map(shown).join(', ');
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return `${values.length} seeds, standard deviation ${shown(deviation)}`;
}

let missed = 0;
let notRun = 0;
console.log('| data, protocol | component | metric | required | measured | seeds 1, 2, 3 |\n|---|---|---|---|---|---|');
// `npm run bench -- figures learning-to-rank` measures the figures of one template only, `… figures DCN-v2` those of a component.
const only = process.argv[3];
for (const figure of figures.filter((one) => only === undefined || only === one.template || only === one.component)) {
  const line = `| ${figure.protocol} | ${figure.component} | ${figure.metric} | ${figure.required} |`;
  const path = figure.data === null ? undefined : realData(figure.data.folder);
  if (figure.data !== null && path === undefined) {
    notRun++;
    console.log(`${line} not run: ${figure.data.folder} is absent | |`);
    continue;
  }
  const data = figure.data === null || path === undefined ? null : await runs.imported(path, figure.data.format);
  const values: number[] = [];
  for (let seed = 1; seed <= (figure.seeds ?? 3); seed++) values.push(await valueOf(figure, data, seed));
  const holds = figure.holds(mean(values), values);
  if (!holds) missed++;
  console.log(`${line} ${shown(mean(values))}${holds ? '' : ' **missed**'} | ${scatter(values)} |`);
}
await runs.close();
console.error(`${missed} figures missed, ${notRun} not run`);
process.exitCode = missed > 0 ? 1 : 0;
