import type { Design } from '#shared/contract/design.ts';

/**
 * The one way a design is written: sorted keys, lists in their own order, prose one line per line, and the place of a
 * box (x, y) on a line of its own, so that moving one box changes one line. Writing what was read gives the same bytes.
 */
export function writeDesign(design: Design): string {
  return `${block(design, '', '')}\n`;
}

/** Lines are filled up to this width. */
const width = 110;
const proseKeys = new Set(['body', 'notes', 'summary', 'text']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Sorted by code unit, what is undefined left out. */
function entriesOf(record: Record<string, unknown>): [string, unknown][] {
  return Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => [key, record[key]]);
}

/** The value on one line, or null where it belongs on several. */
function inline(value: unknown, key: string): string | null {
  if (Array.isArray(value)) {
    if (value.length > 0 && proseKeys.has(key) && value.every((one) => typeof one === 'string')) return null;
    const parts = value.map((one) => inline(one, ''));
    return parts.includes(null) ? null : `[${parts.join(', ')}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  if (isPlaced(value)) return null;
  const parts = entriesOf(value).map(([name, one]) => {
    const text = inline(one, name);
    return text === null ? null : `${JSON.stringify(name)}: ${text}`;
  });
  if (parts.includes(null)) return null;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** A box on the board: it has a place. */
function isPlaced(record: Record<string, unknown>): boolean {
  return typeof record['x'] === 'number' && typeof record['y'] === 'number';
}

/** What always has lines of its own, however short: the file itself, the board, and lists of things drawn or written. */
const spread = new Set(['', 'assumptions', 'board', 'edges', 'frames', 'nodes', 'sections', 'writeUp']);

function block(value: unknown, key: string, indent: string): string {
  const flat = inline(value, key);
  const short =
    flat !== null &&
    (flat.length + indent.length + key.length + 6 <= width || !(isRecord(value) || Array.isArray(value)));
  const empty = flat === '[]' || flat === '{}';
  if (flat !== null && (empty || (short && !(spread.has(key) && typeof value === 'object')))) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((one) => inner + block(one, 'item', inner)).join(',\n')}\n${indent}]`;
  }
  if (!isRecord(value)) return flat ?? 'null';
  const lines = isPlaced(value) ? packed(value, inner) : entriesOf(value).map(([name, one]) => entry(name, one, inner));
  return `{\n${lines.map((line) => inner + line).join(',\n')}\n${indent}}`;
}

function entry(name: string, value: unknown, indent: string): string {
  return `${JSON.stringify(name)}: ${block(value, name, indent)}`;
}

/** Lines of a box: short values share lines, x and y have one for themselves. */
function packed(record: Record<string, unknown>, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  const close = (): void => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const [name, value] of entriesOf(record)) {
    const text = entry(name, value, indent);
    const place = name === 'x' || name === 'y';
    if (typeof value === 'object' && value !== null) {
      close();
      lines.push(text);
    } else {
      if (name === 'x' || line.length + text.length + indent.length + 2 > width || (!place && /"y": \S+$/.test(line)))
        close();
      line = line === '' ? text : `${line}, ${text}`;
    }
  }
  close();
  return lines;
}
