import { useMemo, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { TableProfile } from '#shared/contract/datasets.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { usePages } from '#renderer/client/use-pages.ts';
import { moment } from '#renderer/ui/format.ts';
import { LongTable, type LongColumn } from '#renderer/ui/long-table.tsx';
import { sentence } from '#renderer/ui/sentence.ts';

/** Whether a number can be a moment in Unix seconds. */
function isMoment(cell: string | number): cell is number {
  return typeof cell === 'number' && cell > 1e8 && cell < 1e11;
}

/** All rows of a table of a data set, as they are stored; moments are written so that they can be read. */
export function TableRows({ path, table }: { path: string; table: TableProfile }): ReactElement {
  const connection = useConnection();
  const { about, failure, rowAt, ask } = usePages(`${path} ${table.name}`, (offset, limit) =>
    connection.call('datasets.page', { path, table: table.name, offset, limit }),
  );
  const names = about?.columns;
  const columns = useMemo(
    (): readonly LongColumn[] =>
      (names ?? []).map((name) => {
        const type = table.columns.find((one) => one.name === name)?.type ?? '';
        return {
          name,
          head: (
            <b className="truncate" title={name}>
              {name}
            </b>
          ),
          wide: type === 'time' || type === 'text',
          show: (cell) => (type === 'time' && isMoment(cell) ? moment(cell) : String(cell)),
        };
      }),
    [names, table.columns],
  );
  if (failure !== null) return <p className="bad">{sentence(failureLine(failure))}</p>;
  if (about === null) return <p className="quiet">Reading rows …</p>;
  if (about.total === 0) return <p className="quiet">This table has no rows.</p>;
  return (
    <div className="data-rows">
      <LongTable
        label={`Rows of ${table.name}`}
        total={about.total}
        columns={columns}
        headHeight={32}
        rowAt={rowAt}
        onView={ask}
      />
    </div>
  );
}
