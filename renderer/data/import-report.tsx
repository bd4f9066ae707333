import type { ReactElement } from 'react';
import type { ImportReport } from '#shared/contract/datasets.ts';
import { fullCount } from '#renderer/ui/format.ts';

/** "plays.csv, line 12: no item" in its parts. */
function parts(reject: string): { readonly where: string; readonly why: string } {
  const at = reject.indexOf(': ');
  return at < 0 ? { where: '', why: reject } : { where: reject.slice(0, at), why: reject.slice(at + 2) };
}

/** What was rejected, line by line; the rest is in the file beside the data set. */
function Rejects({ report, rejects }: { report: ImportReport; rejects: readonly string[] }): ReactElement {
  const more = report.rowsRejected - rejects.length;
  return (
    <section aria-label="Rejected rows" className="stack">
      <p className="data-warning">
        {report.rowsRejected === 1
          ? 'One row was rejected. It is'
          : `${fullCount(report.rowsRejected)} rows were rejected. Each is`}{' '}
        listed with its line and the reason in <span className="mono">{report.rejectFile}</span>.
      </p>
      <div className="reject-list" tabIndex={0} role="group" aria-label="First rejected rows">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">where</th>
              <th scope="col">why</th>
            </tr>
          </thead>
          <tbody>
            {rejects.map((reject, at) => (
              <tr key={at}>
                <td className="quiet">{parts(reject).where}</td>
                <td>{parts(reject).why}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more > 0 && rejects.length > 0 ? <p className="quiet">and {fullCount(more)} more in the file</p> : null}
      </div>
    </section>
  );
}

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
      {report.rowsRejected === 0 ? null : <Rejects report={report} rejects={rejects} />}
      {report.warnings
        .filter((warning) => !rejects.includes(warning))
        .map((warning) => (
          <p key={warning} className="data-warning">
            {warning}
          </p>
        ))}
    </div>
  );
}
