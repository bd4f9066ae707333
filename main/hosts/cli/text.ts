import { stripVTControlCharacters, styleText } from 'node:util';
import { visible } from '#shared/documents/tree.ts';

type Style = 'bold' | 'dim' | 'gray' | 'red' | 'green' | 'yellow' | 'cyan' | 'blue';

/** Colours for a stream; none where it is no terminal or NO_COLOR is set. */
export function paint(stream: NodeJS.WritableStream): (style: Style, text: string) => string {
  return (style, text) => styleText(style, text, { stream });
}

export const colour = paint(process.stdout);

/** Columns that a text takes on a terminal. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of stripVTControlCharacters(text)) {
    const code = letter.codePointAt(0) as number;
    if (code >= 0x300 && code <= 0x36f) continue;
    width += code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xffdc) || code >= 0x1f300) ? 2 : 1;
  }
  return width;
}

/** At most `width` columns, with an ellipsis where something is missing. Colours are lost when it cuts. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let room = width - 1;
  for (const letter of stripVTControlCharacters(text)) {
    room -= widthOf(letter);
    if (room < 0) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

export interface TextColumn {
  readonly title: string;
  readonly right?: boolean;
  /** Cut to this many columns. */
  readonly most?: number;
  /** May be left out on a narrow terminal; the lowest goes first. */
  readonly drop?: number;
}

/** Rows under headings, two spaces apart; a row that is one string stands alone, as a heading of what follows. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[] | string)[],
  indent = '  ',
): string {
  const cells = rows.map((row) =>
    typeof row === 'string' ? row : row.map((cell, i) => cut(cell, columns[i].most ?? 200)),
  );
  const widths = columns.map((column, i) =>
    Math.max(widthOf(column.title), ...cells.map((row) => (typeof row === 'string' ? 0 : widthOf(row[i] ?? '')))),
  );
  const used = widths.map(
    (width, i) =>
      width > 0 && (columns[i].title !== '' || cells.some((row) => typeof row !== 'string' && row[i] !== '')),
  );
  dropColumns(columns, widths, used, indent.length);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) =>
        columns[i].right === true
          ? ' '.repeat(widths[i] - widthOf(cell)) + cell
          : cell + ' '.repeat(widths[i] - widthOf(cell)),
      )
      .filter((_, i) => used[i])
      .join('  ')
      .trimEnd();
  const head = columns.some((column) => column.title !== '')
    ? [indent + colour('gray', line(columns.map((column) => column.title)))]
    : [];
  return `${[...head, ...cells.map((row) => indent + (typeof row === 'string' ? row : line(row)))].join('\n')}\n`;
}

/** Leaves out columns until a row fits the terminal; elsewhere lines may be as long as they like. */
function dropColumns(columns: readonly TextColumn[], widths: readonly number[], used: boolean[], indent: number): void {
  const room = process.stdout.isTTY ? process.stdout.columns : Infinity;
  const order = columns.map((_, i) => i).filter((i) => columns[i].drop !== undefined);
  order.sort((a, b) => (columns[a].drop ?? 0) - (columns[b].drop ?? 0));
  for (const i of order) {
    const total = widths.reduce((sum, width, j) => sum + (used[j] ? width + 2 : 0), indent);
    if (total > room) used[i] = false;
  }
}

/** Text from a file or data set, safe to print: control characters could steer the terminal. */
export function safe(text: string | null | undefined): string {
  return visible(text ?? '').replace(/\s+/g, ' ');
}

/** A value as JSON of which no terminal obeys anything: what `visible` leaves out is escaped, so that the value is the same. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const escaped = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${text.replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, escaped)}\n`;
}

/** ▇▇▇▇▇▏ */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8];
  return '█'.repeat(Math.floor(eighths / 8)) + part;
}
