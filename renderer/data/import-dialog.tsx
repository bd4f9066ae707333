import { useState, type ReactElement } from 'react';
import type { ImportFormat, ImportReport } from '#shared/contract/datasets.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { freeName, isTaken } from './data-file.ts';
import { Preview } from './import-preview.tsx';
import { Report } from './import-report.tsx';
import type { RoleMap } from './roles-of.ts';
import { useWork } from './use-work.ts';
import { WorkBar } from './work-bar.tsx';
import { Replaces, WorkFailure } from './work-failure.tsx';

const formats: Readonly<Record<ImportFormat, string>> = {
  csv: 'CSV or other delimited text',
  parquet: 'Parquet',
  jsonl: 'JSON lines',
  'ml-100k': 'MovieLens 100K folder',
  movielens: 'MovieLens folder (1M and later)',
  recbole: 'RecBole folder',
  libsvm: 'LibSVM',
  sqlite: 'SQLite, attached and never altered',
};

const mapped: readonly ImportFormat[] = ['csv', 'parquet', 'jsonl', 'sqlite'];

/** What a path most likely is, from its ending. */
function guess(path: string): ImportFormat | null {
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

interface ImportDialogProps {
  /** Paths of the data sets that are there. */
  readonly there: readonly string[];
  /** The desktop's own dialog for a file; null where the window is a page. */
  readonly choose: (() => Promise<string | null>) | null;
  onClose(): void;
  onDone(path: string): void;
}

/** Brings files in: what they are, which column plays which part, and what became of every row. */
export function ImportDialog({ there, choose, onClose, onDone }: ImportDialogProps): ReactElement {
  const connection = useConnection();
  const [path, setPath] = useState('');
  const [format, setFormat] = useState<ImportFormat>('csv');
  const [out, setOut] = useState('');
  const [map, setMap] = useState<RoleMap>({});
  const [report, setReport] = useState<ImportReport | null>(null);
  const work = useWork();
  const [tried, setTried] = useState('');
  const target = out.trim() || (path.trim() === '' ? '' : freeName(outFor(path), there));
  const replaces = report === null && isTaken(target, there);
  const name = (next: string): void => {
    setPath(next);
    setFormat(guess(next) ?? format);
  };
  const ask = async (): Promise<void> => {
    const chosen = (await choose?.()) ?? null;
    if (chosen !== null) name(chosen);
  };
  const start = (): void => {
    setTried(path);
    work.start(async (signal) =>
      setReport(
        await connection.call(
          'datasets.import',
          {
            path: path.trim(),
            format,
            out: target,
            map: mapped.includes(format) ? map : {},
          },
          signal,
        ),
      ),
    );
  };
  const foot =
    report === null ? (
      <>
        <WorkBar work={work} title="Import" />
        {work.busy ? (
          <Button icon="square" onClick={work.stop}>
            Stop
          </Button>
        ) : (
          <Button onClick={onClose}>Cancel</Button>
        )}
        <Button look="solid" icon="upload" disabled={work.busy || path.trim() === ''} onClick={start}>
          {work.busy ? 'Importing …' : replaces ? 'Replace' : format === 'sqlite' ? 'Attach' : 'Import'}
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
      width={report !== null && report.rejectFile === null ? 560 : 820}
      held={report === null && path !== ''}
      onClose={work.busy ? work.stop : onClose}
      foot={foot}
    >
      {report === null ? (
        <div className="import-form">
          <label htmlFor="import-path">File or folder on this computer</label>
          <div className="import-path">
            <input
              id="import-path"
              className="input"
              autoFocus
              placeholder="Path of a file, or of the folder that holds them"
              value={path}
              onChange={(event) => name(event.target.value)}
            />
            {choose === null ? null : (
              <Button icon="folder-open" onClick={() => void ask()}>
                Choose …
              </Button>
            )}
          </div>
          <label htmlFor="import-format">What it is</label>
          <select
            id="import-format"
            className="select"
            value={format}
            onChange={(event) => setFormat(event.target.value as ImportFormat)}
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
            placeholder={target === '' ? 'Named after the file unless you name it' : target}
            onChange={(event) => setOut(event.target.value)}
          />
          <Preview path={path} format={format} map={map} fixed={!mapped.includes(format)} onMap={setMap} />
          <Replaces name={replaces && !work.busy ? target : null} />
          <WorkFailure failure={tried === path ? work.failure : null} />
        </div>
      ) : (
        <Report report={report} />
      )}
    </Dialog>
  );
}
