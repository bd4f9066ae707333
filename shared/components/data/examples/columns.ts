import { RunboardError } from '#shared/contract/failure.ts';
import type { Feature, Split, Table } from '#shared/contract/values.ts';

type Named = Pick<Feature, 'name' | 'from'>;

/**
 * Columns that were asked for; "all" stands for every column but free text, and "-name" takes one off again, whether it
 * is there or not. Throws for a column that is asked for and not there.
 */
export function chosenColumns(
  from: 'user' | 'item' | 'event' | 'row',
  table: Table,
  wanted: readonly string[],
): Named[] {
  const there = Object.keys(table.columns);
  const without = new Set(wanted.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const names = wanted
    .filter((name) => !name.startsWith('-'))
    .flatMap((name) => (name === 'all' ? there.filter((one) => table.columns[one].kind !== 'text') : [name]))
    .filter((name) => !without.has(name));
  for (const name of names) {
    if (Object.hasOwn(table.columns, name)) continue;
    throw new RunboardError('bad-parameter', `there is no ${from} column ${name}`, {
      where: `${from}Columns`,
      remedy:
        there.length === 0 ? `the data set has no ${from} columns: leave it empty` : `use ${there.join(', ')}, or all`,
    });
  }
  return [...new Set(names)].map((name) => ({ name: `${from}.${name}`, from }));
}

/** The features of an example: ids, columns, crosses of the split. */
export function chosenFeatures(
  split: Split,
  context: Table,
  wanted: {
    ids: boolean;
    userColumns: readonly string[];
    itemColumns: readonly string[];
    eventColumns: readonly string[];
  },
): Named[] {
  const { users, items } = split.dataset;
  const ids: Named[] = [
    { name: 'user.id', from: 'user' },
    { name: 'item.id', from: 'item' },
  ];
  return [
    ...(wanted.ids ? ids : []),
    ...chosenColumns('user', users.table, wanted.userColumns),
    ...chosenColumns('item', items.table, wanted.itemColumns),
    ...chosenColumns('event', context, wanted.eventColumns),
    ...crossFeatures(split),
  ];
}

/** The crosses declared upstream. */
export function crossFeatures(split: Split): Named[] {
  return split.crosses.map((cross) => ({ name: `cross.${cross.name}`, from: 'cross' as const }));
}
