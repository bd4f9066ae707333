import type { ImportReport } from '#shared/contract/datasets.ts';
import { countText, millisText } from '#shared/documents/numbers.ts';
import { colour, safe } from '../text.ts';

/** What became of an import or a generation. */
export function importReportText(report: ImportReport): string {
  const tables = Object.entries(report.tables).map(([name, rows]) => `${countText(rows)} ${name}`);
  const lines = [
    `${colour('bold', report.out)}  ${colour('gray', `fingerprint ${report.fingerprint.slice(0, 16)}, ${millisText(report.seconds * 1000)}`)}`,
    `  ${tables.join(', ')}`,
  ];
  if (report.rowsRead > 0)
    lines.push(
      `  ${countText(report.rowsRead)} rows read, ${countText(report.rowsKept)} kept, ${countText(report.rowsRejected)} rejected`,
    );
  if (report.rejectFile !== null) lines.push(`  rejected rows with their line numbers: ${report.rejectFile}`);
  for (const warning of report.warnings) lines.push(`  ${colour('yellow', '!')} ${safe(warning)}`);
  return `${lines.join('\n')}\n`;
}
