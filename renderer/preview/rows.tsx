import { useMemo, type ReactElement } from 'react';
import type { ColumnProfile } from '#shared/contract/datasets.ts';
import type { ValuePreview } from '#shared/contract/previews.ts';
import type { Pages } from '#renderer/client/use-pages.ts';
import { metricValue, moment } from '#renderer/ui/format.ts';
import { LongTable, type LongColumn } from '#renderer/ui/long-table.tsx';
import { ColumnHead } from './column-head.tsx';

/** A cell as it is read: whole numbers among fractions are written as these are. */
export function readCell(cell: string | number, { type, minimum, maximum }: ColumnProfile): string {
  if (typeof cell === 'string') return cell;
  if (type === 'time') return moment(cell);
  const fractions = [minimum, maximum].some((end) => typeof end === 'number' && !Number.isInteger(end));
  return Number.isInteger(cell) && !(fractions && Math.abs(cell) < 1000) ? String(cell) : metricValue(cell);
}

/** All rows of a table at a port, each column under its distribution. */
export function Rows({ pages, label }: { pages: Pages<ValuePreview>; label: string }): ReactElement | null {
  const { about, ask, rowAt } = pages;
  const columns = useMemo(
    (): readonly LongColumn[] =>
      (about?.profiles ?? []).map((profile) => ({
        name: profile.name,
        head: <ColumnHead profile={profile} counted={about?.counted ?? 0} />,
        wide: ['time', 'text', 'vector', 'tags'].includes(profile.type),
        show: (cell) => readCell(cell, profile),
      })),
    [about?.profiles, about?.counted],
  );
  if (about === null) return null;
  return <LongTable label={label} total={about.total} columns={columns} headHeight={60} rowAt={rowAt} onView={ask} />;
}
