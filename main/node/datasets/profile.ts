import type { Dataset, RoleMap } from '#shared/contract/values.ts';
import type { CodeCounts } from './columns/code-counts.ts';
import type { IdCodes } from './columns/coded-texts.ts';
import type { EventColumns } from './columns/event-columns.ts';
import type { ExampleColumns } from './columns/example-columns.ts';
import type { ImpressionColumns } from './columns/impression-columns.ts';
import type { FinishedTable } from './columns/table-columns.ts';
import type { ColumnProfile } from './column-profile.ts';
import { profileColumns } from './profile-columns.ts';
import { warningsOf } from './profile-warnings.ts';

/** How unevenly events fall on items. */
export interface LongTail {
  /** Share of the events that the most popular 1, 10, 20 % of the items have. */
  readonly top1: number;
  readonly top10: number;
  readonly top20: number;
  /** Over the items that have events: 0 all equal, towards 1 one has all. */
  readonly gini: number;
}

export interface Profile {
  readonly shape: Dataset['shape'];
  readonly users: number;
  readonly items: number;
  readonly events: number;
  readonly impressions: number;
  readonly examples: number;
  /** Users and items that have at least one event. */
  readonly activeUsers: number;
  readonly activeItems: number;
  /** Share of user-item pairs without an event; null where there are none. */
  readonly sparsity: number | null;
  readonly eventsPerUser: number | null;
  readonly eventsPerItem: number | null;
  /** Events equal to an earlier one in user, item, time and value. */
  readonly duplicates: number;
  /** Earliest and latest time, as Unix seconds; null where there is no time. */
  readonly from: number | null;
  readonly until: number | null;
  readonly longTail: LongTail | null;
  readonly clickRate: number | null;
  readonly positiveRate: number | null;
  readonly groups: number | null;
  readonly columns: Readonly<Record<string, readonly ColumnProfile[]>>;
  readonly warnings: readonly string[];
}

/** What was gathered of a data set, read once. */
export interface Gathered {
  readonly shape: Dataset['shape'];
  readonly roles: RoleMap;
  readonly repeats: number;
  readonly users: FinishedTable & { readonly ids: IdCodes };
  readonly items: FinishedTable & { readonly ids: IdCodes };
  readonly events: { readonly columns: EventColumns; readonly further: FinishedTable };
  readonly impressions: { readonly columns: ImpressionColumns; readonly further: FinishedTable } | null;
  readonly examples: {
    readonly columns: ExampleColumns;
    readonly further: FinishedTable;
    readonly groups: number | null;
  } | null;
}

/** The profile of a data set. */
export function profileOf(gathered: Gathered): Profile {
  const { shape, users, items, impressions, examples } = gathered;
  const { rows, perUser, perItem, time } = gathered.events.columns;
  const activeUsers = perUser.distinct;
  const activeItems = perItem.distinct;
  const times = rows > 0 ? time : (examples?.columns.time ?? impressions?.columns.time);
  const profile: Omit<Profile, 'warnings'> = {
    shape,
    users: users.ids.size,
    items: items.ids.size,
    events: rows,
    impressions: impressions?.columns.rows ?? 0,
    examples: examples?.columns.rows ?? 0,
    activeUsers,
    activeItems,
    sparsity: rows === 0 ? null : 1 - Math.min(1, rows / (users.ids.size * items.ids.size)),
    eventsPerUser: activeUsers === 0 ? null : rows / activeUsers,
    eventsPerItem: activeItems === 0 ? null : rows / activeItems,
    duplicates: gathered.repeats,
    from: times?.figures.minimum ?? null,
    until: times?.figures.maximum ?? null,
    longTail: rows === 0 ? null : longTail(perItem, rows),
    clickRate: impressions?.columns.click.figures.mean ?? null,
    positiveRate:
      examples === null || examples.columns.rows === 0 ? null : examples.columns.positives / examples.columns.rows,
    groups: examples?.groups ?? null,
    columns: profileColumns(gathered),
  };
  return { ...profile, warnings: warningsOf(gathered, profile) };
}

function longTail(perItem: CodeCounts, total: number): LongTail {
  const sorted = perItem.ascending();
  const n = sorted.length;
  // Gini = Σ (2i - n - 1) x_i / (n Σ x), i from 1 in ascending order.
  let weighted = 0;
  for (let i = 0; i < n; i++) weighted += (2 * (i + 1) - n - 1) * sorted[i];
  const top = (part: number): number => {
    const from = n - Math.max(1, Math.round(n * part));
    let sum = 0;
    for (let i = from; i < n; i++) sum += sorted[i];
    return sum / total;
  };
  return { top1: top(0.01), top10: top(0.1), top20: top(0.2), gini: weighted / (n * total) };
}
