import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { testContext } from '../../../../test/support/context.ts';
import { defaultParams } from '../../../../test/support/default-params.ts';
import { realData } from '../../../../test/support/real-data.ts';
import type { CategoryColumn, Column, Examples, Feature, TagsColumn } from '#shared/contract/values.ts';
import { auc } from '#shared/kernels/auc.ts';
import { shuffle, Xoshiro } from '#shared/kernels/random.ts';
import { gather } from '#shared/values/join.ts';
import { component } from './run.ts';

const folder = realData('ml-100k');

/** Rows of one of RecBole's tab-separated files, without its header. */
function rowsOf(extension: string): string[][] {
  const lines = readFileSync(`${folder}/ml-100k.${extension}`, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.trimEnd().split('\t'));
}

function category(words: readonly string[]): CategoryColumn {
  const names = [...new Set(words)].sort();
  const codeOf = new Map(names.map((name, code) => [name, code]));
  return { kind: 'category', codes: Int32Array.from(words, (word) => codeOf.get(word) ?? -1), names };
}

function tags(lists: readonly (readonly string[])[]): TagsColumn {
  const { codes, names } = category(lists.flat());
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, row) => (offsets[row + 1] = offsets[row] + list.length));
  return { kind: 'tags', offsets, codes, names };
}

/** MovieLens 100K as RecBole makes clicks of it: threes left out, from four on 1; 8:1:1 at random. */
function clicks(): Examples {
  const users = rowsOf('user');
  const items = rowsOf('item');
  const userAt = new Map(users.map((row, at) => [row[0], at]));
  const itemAt = new Map(items.map((row, at) => [row[0], at]));
  const rated = rowsOf('inter').filter((row) => row[2] !== '3');
  const order = shuffle(Int32Array.from(rated.keys()), new Xoshiro(1, 'clicks'));
  const user = Int32Array.from(order, (at) => userAt.get(rated[at][0]) ?? -1);
  const item = Int32Array.from(order, (at) => itemAt.get(rated[at][1]) ?? -1);
  const joined = (name: string, from: 'user' | 'item', column: Exclude<Column, { kind: 'target' }>): Feature => ({
    name,
    from,
    column: gather(column, from === 'user' ? user : item),
  });
  const features = [
    joined('user.id', 'user', category(users.map((row) => row[0]))),
    joined('item.id', 'item', category(items.map((row) => row[0]))),
    joined('user.age', 'user', { kind: 'number', values: Float32Array.from(users, (row) => Number(row[1])) }),
    joined('user.gender', 'user', category(users.map((row) => row[2]))),
    joined('user.occupation', 'user', category(users.map((row) => row[3]))),
    joined('item.year', 'item', { kind: 'number', values: Float32Array.from(items, (row) => Number(row[2] || NaN)) }),
    joined('item.genres', 'item', tags(items.map((row) => (row[3] ?? '').split(' ').filter((genre) => genre !== '')))),
  ];
  return {
    type: 'examples',
    // The trees read nothing of the split where no candidates are wired.
    split: undefined as unknown as Examples['split'],
    rows: order.length,
    features,
    label: Float32Array.from(order, (at) => Number(Number(rated[at][2]) >= 4)),
    part: Uint8Array.from(order, (_, row) => (row < 0.8 * order.length ? 0 : row < 0.9 * order.length ? 1 : 2)),
    weight: null,
    group: null,
    user,
    item,
    time: null,
    labelling: 'rating without 3, from 4 on positive',
    prediction: null,
    probability: false,
  };
}

it.skipIf(folder === undefined)(
  'reaches AUC .840 on MovieLens 100K as a click problem (not run without the data)',
  { timeout: 240_000 },
  async () => {
    const examples = clicks();
    expect(examples.rows).toBe(72_855);
    const params = { ...defaultParams(component.spec.params), patience: 15 };
    const inputs = { examples, candidates: undefined };
    const state = await component.fit!(inputs, params, testContext());
    const scored = (await component.apply(state, inputs, params, testContext())).examples;
    const test = [...scored.part.keys()].filter((row) => scored.part[row] === 2);
    // RecBole's logistic regression reaches .8465 under this protocol; trees with default settings .845 to .856 over three draws.
    expect(
      auc(
        test.map((row) => scored.prediction![row]),
        test.map((row) => scored.label[row]),
      ),
    ).toBeGreaterThan(0.84);
  },
);
