import type { CancelSignal } from '#shared/contract/methods.ts';
import { lstatSync, statfsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { importFormats } from '#shared/contract/datasets.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { attachSqlite } from './attach.ts';
import { isFolder, requireName, requirePath, explain } from './failures.ts';
import { isFormat, openSource } from './formats/open-source.ts';
import { importTable, type ImportedTable, type TableImport } from './import-table.ts';
import type { ImportReport, Layout } from './layout.ts';
import { draftPath } from './drafts.ts';
import { DatasetColumns } from './columns/dataset-columns.ts';
import { completeDraft, type Completed } from './complete.ts';
import { RejectFile } from './reject-file.ts';
import { rejectEnding } from './reject-pages.ts';
import { assignRoles, checkRequest, requireRoles, tableKind, type RoleRequest } from './roles.ts';
import { tableNames, type Source, type TableSource, type TextOptions } from './rows.ts';
import { DatasetDraft } from './store.ts';

/** About how much of the time goes into reading the source. */
const readingShare = 0.8;

export interface ImportProgress {
  /** From 0 to 1. */
  readonly share: number;
  readonly note: string;
  /** Rows taken so far, over all tables. */
  readonly rows: number;
}

export interface ImportOptions extends TextOptions {
  /** File or folder to import. */
  readonly path: string;
  readonly format: string;
  /** Where the data set goes: replaced whole at the end where it is one already. */
  readonly out: string;
  /** Role to column, or to table.column. */
  readonly map?: RoleRequest;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: CancelSignal;
  /** The file may not grow beyond this many pages of 4,096 bytes. */
  readonly maximumPages?: number;
}

export interface ImportResult extends Completed {
  readonly out: string;
  readonly report: ImportReport;
}

/** Imports a source as a data set. Either the whole data set is there afterwards, or what was there before. */
export async function importDataset(options: ImportOptions): Promise<ImportResult> {
  const { path, format, out } = options;
  if (!isFormat(format))
    throw new RunboardError('bad-usage', `there is no format ${format}`, {
      where: '--format',
      remedy: `formats are ${importFormats.join(', ')}`,
    });
  requirePath(path);
  requireName(out);
  let draft: DatasetDraft | undefined;
  let columns: DatasetColumns | undefined;
  const rejects = new RejectFile(`${out}${rejectEnding}`, draftPath(out, 'rejects'));
  try {
    if (format === 'sqlite') return attachSqlite(options);
    const source = await openSource(path, format, options, options.signal);
    const plans = planTables(source, options.map ?? {}, path);
    requireSpace(source, out);
    draft = new DatasetDraft(out, options.maximumPages);
    columns = new DatasetColumns(draftPath(draft.out, 'scratch'));
    return await fill(source, plans, { draft, rejects, columns, options });
  } catch (thrown) {
    columns?.close();
    draft?.abandon();
    rejects.abandon();
    throw explain(thrown, thrownByOut(thrown) ? out : path);
  }
}

function thrownByOut(thrown: unknown): boolean {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_') || code === 'ENOSPC' || code === 'EROFS');
}

interface Work {
  readonly draft: DatasetDraft;
  readonly rejects: RejectFile;
  readonly columns: DatasetColumns;
  readonly options: ImportOptions;
}

async function fill(source: Source, plans: readonly TableImport[], work: Work): Promise<ImportResult> {
  const { draft, rejects, columns, options } = work;
  const { report, layout } = await importTables(source, plans, work);
  const rows = report.tables.reduce((sum, table) => sum + table.rows, 0);
  const completed = await completeDraft(
    draft,
    {
      layout,
      name: basename(options.path),
      report: () => report,
      columns: columns.faithful ? columns : undefined,
    },
    {
      signal: options.signal,
      onShare: (share) =>
        options.onProgress?.({ share: readingShare + (0.99 - readingShare) * share, note: 'profiling', rows }),
      whenStored: () => rejects.publish(),
    },
  );
  options.onProgress?.({ share: 1, note: 'done', rows });
  return { out: options.out, ...completed };
}

/** Writes the rows of all tables into the draft. */
async function importTables(
  source: Source,
  plans: readonly TableImport[],
  { draft, rejects, columns, options }: Work,
): Promise<{ readonly layout: Layout; readonly report: ImportReport }> {
  const done = new Map<TableImport, ImportedTable>();
  const total = source.tables.reduce((sum, table) => sum + table.bytes, 0) || 1;
  let bytes = 0;
  let finishedRows = 0;
  // Users and items first: events get their codes, which go by the order of those tables.
  const inOrder = plans.toSorted((a, b) => tableNames.indexOf(a.table) - tableNames.indexOf(b.table));
  for (const plan of inOrder) {
    const imported = await importTable(plan, {
      draft,
      columns,
      rejects,
      signal: options.signal,
      advance(more, rows) {
        bytes += more;
        options.onProgress?.({
          share: readingShare * Math.min(1, bytes / total),
          note: `reading ${plan.table}`,
          rows: finishedRows + rows,
        });
      },
    });
    finishedRows += imported.report.rows;
    done.set(plan, imported);
  }
  rejects.flush();
  const imported = plans.map((plan) => done.get(plan) as ImportedTable);
  const stored = imported.map((table) => table.stored);
  const shape = stored.some(({ table }) => table === 'examples') ? 'examples' : 'events';
  return {
    layout: { shape, tables: stored },
    report: {
      format: options.format,
      source: basename(options.path),
      tables: imported.map((table) => table.report),
      rejected: rejects.count,
      rejectFile: rejects.count === 0 ? null : rejects.path,
      firstRejects: rejects.first,
      notes: [...source.notes, ...imported.flatMap(({ notes }) => notes)],
    },
  };
}

/** Finds the part that every column plays. */
function planTables(source: Source, request: RoleRequest, path: string): TableImport[] {
  const single =
    source.tables.length === 1 && source.tables[0].columns.every(({ role }) => role === undefined || role === 'part');
  const tables: TableSource[] = source.tables.map((table) =>
    single && table.table === 'events' && !isFolder(path)
      ? { ...table, table: tableKind(table.columns, request) }
      : table,
  );
  checkRequest(request, tables, path);
  const plans = tables.map((table): TableImport => {
    const candidate = {
      ...table,
      columns: single
        ? table.columns.map((column) => (column.role === 'part' ? { ...column, role: undefined } : column))
        : table.columns,
    };
    const { roles, guessed } = assignRoles(candidate, request);
    requireRoles(candidate, roles);
    return { source: table, table: table.table, roles, guessed };
  });
  for (const [role, column] of Object.entries(request)) {
    if (plans.some(({ roles }) => roles.has(role))) continue;
    throw new RunboardError(
      'bad-usage',
      `role ${role} does not belong to a table of ${tables.map(({ table }) => table).join(' and ')}`,
      {
        where: `--map ${role}=${column}`,
        remedy: 'leave it out, or add the roles that make such a table',
      },
    );
  }
  return plans;
}

/** Refuses early where the disk has clearly too little room. */
function requireSpace(source: Source, out: string): void {
  const folder = dirname(out);
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return; // said better when the draft is opened
  const packed = source.format === 'parquet' ? 3 : 1.1;
  const needed = packed * source.tables.reduce((sum, { bytes }) => sum + bytes, 0);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const megabytes = (count: number): string => `${Math.ceil(count / 1e6).toLocaleString('en')} MB`;
  throw new RunboardError('disk', `about ${megabytes(needed)} are needed, ${megabytes(free)} are free`, {
    where: folder,
    remedy: 'free some space or choose another --out',
  });
}
