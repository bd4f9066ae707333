import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Candidates, Examples, LabelledRows, Split } from '#shared/contract/values.ts';
import { describePairs } from '#shared/values/pair-features.ts';
import { chosenColumns, chosenFeatures, crossFeatures } from './columns.ts';
import { groupedOrder, groupNumbers, picked, reordered } from './drawn-rows.ts';
import type { DrawnRows } from './drawn-rows.ts';
import { eventsByPart, explicitLabels } from './labelled-events.ts';
import { sampledNegatives } from './negatives.ts';
import { proposedItems, type ProposedRows } from './proposed-items.ts';
import { shownItems } from './shown-items.ts';
import { spec } from './spec.ts';

type Params = ParamValues<typeof spec.params>;

export const component = implement(spec, {
  apply(_, { split, candidates }, params, context) {
    const flat = split.dataset.examples;
    const examples =
      split.dataset.shape === 'examples' && flat !== null
        ? flatExamples(split, flat, params)
        : eventExamples(split, candidates, params, context);
    report(examples, context);
    return { examples };
  },
});

function draw(
  split: Split,
  candidates: Candidates | undefined,
  params: Params,
  context: Context,
): DrawnRows | ProposedRows {
  const { source } = params;
  if (source === 'labels') return explicitLabels(split, params);
  if (source === 'candidates') return proposedItems(split, candidates, params, context.random('negatives'));
  if (source === 'impressions') {
    return shownItems(split, context.random('parts'), {
      inverse: params.weighting === 'inverse-propensity',
      maximum: params.maximumWeight,
    });
  }
  const drawn = sampledNegatives(
    split,
    candidates,
    { ...params, source },
    params.positive,
    context.random('negatives'),
  );
  if (drawn.missed > 0)
    context.warn(`${drawn.missed} negatives could not be drawn: no candidates for the user, or all of them known`);
  return drawn;
}

function eventExamples(split: Split, candidates: Candidates | undefined, params: Params, context: Context): Examples {
  const drawn = draw(split, candidates, params, context);
  context.progress(0.4, 'joining columns');
  const order = groupedOrder(drawn.part, drawn.key);
  const rows = reordered(drawn, order);
  const table = params.source === 'impressions' ? split.dataset.impressions?.table : undefined;
  const shown = table ?? split.dataset.events.table;
  const scored = 'score' in drawn;
  const score: { name: string; from: 'pair' }[] = scored ? [{ name: 'pair.score', from: 'pair' }] : [];
  const features = describePairs(split, [...score, ...chosenFeatures(split, shown, params)], {
    rows: order.length,
    user: rows.user,
    item: rows.item,
    event: rows.source,
    context: shown,
    trainRow: rows.trainRow,
    score: scored ? picked(drawn.score, order) : null,
  });
  return {
    type: 'examples',
    split,
    rows: order.length,
    features,
    label: rows.label,
    part: rows.part,
    weight: rows.weight,
    group: groupNumbers(order, drawn.part, drawn.key),
    user: rows.user,
    item: rows.item,
    time: rows.time,
    labelling: rows.labelling,
    prediction: null,
    probability: false,
  };
}

/** A flat table keeps its labels and groups; its rows are put part after part, group after group. */
function flatExamples(split: Split, flat: LabelledRows, params: Params): Examples {
  const { rows, part } = eventsByPart(split);
  const key = flat.group === null ? new Int32Array(rows.length) : picked(flat.group, rows);
  const order = groupedOrder(part, key);
  const source = picked(rows, order);
  const parts = picked(part, order);
  const wanted = [...chosenColumns('row', flat.table, params.rowColumns), ...crossFeatures(split)];
  const features = describePairs(split, wanted, {
    rows: source.length,
    user: null,
    item: null,
    event: source,
    context: flat.table,
    trainRow: source.map((row, i) => (parts[i] === 0 ? row : -1)),
    score: null,
  });
  return {
    type: 'examples',
    split,
    rows: source.length,
    features,
    label: picked(flat.label, source),
    part: parts,
    weight: null,
    group: flat.group === null ? null : groupNumbers(order, part, key),
    user: null,
    item: null,
    time: flat.time === null ? null : picked(flat.time, source),
    labelling: `column ${split.dataset.roles['label'] ?? 'label'} of the table`,
    prediction: null,
    probability: false,
  };
}

function report(examples: Examples, context: Context): void {
  const counts = [0, 0, 0];
  const sums = [0, 0, 0];
  const seen = new Set<number>();
  for (let row = 0; row < examples.rows; row++) {
    counts[examples.part[row]]++;
    sums[examples.part[row]] += examples.label[row];
    if (examples.part[row] === 0 && seen.size < 2) seen.add(examples.label[row]);
  }
  if (counts[0] === 0) {
    throw new RunboardError('bad-data', 'no training example is left', {
      where: examples.labelling,
      remedy: 'widen the thresholds, or split so that something is left to learn from',
    });
  }
  if (seen.size < 2) {
    const only = [...seen][0];
    context.warn(`every training label is ${only}: nothing can be learned; draw negatives, or set other thresholds`);
  }
  const mean = (part: number): string => (counts[part] === 0 ? '–' : (sums[part] / counts[part]).toFixed(4));
  context.log(`labels: ${examples.labelling}`);
  context.sheet({
    id: 'parts',
    title: `Examples: ${examples.labelling}`,
    columns: ['part', 'examples', 'mean label'],
    rows: ['train', 'validation', 'test'].map((name, part) => [name, counts[part], mean(part)]),
  });
}
