import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Column, Dataset, Split, Table } from '#shared/contract/values.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { split, log }, { clickValue, lastDays }, context) {
    const known = split.dataset.events.user.length;
    checkSameWorld(split, log);
    const value = clickValue > 0 ? clickValue : averageValue(split);
    const { events } = log;
    const values = events.value.slice();
    values.fill(value, known);
    let last = -Infinity;
    for (let row = known; row < events.time.length; row++) last = Math.max(last, events.time[row]);
    const from = lastDays > 0 ? last - lastDays * 86_400 : -Infinity;
    const learned: number[] = [];
    for (let row = known; row < events.user.length; row++) if (events.time[row] >= from) learned.push(row);
    context.progress(0.5, 'adding clicks');
    context.measure('clicks learned from', learned.length);
    if (learned.length === 0) context.warn('the log holds no click: nothing new is learned');
    const train = new Int32Array(split.train.length + learned.length);
    train.set(split.train);
    train.set(learned, split.train.length);
    const dataset: Dataset = {
      ...log,
      users: { ids: log.users.ids, table: onlyColumns(log.users.table, split.dataset.users.table) },
      items: split.dataset.items,
      events: { ...events, value: values, table: onlyColumns(events.table, split.dataset.events.table) },
    };
    return { split: { ...split, dataset, train } };
  },
});

/** Columns that the split had before features were added to what was shown: the features are to be made anew. */
function onlyColumns(table: Table, before: Table): Table {
  const columns: Record<string, Column> = {};
  for (const name of Object.keys(before.columns))
    if (Object.hasOwn(table.columns, name)) columns[name] = table.columns[name];
  return { rows: table.rows, columns };
}

function averageValue({ train, dataset }: Split): number {
  let sum = 0;
  for (const row of train) sum += dataset.events.value[row];
  return train.length > 0 ? sum / train.length : 1;
}

/** The log has to begin with the events of the split: only then do the rows of its parts stay what they are. */
function checkSameWorld(split: Split, log: Dataset): void {
  const { events, items } = split.dataset;
  const rows = events.user.length;
  let same =
    log.roles['simulator'] !== undefined &&
    log.events.user.length >= rows &&
    log.items.ids.length === items.ids.length &&
    log.users.ids.length >= split.dataset.users.ids.length;
  for (let row = 0; same && row < rows; row++)
    same = log.events.user[row] === events.user[row] && log.events.item[row] === events.item[row];
  if (same) return;
  throw new RunboardError('bad-board', `${log.name} is no log of lists that were made from this split`, {
    where: 'log',
    remedy: 'wire the split and the log of a user simulator on the same data',
  });
}
