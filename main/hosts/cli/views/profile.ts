import type { ColumnProfile, DatasetProfile } from '#shared/contract/datasets.ts';
import { countText, valueText } from '#shared/documents/numbers.ts';
import { colour, safe, textTable } from '../text.ts';

/** What `inspect` says to a person. */
export function profileText(profile: DatasetProfile): string {
  const lines = [
    `${colour('bold', safe(profile.name))}  ${colour('gray', `fingerprint ${profile.fingerprint}`)}`,
    `  ${factsOf(profile).join(', ')}`,
  ];
  if (profile.timeRange !== null)
    lines.push(`  from ${dateText(profile.timeRange[0])} to ${dateText(profile.timeRange[1])}`);
  if (profile.longTail !== null) {
    const { top1, top10, top20, gini } = profile.longTail;
    lines.push(
      `  the most popular 1, 10, 20 % of items have ${percent(top1)}, ${percent(top10)}, ${percent(top20)} of the events (Gini ${gini.toFixed(2)})`,
    );
  }
  let text = `${lines.join('\n')}\n`;
  for (const table of profile.tables)
    text += `\n  ${colour('bold', table.name)}  ${colour('gray', `${countText(table.rows)} rows`)}\n${columnsText(table.columns)}`;
  if (profile.warnings.length > 0)
    text += `\n${profile.warnings.map((warning) => `  ${colour('yellow', '!')} ${safe(warning)}\n`).join('')}`;
  return text;
}

function factsOf(profile: DatasetProfile): string[] {
  if (profile.shape === 'examples')
    return [`${countText(profile.tables.find((table) => table.name === 'examples')?.rows ?? 0)} labelled examples`];
  const facts = [
    `${countText(profile.users)} users`,
    `${countText(profile.items)} items`,
    `${countText(profile.events)} events`,
  ];
  if (profile.sparsity !== null) facts.push(`${(profile.sparsity * 100).toFixed(2)} % of the user-item pairs empty`);
  return facts;
}

function columnsText(columns: readonly ColumnProfile[]): string {
  const rows = columns.map((one) => [
    safe(one.name),
    one.type,
    one.role ?? '',
    one.nulls === 0 ? '' : countText(one.nulls),
    one.distinct === null ? '' : countText(one.distinct),
    boundText(one, one.minimum),
    boundText(one, one.maximum),
    one.mean === null || one.type === 'time' ? '' : valueText(one.mean),
  ]);
  const titles = ['column', 'type', 'role', 'missing', 'distinct', 'least', 'greatest', 'mean'];
  return textTable(
    titles.map((title, i) => ({ title, right: i > 2, most: 32 })),
    rows,
    '    ',
  );
}

function boundText(column: ColumnProfile, value: number | string | null): string {
  if (value === null) return '';
  if (column.type === 'time' && typeof value === 'number') return dateText(value);
  return typeof value === 'string' ? safe(value) : Number.isInteger(value) ? countText(value) : valueText(value);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().slice(0, 16).replace('T', ' ');
}
