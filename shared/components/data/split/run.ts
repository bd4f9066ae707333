import { implement, type Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { Dataset, Requests, Split } from '#shared/contract/values.ts';
import { partOfWord } from '#shared/values/part-word.ts';
import {
  afterMoments,
  groupRows,
  latestWithin,
  leaveLast,
  randomGroups,
  randomRows,
  randomWithin,
  type Parts,
} from './divide.ts';
import { overlapOf, timelineOf, type Overlap } from './overlap.ts';
import { makeRequests } from './requests.ts';
import { spec } from './spec.ts';

type Settings = ParamValues<typeof spec.params>;

export const component = implement(spec, {
  apply(_ready, { dataset }, settings, context) {
    if (settings.validation + settings.test >= 1 && settings.method !== 'leave-last' && settings.method !== 'given') {
      throw new RunboardError(
        'bad-parameter',
        `validation ${settings.validation} and test ${settings.test} leave nothing to learn from`,
        { where: context.nodeTitle, remedy: 'make their sum less than 1' },
      );
    }
    const split =
      dataset.shape === 'examples'
        ? splitExamples(dataset, settings, context)
        : splitEvents(dataset, settings, context);
    context.log(
      `${split.protocol.name}: ${split.train.length} train, ${split.validation.length} validation, ${split.test.length} test, ${split.requests.user.length} requests`,
    );
    return { split };
  },
});

function splitEvents(dataset: Dataset, settings: Settings, context: Context): Split {
  const { user, time } = dataset.events;
  if (user.length === 0)
    throw new RunboardError('bad-data', 'there are no events to split', {
      where: context.nodeTitle,
      remedy: 'check the import, or loosen the filter',
    });
  const parts = partsOfEvents(dataset, settings, context);
  context.progress(0.6);
  const requests = makeRequests(
    dataset.events,
    parts,
    dataset.users.ids.length,
    settings.users,
    context.random('users'),
  );
  const overlap = overlapOf(time, parts);
  const leaksFuture = settings.method === 'global-time' ? false : (overlap?.share ?? 1) > 0;
  const split: Split = {
    type: 'split',
    dataset,
    protocol: {
      name: protocolName(settings),
      leaksFuture,
      usersWithoutPositives: usersWithout(dataset, parts, settings),
    },
    train: rowsOf(parts, 0),
    validation: rowsOf(parts, 1),
    test: rowsOf(parts, 2),
    requests,
    crosses: [],
  };
  warn(split, overlap, context);
  const timeline = timelineOf(time, parts);
  if (timeline !== null) context.plot(timeline);
  return split;
}

function partsOfEvents(dataset: Dataset, settings: Settings, context: Context): Parts {
  const { user, time } = dataset.events;
  const byUser = (): ReturnType<typeof groupRows> => groupRows(user, dataset.users.ids.length);
  switch (settings.method) {
    case 'random':
      return randomWithin(byUser(), settings, context.random('split'));
    case 'random-rows':
      return randomRows(user.length, settings, context.random('split'));
    case 'leave-last':
      requireTime(time, settings.method);
      return leaveLast(byUser(), settings.last, settings.validation > 0, time);
    case 'user-time':
      requireTime(time, settings.method);
      return latestWithin(byUser(), settings, time);
    case 'global-time':
      requireTime(time, settings.method);
      return afterMoments(time, settings).parts;
    case 'given':
      return givenParts(dataset);
  }
}

function givenParts(dataset: Dataset): Parts {
  const name = dataset.roles['part'];
  const column = name === undefined ? undefined : dataset.events.table.columns[name];
  if (column?.kind !== 'category')
    throw new RunboardError('bad-data', 'the data set does not say which events are for training', {
      where: 'given',
      remedy: 'use another method, or import with --map part=<column>',
    });
  const ofName = column.names.map(partOfWord);
  return Uint8Array.from(column.codes, (code) => Math.max(0, code < 0 ? 0 : ofName[code]));
}

function splitExamples(dataset: Dataset, settings: Settings, context: Context): Split {
  const { examples } = dataset;
  if (examples === null || examples.label.length === 0)
    throw new RunboardError('bad-data', 'there are no examples to split', {
      where: context.nodeTitle,
      remedy: 'check the import, or loosen the filter',
    });
  const parts = partsOfExamples(examples, settings, context);
  const overlap = examples.time === null ? null : overlapOf(examples.time, parts);
  const none: Requests = { user: new Int32Array(0), time: new Float64Array(0), part: new Uint8Array(0) };
  const name = protocolName(settings).replace('per user', examples.group === null ? 'per row' : 'per group');
  const split: Split = {
    type: 'split',
    dataset,
    protocol: { name, leaksFuture: (overlap?.share ?? 0) > 0, usersWithoutPositives: 0 },
    train: rowsOf(parts, 0),
    validation: rowsOf(parts, 1),
    test: rowsOf(parts, 2),
    requests: none,
    crosses: [],
  };
  warn(split, overlap, context);
  return split;
}

function partsOfExamples(examples: NonNullable<Dataset['examples']>, settings: Settings, context: Context): Parts {
  const { label, group, time, part } = examples;
  const rows = label.length;
  switch (settings.method) {
    case 'given':
      if (part === null)
        throw new RunboardError('bad-data', 'the data set does not say which examples are for training', {
          where: 'given',
          remedy: 'use another method, or import with --map part=<column>',
        });
      return part;
    case 'random':
      if (group === null) return randomRows(rows, settings, context.random('split'));
      return randomGroups(
        group,
        group.reduce((most, one) => Math.max(most, one + 1), 0),
        settings,
        context.random('split'),
      );
    case 'random-rows':
      return randomRows(rows, settings, context.random('split'));
    default:
      if (time === null)
        throw new RunboardError('bad-data', 'examples have no time', {
          where: settings.method,
          remedy: 'use the method random or given',
        });
      requireTime(time, settings.method);
      return afterMoments(time, settings).parts;
  }
}

function requireTime(time: Float64Array, method: string): void {
  let without = 0;
  for (let r = 0; r < time.length; r++) if (Number.isNaN(time[r])) without++;
  if (without === 0) return;
  throw new RunboardError(
    'bad-data',
    without === time.length ? 'there are no times' : `${without} of ${time.length} rows have no time`,
    { where: method, remedy: 'use the method random, or import with --map time=<column>' },
  );
}

function protocolName({ method, validation, test, last }: Settings): string {
  const percent = (share: number): string => `${Math.round(share * 1000) / 10}`;
  const shares = [1 - validation - test, validation, test]
    .filter((share) => share > 0)
    .map(percent)
    .join('/');
  switch (method) {
    case 'random':
      return `random per user, ${shares}`;
    case 'random-rows':
      return `random over all rows, ${shares}`;
    case 'leave-last':
      return `last ${last} of each user`;
    case 'user-time':
      return `latest per user, ${shares}`;
    case 'global-time':
      return `global time, ${shares}`;
    case 'given':
      return 'as the data set says';
  }
}

/** Users with events of whom nothing is held out for the last question asked: test, or validation where there is no test. */
function usersWithout(dataset: Dataset, parts: Parts, { method, test }: Settings): number {
  const asked = method === 'leave-last' || method === 'given' || test > 0 ? 2 : 1;
  const state = new Uint8Array(dataset.users.ids.length);
  for (let r = 0; r < parts.length; r++) {
    const user = dataset.events.user[r];
    state[user] = Math.max(state[user], parts[r] === asked ? 2 : 1);
  }
  return state.reduce((sum, one) => sum + (one === 1 ? 1 : 0), 0);
}

function warn(split: Split, overlap: Overlap | null, context: Context): void {
  const { protocol } = split;
  if (overlap !== null && overlap.share > 0) {
    context.warn(
      `${protocol.name} leaks the future: ${(overlap.share * 100).toFixed(1)} % of the training rows are later than the first test row. Numbers are higher than they would be in production`,
    );
  }
  if (overlap === null && protocol.leaksFuture)
    context.warn(`${protocol.name}: without times nobody can tell whether training rows are later than test rows`);
  if (split.train.length === 0)
    throw new RunboardError('bad-data', 'nothing is left to learn from', {
      where: context.nodeTitle,
      remedy: 'lower the shares, or use another method',
    });
  if (split.validation.length + split.test.length === 0)
    context.warn('nothing is held out: there is nothing to evaluate on');
  if (protocol.usersWithoutPositives > 0)
    context.log(`${protocol.usersWithoutPositives} users have nothing held out and are not asked`);
}

function rowsOf(parts: Parts, part: number): Int32Array {
  let count = 0;
  for (let r = 0; r < parts.length; r++) if (parts[r] === part) count++;
  const rows = new Int32Array(count);
  let next = 0;
  for (let r = 0; r < parts.length; r++) if (parts[r] === part) rows[next++] = r;
  return rows;
}
