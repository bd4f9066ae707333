import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { explain } from './failures.ts';

const flushCharacters = 1 << 16;
const longestText = 2000;

/** The rows that could not be imported, as CSV: file, line, reason, text. Written beside, renamed when the import is done. */
export class RejectFile {
  count = 0;
  readonly first: string[] = [];
  readonly path: string;
  private readonly draft: string;
  private file: number | undefined;
  private buffer = 'file,line,reason,text\r\n';

  /** `draft` is where it is written until it is published. */
  constructor(path: string, draft: string) {
    this.path = path;
    this.draft = draft;
  }

  add(source: string, line: number, reason: string, text: string): void {
    this.count++;
    if (this.first.length < 10) this.first.push(`${source}, line ${line}: ${reason}`);
    const shown = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
    this.buffer += `${quoted(source)},${line},${quoted(reason)},${quoted(shown)}\r\n`;
    if (this.buffer.length > flushCharacters) this.write();
  }

  private write(): void {
    try {
      this.file ??= openSync(this.draft, 'w');
      let bytes = Buffer.from(this.buffer);
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.file, bytes));
      this.buffer = '';
    } catch (thrown) {
      throw explain(thrown, this.path);
    }
  }

  /** Flushes everything to the draft; nothing is visible yet. */
  flush(): void {
    if (this.count === 0) return;
    this.write();
    try {
      if (this.file !== undefined) fsyncSync(this.file);
    } catch (thrown) {
      throw explain(thrown, this.path);
    }
  }

  /** Makes the file visible, or removes the one of an earlier import where nothing was rejected. */
  publish(): void {
    this.close();
    if (this.count === 0) rmSync(this.path, { force: true });
    else renameSync(this.draft, this.path);
  }

  abandon(): void {
    this.close();
    rmSync(this.draft, { force: true });
  }

  private close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** What a spreadsheet would take for a formula, behind as many apostrophes as may stand before it. */
const formula = /^'*[=+\-@\t\r]/;

/** Text that a spreadsheet shows instead of computing it: rows come from files that anybody may have written. */
function inert(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text that `inert` was given. */
export function asItWas(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

function quoted(given: string): string {
  const text = inert(given);
  return /[",\r\n\0]/.test(text) ? `"${text.replaceAll('"', '""').replaceAll('\0', '\ufffd')}"` : text;
}
