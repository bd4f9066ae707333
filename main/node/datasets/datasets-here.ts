import { existsSync } from 'node:fs';
import type { ColumnProfile, DatasetProfile, ImportReport, TableProfile } from '#shared/contract/datasets.ts';
import type { Datasets } from '#shared/contract/ports.ts';
import { generateDataset } from './generate.ts';
import { importDataset } from './import.ts';
import type { ImportResult } from './import.ts';
import { inspectDataset, previewTable } from './inspect.ts';
import { peekSqlite } from './peek-sqlite.ts';
import { peekSource } from './peek.ts';
import type { Inspection } from './inspect.ts';
import { rejectEnding, rejectPage } from './reject-pages.ts';

/** Data sets in the words of the contract, worked on in the thread that asks. */
export function datasetsHere(): Datasets {
  return {
    peek: async ({ path, format }, call) =>
      format === 'sqlite' ? peekSqlite(path) : peekSource(path, format, call.signal),
    async import(options, call) {
      const began = performance.now();
      const onProgress = ({ share, note }: { share: number; note: string }): void =>
        call.emit('work', { what: 'import', share, note });
      const result = await importDataset({ ...options, onProgress, signal: call.signal });
      return reportOf(result, (performance.now() - began) / 1000);
    },
    generate: (options, call) => generateDataset(options, call),
    inspect: async (path, call) =>
      profileOf(
        await inspectDataset(path, call.signal, (share) =>
          call.emit('work', { what: 'inspect', share, note: 'reading' }),
        ),
      ),
    page: async ({ path, table, offset, limit }) =>
      path.endsWith(rejectEnding) ? rejectPage(path, offset, limit) : previewTable(path, table, offset, limit),
  };
}

function reportOf({ out, report, profile, fingerprint }: ImportResult, seconds: number): ImportReport {
  const kept = report.tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    out,
    shape: profile.shape,
    fingerprint,
    rowsRead: kept + report.rejected,
    rowsKept: kept,
    rowsRejected: report.rejected,
    rejectFile: report.rejectFile !== null && existsSync(report.rejectFile) ? report.rejectFile : null,
    rejects: report.firstRejects,
    tables: Object.fromEntries(report.tables.map((table) => [table.table, table.rows])),
    encoding: report.notes.find((note) => /utf-|latin|windows-/i.test(note)) ?? 'UTF-8',
    warnings: [...report.notes, ...report.firstRejects, ...profile.warnings],
    seconds,
  };
}

function profileOf(inspection: Inspection): DatasetProfile {
  const { profile } = inspection;
  return {
    path: inspection.path,
    name: inspection.name,
    shape: inspection.shape,
    fingerprint: inspection.fingerprint,
    tables: inspection.tables.map((table) => tableOf(table, profile.columns[table.table] ?? [])),
    roles: inspection.roles,
    users: profile.users,
    items: profile.items,
    events: profile.events,
    impressions: profile.impressions,
    examples: profile.examples,
    duplicates: profile.duplicates,
    sparsity: profile.sparsity,
    timeRange: profile.from === null || profile.until === null ? null : [profile.from, profile.until],
    longTail: profile.longTail,
    warnings: inspection.warnings,
  };
}

type Known = Inspection['profile']['columns'][string];

function tableOf(table: Inspection['tables'][number], known: Known): TableProfile {
  const columns = table.columns.map(({ name, kind, role }): ColumnProfile => {
    const found = known.find((one) => one.role !== null && one.role === role) ?? known.find((one) => one.name === name);
    return {
      name,
      type: kind,
      role,
      nulls: found?.missing ?? 0,
      distinct: found?.distinct ?? null,
      minimum: found?.minimum ?? null,
      maximum: found?.maximum ?? null,
      mean: found?.mean ?? null,
      top: found?.top ?? [],
      histogram: found?.histogram ?? [],
    };
  });
  return { name: table.table, rows: table.rows, columns };
}
