import type { ImportFormat, SourcePreview } from '#shared/contract/datasets.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import { explain } from './failures.ts';
import { openSource } from './formats/open-source.ts';
import type { Cell } from './rows.ts';

const shownRows = 8;

/** The columns and the first rows of files that are not imported yet. An SQLite file is looked at by attaching it. */
export async function peekSource(
  path: string,
  format: Exclude<ImportFormat, 'sqlite'>,
  signal?: CancelSignal,
): Promise<SourcePreview> {
  try {
    const source = await openSource(path, format, {}, signal);
    const tables = [];
    const notes = [...source.notes];
    for (const table of source.tables) {
      const rows: Cell[][] = [];
      const faults: string[] = [];
      const reject = (line: number, reason: string): void => void faults.push(`line ${line} ${reason}`);
      for await (const batch of table.rows({ signal, reject, advance: () => {} })) {
        for (let row = 0; row < batch.rows && rows.length < shownRows; row++)
          rows.push(batch.columns.map((column) => column[row]));
        if (rows.length >= shownRows) break;
      }
      if (faults.length > 0) notes.push(`rows that cannot be read are rejected: ${faults[0]}`);
      tables.push({
        name: table.table,
        columns: table.columns.map(({ name, role }) => ({ name, role: role ?? null })),
        rows,
      });
    }
    return { tables, notes };
  } catch (thrown) {
    throw explain(thrown, path);
  }
}
