import type { InputPort } from '../../shared/contract/component.ts';
import type { Candidates, Examples, Metrics, Model, PortType, Split, Value } from '../../shared/contract/values.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';
import { CandidateLists } from '../../shared/values/candidate-lists.ts';
import { hiddenItems } from '../../shared/values/history.ts';
import { describePairs } from '../../shared/values/pair-features.ts';

/** Every item that may be shown, in a noisy order that knows nothing of taste. */
export function sampleCandidates(split: Split, type: 'candidates' | 'list' = 'candidates', seed = 1): Candidates {
  const lists = new CandidateLists(split, split.requests, split.dataset.items.ids.length);
  const random = new Xoshiro(seed, 'sample candidates');
  for (let r = 0; r < split.requests.user.length; r++) {
    const hidden = new Set(hiddenItems(split, split.requests, r));
    const scored = split.dataset.items.ids
      .map((_, item) => ({ item, score: random.next() }))
      .filter(({ item }) => !hidden.has(item));
    scored.sort((a, b) => b.score - a.score);
    lists.add(
      Int32Array.from(scored, (one) => one.item),
      Float32Array.from(scored, (one) => one.score),
    );
  }
  return lists.finish('sample', type);
}

/** Every user with every item, labelled by whether they share their parity: what the checkerboard teaches. */
export function sampleExamples(split: Split): Examples {
  const users = split.dataset.users.ids.length;
  const items = split.dataset.items.ids.length;
  const rows = users * items;
  const user = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / items));
  const item = Int32Array.from({ length: rows }, (_, row) => row % items);
  const label = Float32Array.from({ length: rows }, (_, row) => ((user[row] + item[row]) % 2 === 0 ? 1 : 0));
  const part = Uint8Array.from({ length: rows }, (_, row) => (row % 7 === 5 ? 1 : row % 7 === 6 ? 2 : 0));
  const wanted = [
    { name: 'user.id', from: 'user' },
    { name: 'item.id', from: 'item' },
    ...Object.entries(split.dataset.items.table.columns)
      .filter(([, column]) => column.kind === 'category' || column.kind === 'tags')
      .map(([name]) => ({ name: `item.${name}`, from: 'item' as const })),
    ...split.crosses.map(({ name }) => ({ name: `cross.${name}`, from: 'cross' as const })),
  ] as const;
  const features = describePairs(split, wanted, {
    rows,
    user,
    item,
    event: null,
    context: null,
    trainRow: null,
    score: null,
  });
  return {
    type: 'examples',
    split,
    rows,
    features,
    label,
    part,
    weight: null,
    group: user,
    user,
    item,
    time: null,
    labelling: 'parity',
    prediction: null,
    probability: false,
  };
}

/** The same examples as a ranker hands them on: scored by something better than chance. */
export function scoredExamples(split: Split): Examples {
  const examples = sampleExamples(split);
  const random = new Xoshiro(1, 'scores');
  return {
    ...examples,
    prediction: examples.label.map((label) => 0.2 + 0.5 * label + 0.3 * random.next()),
    probability: true,
  };
}

export function sampleModel(split: Split): Model {
  const random = new Xoshiro(1, 'vectors');
  const vectors = (count: number): Float32Array => Float32Array.from({ length: count * 4 }, () => random.normal());
  return {
    type: 'model',
    component: 'sample',
    split,
    vectors: {
      width: 4,
      users: vectors(split.dataset.users.ids.length),
      items: vectors(split.dataset.items.ids.length),
    },
  };
}

export function sampleMetrics(): Metrics {
  return {
    type: 'metrics',
    origin: 'measured',
    metrics: { 'ndcg@10': { value: 0.5, low: 0.4, high: 0.6, n: 3 } },
    baselines: {},
    slices: {},
    users: Int32Array.of(0, 1, 2),
    perUser: { 'ndcg@10': Float32Array.of(0.4, 0.5, 0.6) },
    plots: [],
    sheets: [],
  };
}

function sampleValue(type: PortType, split: Split, port: string): Value {
  switch (type) {
    case 'dataset':
      return split.dataset;
    case 'split':
      return split;
    case 'candidates':
    case 'list':
      return sampleCandidates(split, type);
    case 'examples':
      return /train/.test(port) ? sampleExamples(split) : scoredExamples(split);
    case 'model':
      return sampleModel(split);
    case 'metrics':
      return sampleMetrics();
  }
}

/** A value of a fitting type for every input port; two for ports that take many. */
export function sampleInputs(
  inputs: Readonly<Record<string, InputPort>>,
  split: Split,
): Record<string, Value | Value[]> {
  const filled: Record<string, Value | Value[]> = {};
  for (const [name, port] of Object.entries(inputs)) {
    const value = sampleValue(port.types[0], split, port.training === true ? 'train' : name);
    const second =
      value.type === 'candidates' || value.type === 'list' ? sampleCandidates(split, value.type, 2) : value;
    filled[name] = port.many === true ? [value, second] : value;
  }
  return filled;
}
