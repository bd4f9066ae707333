import { designChangeSchema, type DesignChange } from '#shared/contract/change-schema.ts';
import { applyChanges } from '#shared/contract/changes.ts';
import type { Design } from '#shared/contract/design.ts';

/** What a journal begins with: the design as it was then, and the file that it would be saved to. */
export interface JournalStart {
  readonly path: string | null;
  readonly digest: string | null;
  readonly design: Design;
  /** Number of the last change that the design holds; 0 where absent. */
  readonly sequence?: number;
}

/** What could be read of a journal. */
export interface ReadJournal extends JournalStart {
  /** Number of the last change that was read, and how many lines behind it could not be. */
  readonly sequence: number;
  readonly lost: number;
}

/** CRC-32 (ISO 3309) by bytes, its table made once. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

function checksum(text: string): string {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    crc = table[(crc ^ unit) & 0xff] ^ (crc >>> 8);
    crc = table[(crc ^ (unit >>> 8)) & 0xff] ^ (crc >>> 8);
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}

function line(record: unknown): string {
  const text = JSON.stringify(record);
  return `${checksum(text)} ${text}\n`;
}

/** The first lines of a journal: whose it is, and the design. Apart, so that damage to the one leaves the other. */
export function startLines({ design, ...of }: JournalStart): string {
  return line({ of }) + line({ design });
}

/** The file that a journal would be saved to, as long as its first line can be read. */
export function journalPath(text: string): string | null {
  const of = parsed(text.slice(0, Math.max(0, text.indexOf('\n'))))?.['of'] as JournalStart | undefined;
  return of?.path ?? null;
}

/** The line of one change; `sequence` counts from 1 and tells a line that is missing. */
export function changeLine(sequence: number, changes: readonly DesignChange[]): string {
  return line({ sequence, changes });
}

function parsed(text: string): Record<string, unknown> | null {
  if (text[8] !== ' ' || checksum(text.slice(9)) !== text.slice(0, 8)) return null;
  try {
    const value = JSON.parse(text.slice(9)) as unknown;
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * The design at the end of what is whole: a change builds on those before it, so that the first line that is torn,
 * flipped, missing or does not fit ends the reading. Null where not even the start can be read.
 */
export function readJournal(text: string): ReadJournal | null {
  const lines = text.split('\n');
  // Every line that was written ends with a break: what is behind the last one was under way when the process ended.
  const torn = lines.pop() ?? '';
  if (torn !== '' && parsed(torn) !== null) lines.push(torn);
  const of = parsed(lines[0] ?? '')?.['of'] as Omit<JournalStart, 'design'> | undefined;
  let design = parsed(lines[1] ?? '')?.['design'] as Design | undefined;
  if (of === undefined || design === undefined) return null;
  const first = of.sequence ?? 0;
  let sequence = first;
  for (const one of lines.slice(2)) {
    const change = parsed(one);
    const changes = designChangeSchema.array().safeParse(change?.['changes']);
    if (change?.['sequence'] !== sequence + 1 || !changes.success) break;
    try {
      design = applyChanges(design, changes.data);
    } catch {
      break;
    }
    sequence++;
  }
  return { ...of, design, sequence, lost: lines.length - 2 - (sequence - first) };
}
