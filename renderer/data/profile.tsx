import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { ColumnProfile, DatasetProfile, TableProfile } from '#shared/contract/datasets.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { fullCount, metricValue, shortCount } from '#renderer/ui/format.ts';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { sentence } from '#renderer/ui/sentence.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { TableRows } from './table-rows.tsx';

function Figure({ title, children }: { title: string; children: string }): ReactElement {
  return (
    <div className="figure">
      <dd className="number">{children}</dd>
      <dt>{title}</dt>
    </div>
  );
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function Figures({ profile }: { profile: DatasetProfile }): ReactElement {
  const { timeRange, longTail, sparsity } = profile;
  return (
    <dl className="figures">
      {profile.shape === 'examples' ? (
        <Figure title="examples">{fullCount(profile.examples)}</Figure>
      ) : (
        <>
          <Figure title="users">{fullCount(profile.users)}</Figure>
          <Figure title="items">{fullCount(profile.items)}</Figure>
          <Figure title="events">{fullCount(profile.events)}</Figure>
          {profile.impressions > 0 ? <Figure title="impressions">{fullCount(profile.impressions)}</Figure> : null}
          {sparsity === null ? null : (
            <Figure title="of the matrix is empty">{`${(sparsity * 100).toFixed(2)} %`}</Figure>
          )}
          {longTail === null ? null : (
            <Figure title="of events on the top 10 % of items">{`${(longTail.top10 * 100).toFixed(0)} %`}</Figure>
          )}
          {timeRange === null ? null : (
            <Figure title="first to last event">{`${day(timeRange[0])} – ${day(timeRange[1])}`}</Figure>
          )}
        </>
      )}
    </dl>
  );
}

/** The distribution of a column: bins of numbers, or its most frequent values. */
function Distribution({ column, rows }: { column: ColumnProfile; rows: number }): ReactElement | null {
  const counts = column.histogram.length > 0 ? column.histogram : column.top.map(([, count]) => count);
  if (counts.length === 0) return null;
  const most = Math.max(...counts, 1);
  const wide = 96 / counts.length;
  const label =
    column.histogram.length > 0
      ? `Distribution of ${column.name} over ${counts.length} bins`
      : `Most frequent values of ${column.name}: ${column.top
          .slice(0, 3)
          .map(([value, count]) => `${value} ${((count / Math.max(1, rows)) * 100).toFixed(0)} %`)
          .join(', ')}`;
  return (
    <svg className="histogram" width="96" height="22" role="img" aria-label={label}>
      <title>{label}</title>
      {counts.map((count, at) => (
        <rect
          key={at}
          x={at * wide}
          width={Math.max(1, wide - 1)}
          y={22 - (count / most) * 21}
          height={(count / most) * 21}
          fill="var(--bar)"
        />
      ))}
    </svg>
  );
}

function show(value: number | string | null, type: string): string {
  if (value === null) return '';
  if (type === 'time' && typeof value === 'number' && value > 1e8 && value < 1e11) return day(value);
  return typeof value === 'number'
    ? Number.isInteger(value)
      ? Math.abs(value) > 1e8
        ? String(value)
        : fullCount(value)
      : metricValue(value)
    : value;
}

function Columns({ table }: { table: TableProfile }): ReactElement {
  return (
    <table className="table columns-table">
      <thead>
        <tr>
          {['column', 'role', 'type', 'distinct', 'empty', 'from', 'to'].map((title) => (
            <th key={title} scope="col" className={title === 'distinct' || title === 'empty' ? 'end' : ''}>
              {title}
            </th>
          ))}
          <th scope="col">distribution</th>
        </tr>
      </thead>
      <tbody>
        {table.columns.map((column) => (
          <tr key={column.name}>
            <td className="mono">{column.name}</td>
            <td>{column.role === null ? '' : <span className="tab-count">{column.role}</span>}</td>
            <td className="quiet">{column.type}</td>
            <td className="end">{column.distinct === null ? '' : shortCount(column.distinct)}</td>
            <td className="end">{column.nulls === 0 ? '' : shortCount(column.nulls)}</td>
            <td className="truncate">{show(column.minimum, column.type)}</td>
            <td className="truncate">{show(column.maximum, column.type)}</td>
            <td>
              <Distribution column={column} rows={table.rows} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is in a data set: figures, warnings, columns with roles and distributions, and the rows themselves. */
export function Profile({ path, used, onUse }: { path: string; used: boolean; onUse(): void }): ReactElement {
  const connection = useConnection();
  const readOnly = useReadOnly();
  const answer = useAnswer(path, () => connection.call('datasets.inspect', { path }));
  const [table, setTable] = useState<string | null>(null);
  if (answer.failure !== null) return <p className="bad">{sentence(failureLine(answer.failure))}</p>;
  const profile = answer.value;
  if (profile === null) return <p className="quiet">Reading {path.split(/[\\/]/).at(-1)} …</p>;
  const shown =
    profile.tables.find((one) => one.name === table) ??
    profile.tables.find((one) => one.name === 'events') ??
    profile.tables[0];
  return (
    <>
      <header className="data-head">
        <div>
          <h2>{profile.name}</h2>
          <p className="quiet mono truncate" title={profile.path}>
            {path.split(/[\\/]/).at(-1)} · fingerprint {profile.fingerprint.slice(0, 12)}
          </p>
        </div>
        {used ? (
          <span className="quiet">This design runs on it</span>
        ) : (
          <Button
            look="solid"
            icon="check"
            disabled={readOnly}
            title={readOnly ? 'This design can only be read here' : undefined}
            onClick={onUse}
          >
            Run this design on it
          </Button>
        )}
      </header>
      <Figures profile={profile} />
      {profile.warnings.map((warning) => (
        <p key={warning} className="data-warning">
          {sentence(warning)}
        </p>
      ))}
      <Tabs
        look="line"
        label="Tables"
        items={profile.tables.map((one) => ({ id: one.name, title: `${one.name} ${shortCount(one.rows)}` }))}
        current={shown?.name ?? ''}
        onChoose={setTable}
      />
      {shown === undefined ? null : (
        <>
          <Columns table={shown} />
          <TableRows key={shown.name} path={path} table={shown} />
        </>
      )}
    </>
  );
}
