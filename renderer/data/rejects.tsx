import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { usePages } from '#renderer/client/use-pages.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { fullCount } from '#renderer/ui/format.ts';
import { LongTable, type LongColumn } from '#renderer/ui/long-table.tsx';
import { sentence } from '#renderer/ui/sentence.ts';

const columns: readonly LongColumn[] = [
  { name: 'file', head: <b>file</b>, show: String },
  { name: 'line', head: <b>line</b>, narrow: true, show: (line) => fullCount(Number(line)) },
  { name: 'reason', head: <b>reason</b>, wide: true, show: String },
  { name: 'text', head: <b>the row</b>, wide: true, show: String },
];

/** Every row that an import rejected, read from the file that holds them as one scrolls, and each to be copied. */
export function Rejects({ file, count }: { file: string; count: number }): ReactElement {
  const connection = useConnection();
  const [copied, setCopied] = useState<number | null>(null);
  const { about, failure, rowAt, ask } = usePages(file, (offset, limit) =>
    connection.call('datasets.page', { path: file, table: 'rejects', offset, limit }),
  );
  const copy = async (row: number): Promise<void> => {
    await navigator.clipboard.writeText((rowAt(row) ?? []).join('\t'));
    setCopied(row);
  };
  return (
    <section aria-label="Rejected rows" className="stack">
      <p className="data-warning">
        {count === 1 ? 'One row was rejected. It is' : `${fullCount(count)} rows were rejected. Each is`} listed with
        its line and the reason in <span className="mono">{file}</span>.
      </p>
      {failure === null ? null : <p className="bad">{sentence(failureLine(failure))}</p>}
      {about === null ? null : (
        <div className="reject-list" style={{ height: 34 + 25 * Math.min(8, about.total) }}>
          <LongTable
            label="Rejected rows"
            total={about.total}
            columns={columns}
            headHeight={32}
            rowAt={rowAt}
            onView={ask}
            rowEnd={(row) =>
              rowAt(row) === null ? null : (
                <IconButton
                  className="reject-copy"
                  icon={copied === row ? 'check' : 'copy'}
                  label={`Copy row ${row + 1}`}
                  onClick={() => void copy(row)}
                />
              )
            }
          />
        </div>
      )}
      <p className="visually-hidden" role="status">
        {copied === null ? '' : `Row ${copied + 1} is copied`}
      </p>
    </section>
  );
}
