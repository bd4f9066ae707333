import { useEffect, useState, type ReactElement } from 'react';
import { failureLine, type Failure } from '#shared/contract/failure.ts';
import type { ImportOptions, ImportReport } from '#shared/contract/methods.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { fullCount } from '#renderer/ui/format.ts';
import { Preview, RoleFields } from './import-preview.tsx';

type Format = ImportOptions['format'];

const formats: Readonly<Record<Format, string>> = {
  csv: 'CSV or other delimited text',
  parquet: 'Parquet',
  jsonl: 'JSON lines',
  'ml-100k': 'MovieLens 100K folder',
  movielens: 'MovieLens folder (1M and later)',
  recbole: 'RecBole folder',
  libsvm: 'LibSVM',
  sqlite: 'SQLite, attached and never altered',
};

const mapped: readonly Format[] = ['csv', 'parquet', 'jsonl', 'sqlite'];

/** What a path most likely is, from its ending. */
function guess(path: string): Format | null {
  const ending = path.toLowerCase().match(/\.([a-z0-9]+)$/)?.[1] ?? '';
  if (['csv', 'tsv', 'txt'].includes(ending)) return 'csv';
  if (ending === 'parquet') return 'parquet';
  if (['jsonl', 'ndjson', 'json'].includes(ending)) return 'jsonl';
  if (['db', 'sqlite', 'sqlite3'].includes(ending)) return 'sqlite';
  if (ending === 'inter') return 'recbole';
  return /ml-100k/i.test(path) ? 'ml-100k' : /ml-|movielens/i.test(path) ? 'movielens' : null;
}

function outFor(path: string): string {
  const name =
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? 'data';
  return `${name.replace(/\.[^.]+$/, '') || 'data'}.db`;
}

function Report({ report }: { report: ImportReport }): ReactElement {
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
      {report.rowsRejected === 0 ? null : (
        <p className="data-warning">
          {report.rowsRejected === 1
            ? 'One row was rejected. It is'
            : `${fullCount(report.rowsRejected)} rows were rejected. Each is`}{' '}
          listed with its line and the reason in <span className="mono">{report.rejectFile}</span>.
        </p>
      )}
      {report.warnings.map((warning) => (
        <p key={warning} className="data-warning">
          {warning}
        </p>
      ))}
    </div>
  );
}

function useProgress(what: boolean): string {
  const connection = useConnection();
  const [words, setWords] = useState('');
  useEffect(
    () =>
      what ? connection.on('work', (work) => setWords(`${Math.round(work.share * 100)} % · ${work.note}`)) : undefined,
    [connection, what],
  );
  return words;
}

/** Brings files in: what they are, which column plays which part, and what became of every row. */
export function ImportDialog({ onClose, onDone }: { onClose(): void; onDone(path: string): void }): ReactElement {
  const connection = useConnection();
  const [path, setPath] = useState('');
  const [format, setFormat] = useState<Format>('csv');
  const [out, setOut] = useState('');
  const [map, setMap] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const progress = useProgress(busy);
  const start = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const given = Object.fromEntries(Object.entries(map).filter(([, column]) => column.trim() !== ''));
      setReport(
        await connection.call('datasets.import', {
          path: path.trim(),
          format,
          out: out.trim() || outFor(path),
          map: given,
        }),
      );
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
    setBusy(false);
  };
  const foot =
    report === null ? (
      <>
        {busy ? <span className="quiet number">{progress}</span> : null}
        <Button onClick={onClose}>Cancel</Button>
        <Button look="solid" icon="upload" disabled={busy || path.trim() === ''} onClick={() => void start()}>
          {busy ? 'Importing …' : 'Import'}
        </Button>
      </>
    ) : (
      <Button look="solid" onClick={() => onDone(report.out)}>
        Look at it
      </Button>
    );
  return (
    <Dialog
      title={report === null ? 'Import data' : 'Imported'}
      width={report === null ? 820 : 560}
      onClose={onClose}
      foot={foot}
    >
      {report === null ? (
        <div className="import-form">
          <label htmlFor="import-path">File or folder on this computer</label>
          <input
            id="import-path"
            className="input"
            autoFocus
            value={path}
            onChange={(event) => {
              setPath(event.target.value);
              setFormat(guess(event.target.value) ?? format);
            }}
          />
          <label htmlFor="import-format">What it is</label>
          <select
            id="import-format"
            className="select"
            value={format}
            onChange={(event) => setFormat(event.target.value as Format)}
          >
            {Object.entries(formats).map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
          <label htmlFor="import-out">Save the data set as</label>
          <input
            id="import-out"
            className="input"
            value={out}
            placeholder={path === '' ? '' : outFor(path)}
            onChange={(event) => setOut(event.target.value)}
          />
          {format === 'sqlite' ? (
            <RoleFields map={map} onMap={setMap} />
          ) : (
            <Preview path={path} format={format} map={map} fixed={!mapped.includes(format)} onMap={setMap} />
          )}
          {failure === null ? null : (
            <p className="data-failure" role="alert">
              {failureLine(failure)}
            </p>
          )}
        </div>
      ) : (
        <Report report={report} />
      )}
    </Dialog>
  );
}
