import type { ColumnProfile } from './column-profile.ts';
import { TopCodes, type CodeCounts } from './columns/code-counts.ts';
import type { IdCodes } from './columns/coded-texts.ts';
import type { NumberSpool } from './columns/column-spools.ts';
import { columnProfile } from './columns/table-columns.ts';
import type { Gathered } from './profile.ts';

/** Profiles of the columns of each table that a data set has, by table. */
export function profileColumns(gathered: Gathered): Record<string, readonly ColumnProfile[]> {
  const { users, items, impressions, examples, roles } = gathered;
  const tables: Record<string, readonly ColumnProfile[]> = {};
  const named = (role: string): string => roles[role] ?? role;
  const id = (role: string, counts: CodeCounts, ids: IdCodes): ColumnProfile =>
    columnProfile(named(role), role, { kind: 'id', distinct: counts.distinct, top: mostFrequent(counts, ids) });
  const number = (role: string, numbers: NumberSpool): ColumnProfile =>
    columnProfile(named(role), role, { kind: role === 'time' ? 'time' : 'number', ...numbers.facts() });
  if (gathered.shape === 'events') {
    const all = (role: string, ids: IdCodes): ColumnProfile =>
      columnProfile(named(role), role, { kind: 'id', distinct: ids.size });
    tables['users'] = [all('user', users.ids), ...users.profiles()];
    tables['items'] = [all('item', items.ids), ...items.profiles()];
    const { columns, further } = gathered.events;
    tables['events'] = [
      id('user', columns.perUser, users.ids),
      id('item', columns.perItem, items.ids),
      number('time', columns.time),
      number('value', columns.value),
      ...further.profiles(),
    ];
  }
  if (impressions !== null) {
    const { columns, further } = impressions;
    tables['impressions'] = [
      id('user', columns.perUser, users.ids),
      id('item', columns.perItem, items.ids),
      number('time', columns.time),
      number('impression.position', columns.position),
      number('impression.propensity', columns.propensity),
      number('impression.click', columns.click),
      ...further.profiles(),
    ];
  }
  if (examples !== null) {
    const { columns, further } = examples;
    const time = columns.time === null ? [] : [number('time', columns.time)];
    tables['examples'] = [number('label', columns.label), ...time, ...further.profiles()];
  }
  return tables;
}

function mostFrequent(counts: CodeCounts, ids: IdCodes): readonly (readonly [string, number])[] {
  const top = new TopCodes();
  counts.offerTo(top);
  return top.pairs.map(({ code, count }) => [ids.name(code), count] as const);
}
