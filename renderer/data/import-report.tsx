import type { ReactElement } from 'react';
import type { ImportReport } from '#shared/contract/datasets.ts';
import { fullCount } from '#renderer/ui/format.ts';
import { sentence } from '#renderer/ui/sentence.ts';
import { Rejects } from './rejects.tsx';

/** What became of the rows. */
export function Report({ report }: { report: ImportReport }): ReactElement {
  const rejects = report.rejects ?? [];
  return (
    <div className="stack">
      <p>
        <b className="number">{fullCount(report.rowsKept)}</b> of {fullCount(report.rowsRead)} rows kept, in{' '}
        {report.seconds.toFixed(1)} s, as {report.encoding}.
      </p>
      <ul className="report-list">
        {Object.entries(report.tables).map(([table, rows]) => (
          <li key={table}>
            <span>{table}</span> <b className="number">{fullCount(rows)}</b>
          </li>
        ))}
      </ul>
      {report.rejectFile === null ? null : <Rejects file={report.rejectFile} count={report.rowsRejected} />}
      {report.warnings
        .filter((warning) => !rejects.includes(warning))
        .map((warning) => (
          <p key={warning} className="data-warning">
            {sentence(warning)}
          </p>
        ))}
    </div>
  );
}
