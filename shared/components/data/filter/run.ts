import { implement, type Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ParamValues } from '#shared/contract/params.ts';
import type { CategoryColumn, Dataset } from '#shared/contract/values.ts';
import { hashText } from '#shared/kernels/random.ts';
import { gatherVectors } from '#shared/values/join.ts';
import { selectEntities, selectEvents, selectExamples, selectImpressions } from '#shared/values/select-rows.ts';
import { coreOf } from './cores.ts';
import { dropRepetitions } from './repetitions.ts';
import { spec } from './spec.ts';

type Settings = ParamValues<typeof spec.params>;

export const component = implement(spec, {
  apply(_ready, { dataset }, settings, context) {
    const filtered =
      dataset.shape === 'examples'
        ? filterExamples(dataset, settings, context)
        : filterEvents(dataset, settings, context);
    const digest = hashText(JSON.stringify(settings)).toString(16).padStart(8, '0');
    return { dataset: { ...filtered, fingerprint: `${dataset.fingerprint}-${digest}` } };
  },
});

/** Unix seconds between which rows are kept. */
interface Window {
  readonly start: number;
  readonly end: number;
}

function filterEvents(dataset: Dataset, settings: Settings, context: Context): Dataset {
  const { events } = dataset;
  const rows = new Uint8Array(events.user.length).fill(1);
  const say = (what: string): void => context.log(`${what}: ${describe(dataset, rows)}`);
  say('before');
  if (settings.types.length > 0) {
    keepTypes(dataset, settings.types, rows);
    say(`types ${settings.types.join(', ')}`);
  }
  if (keepValues(events.value, settings, rows)) say('value');
  const window = windowOf(settings, events.time);
  if (window !== null) {
    for (let r = 0; r < rows.length; r++) if (!isWithin(events.time[r], window)) rows[r] = 0;
    say('time window');
  }
  context.progress(0.3);
  if (settings.dedupe !== 'keep') {
    dropRepetitions(events, rows, settings.dedupe);
    say(`repetitions (${settings.dedupe})`);
  }
  context.progress(0.6);
  const core = coreOf(events, rows, dataset.users.ids.length, dataset.items.ids.length, settings);
  rows.set(core.rows);
  if (settings.userEvents > 0 || settings.itemEvents > 0)
    say(`at least ${settings.userEvents} events per user, ${settings.itemEvents} per item (${core.rounds} rounds)`);
  if (events.user.length > 0 && !rows.includes(1))
    throw new RunboardError('bad-data', 'no event passes the filter', {
      where: context.nodeTitle,
      remedy: 'loosen its settings',
    });
  return reduced(dataset, rows, core.users, core.items, window);
}

/** The data set with the marked events, users and items only, numbered anew. */
function reduced(
  dataset: Dataset,
  rows: Uint8Array,
  users: Uint8Array,
  items: Uint8Array,
  window: Window | null,
): Dataset {
  const keptUsers = marked(users);
  const keptItems = marked(items);
  const userNumber = renumber(keptUsers, users.length);
  const itemNumber = renumber(keptItems, items.length);
  const events = selectEvents(dataset.events, marked(rows));
  for (let r = 0; r < events.user.length; r++) {
    events.user[r] = userNumber[events.user[r]];
    events.item[r] = itemNumber[events.item[r]];
  }
  const shown = dataset.impressions;
  let impressions = null;
  if (shown !== null) {
    const stays = new Uint8Array(shown.item.length);
    for (let r = 0; r < stays.length; r++) {
      const known = userNumber[shown.user[r]] !== -1 && itemNumber[shown.item[r]] !== -1;
      if (known && (window === null || isWithin(shown.time[r], window))) stays[r] = 1;
    }
    impressions = selectImpressions(shown, marked(stays));
    for (let r = 0; r < impressions.user.length; r++) {
      impressions.user[r] = userNumber[impressions.user[r]];
      impressions.item[r] = itemNumber[impressions.item[r]];
    }
  }
  return {
    ...dataset,
    users: selectEntities(dataset.users, keptUsers),
    items: selectEntities(dataset.items, keptItems),
    events,
    impressions,
    ...(dataset.truth
      ? {
          truth: {
            users: gatherVectors(dataset.truth.users, keptUsers),
            items: gatherVectors(dataset.truth.items, keptItems),
          },
        }
      : {}),
  };
}

function filterExamples(dataset: Dataset, settings: Settings, context: Context): Dataset {
  const { examples } = dataset;
  if (examples === null) return dataset;
  const rows = new Uint8Array(examples.label.length).fill(1);
  context.log(`before: ${rows.length} examples`);
  keepValues(examples.label, settings, rows);
  const window = windowOf(settings, examples.time ?? new Float64Array(rows.length).fill(NaN));
  if (window !== null && examples.time !== null) {
    for (let r = 0; r < rows.length; r++) if (!isWithin(examples.time[r], window)) rows[r] = 0;
  }
  const kept = marked(rows);
  context.log(`after: ${kept.length} examples`);
  if (rows.length > 0 && kept.length === 0)
    throw new RunboardError('bad-data', 'no example passes the filter', {
      where: context.nodeTitle,
      remedy: 'loosen its settings',
    });
  return { ...dataset, examples: selectExamples(examples, kept) };
}

function keepTypes(dataset: Dataset, types: readonly string[], rows: Uint8Array): void {
  const name = dataset.roles['event.type'];
  const column = name === undefined ? undefined : dataset.events.table.columns[name];
  if (column?.kind !== 'category')
    throw new RunboardError('bad-data', 'events have no type to filter by', {
      where: 'types',
      remedy: 'empty it, or import with --map event.type=<column>',
    });
  const wanted = wantedCodes(column, types);
  for (let r = 0; r < rows.length; r++) if (!wanted.has(column.codes[r])) rows[r] = 0;
}

function wantedCodes(column: CategoryColumn, types: readonly string[]): Set<number> {
  return new Set(
    types.map((type) => {
      const code = column.names.indexOf(type);
      if (code === -1)
        throw new RunboardError('bad-parameter', `there are no events of type ${type}`, {
          where: 'types',
          remedy: `types are ${column.names.slice(0, 20).join(', ')}`,
        });
      return code;
    }),
  );
}

/** Unmarks rows by value; answers whether any limit is set. */
function keepValues(values: Float32Array, settings: Settings, rows: Uint8Array): boolean {
  const { minimumValue, maximumValue, exceptValues } = settings;
  const except = new Set(exceptValues.map(Math.fround));
  if (
    minimumValue <= spec.params.minimumValue.minimum &&
    maximumValue >= spec.params.maximumValue.maximum &&
    except.size === 0
  )
    return false;
  for (let r = 0; r < rows.length; r++) {
    const value = values[r];
    if (!(value >= minimumValue && value <= maximumValue) || except.has(value)) rows[r] = 0;
  }
  return true;
}

function windowOf(settings: Settings, time: Float64Array): Window | null {
  if (settings.from === '' && settings.until === '' && settings.lastDays === 0) return null;
  let latest = -Infinity;
  for (let r = 0; r < time.length; r++) if (time[r] > latest) latest = time[r];
  if (latest === -Infinity)
    throw new RunboardError('bad-data', 'rows have no time to filter by', {
      where: 'from, until, lastDays',
      remedy: 'empty them, or import with --map time=<column>',
    });
  const start = Math.max(
    day(settings.from, 'from', -Infinity),
    settings.lastDays === 0 ? -Infinity : latest - settings.lastDays * 86_400,
  );
  return { start, end: day(settings.until, 'until', Infinity) };
}

function day(text: string, name: string, otherwise: number): number {
  if (text.trim() === '') return otherwise;
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? Date.parse(text.trim()) : NaN;
  if (Number.isNaN(millis))
    throw new RunboardError('bad-parameter', `${name} is "${text}", not a date`, {
      where: name,
      remedy: 'write it as 2024-01-31',
    });
  return millis / 1000;
}

function isWithin(time: number, window: Window): boolean {
  return time >= window.start && time < window.end;
}

function marked(marks: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < marks.length; i++) count += marks[i];
  const found = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < marks.length; i++) if (marks[i] === 1) found[next++] = i;
  return found;
}

function renumber(kept: Int32Array, size: number): Int32Array {
  const numbers = new Int32Array(size).fill(-1);
  for (let n = 0; n < kept.length; n++) numbers[kept[n]] = n;
  return numbers;
}

function describe(dataset: Dataset, rows: Uint8Array): string {
  const users = new Uint8Array(dataset.users.ids.length);
  const items = new Uint8Array(dataset.items.ids.length);
  let events = 0;
  for (let r = 0; r < rows.length; r++) {
    if (rows[r] === 0) continue;
    events++;
    users[dataset.events.user[r]] = 1;
    items[dataset.events.item[r]] = 1;
  }
  return `${marked(users).length} users, ${marked(items).length} items, ${events} events`;
}
