import type { Column, Dataset, Table } from '#shared/contract/values.ts';
import { figuresOf, profileColumns, type ColumnProfile } from './profile-columns.ts';
import type { Pause } from './pauses.ts';
import { countRepeats } from './repeats.ts';

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

/** Profiles a data set. Scales with the number of events. */
export async function profileDataset(dataset: Dataset, pause: Pause): Promise<Profile> {
  const { events, users, items, impressions, examples } = dataset;
  const perItem = counts(events.item, items.ids.length);
  const activeItems = positive(perItem);
  const activeUsers = positive(counts(events.user, users.ids.length));
  const rows = events.user.length;
  const times = rows > 0 ? events.time : (examples?.time ?? impressions?.time ?? new Float64Array(0));
  const range = await figuresOf(times, pause);
  const columns = await profileColumns(dataset, pause);
  const profile: Omit<Profile, 'warnings'> = {
    shape: dataset.shape,
    users: users.ids.length,
    items: items.ids.length,
    events: rows,
    impressions: impressions?.item.length ?? 0,
    examples: examples?.label.length ?? 0,
    activeUsers,
    activeItems,
    sparsity: rows === 0 ? null : 1 - Math.min(1, rows / (users.ids.length * items.ids.length)),
    eventsPerUser: activeUsers === 0 ? null : rows / activeUsers,
    eventsPerItem: activeItems === 0 ? null : rows / activeItems,
    duplicates: await countRepeats(events, pause),
    from: range.minimum,
    until: range.maximum,
    longTail: rows === 0 ? null : longTail(perItem, rows),
    clickRate: impressions === null ? null : (await figuresOf(impressions.click, pause)).mean,
    positiveRate: examples === null ? null : share(examples.label),
    groups: examples?.group === undefined || examples.group === null ? null : new Set(examples.group).size,
    columns,
  };
  return { ...profile, warnings: warningsOf(dataset, profile) };
}

function share(label: Float32Array): number | null {
  if (label.length === 0) return null;
  let positives = 0;
  for (let i = 0; i < label.length; i++) if (label[i] > 0) positives++;
  return positives / label.length;
}

function counts(codes: Int32Array, size: number): Int32Array {
  const found = new Int32Array(size);
  for (let i = 0; i < codes.length; i++) found[codes[i]]++;
  return found;
}

function positive(values: Int32Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > 0) count++;
  return count;
}

function longTail(perItem: Int32Array, total: number): LongTail {
  const sorted = perItem.filter((count) => count > 0).sort();
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

function warningsOf(dataset: Dataset, profile: Omit<Profile, 'warnings'>): string[] {
  return dataset.shape === 'events' ? eventWarnings(dataset, profile) : exampleWarnings(dataset, profile);
}

function eventWarnings(dataset: Dataset, profile: Omit<Profile, 'warnings'>): string[] {
  const warnings: string[] = [];
  if (profile.events === 0) warnings.push('there are no events: nothing can be learned from what users did');
  if (profile.users === 1) warnings.push('there is only one user: nothing can be learned from others');
  if (profile.items === 1) warnings.push('there is only one item: there is nothing to choose from');
  if (profile.events > 0 && profile.from === null)
    warnings.push('events have no time: splits by time and recency are not possible');
  if (profile.events > 0 && profile.from !== null && profile.from === profile.until)
    warnings.push('all events have the same time: splits by time are not possible');
  if (profile.duplicates > 0)
    warnings.push(
      `${profile.duplicates} events repeat an earlier one (same user, item, time and value): consider the filter's "dedupe"`,
    );
  const valueColumn = profile.columns['events']?.find(({ role }) => role === 'value');
  if (dataset.roles['value'] !== undefined && profile.events > 1 && valueColumn?.minimum === valueColumn?.maximum)
    warnings.push('all events have the same value');
  const { users: userTable, items: itemTable } = listed(dataset);
  if (itemTable > 0) warnings.push(`${itemTable} items occur in events only: nothing else is known of them`);
  if (userTable > 0) warnings.push(`${userTable} users occur in events only: nothing else is known of them`);
  return warnings;
}

/** How many ids came from events while there is a table of such entities; told by their columns being missing throughout. */
function listed(dataset: Dataset): { readonly users: number; readonly items: number } {
  return { users: unlisted(dataset.users.table), items: unlisted(dataset.items.table) };
}

function unlisted(table: Table): number {
  const columns = Object.values(table.columns);
  if (columns.length === 0) return 0;
  let rows = 0;
  // Ids that only events know come last, with every column missing.
  for (let r = table.rows - 1; r >= 0 && columns.every((column) => isMissingAt(column, r)); r--) rows++;
  return rows;
}

function isMissingAt(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'number':
      return Number.isNaN(column.values[row]);
    case 'category':
      return column.codes[row] < 0;
    case 'tags':
      return column.offsets[row] === column.offsets[row + 1];
    case 'text':
      return column.values[row] === '';
    default:
      return false;
  }
}

function exampleWarnings(dataset: Dataset, profile: Omit<Profile, 'warnings'>): string[] {
  const warnings: string[] = [];
  const label = profile.columns['examples']?.[0];
  if (profile.examples > 0 && label?.minimum === label?.maximum)
    warnings.push(`all labels are ${label?.minimum}: there is nothing to tell apart`);
  if (profile.examples === 1) warnings.push('there is only one example');
  if (dataset.examples?.time === null) warnings.push('examples have no time: splits by time are not possible');
  if (Object.keys(dataset.examples?.table.columns ?? {}).length === 0) warnings.push('examples have no features');
  return warnings;
}
