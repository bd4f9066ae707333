import { DigestTable } from './digest-table.ts';
import { TextDigest } from './text-digest.ts';

/** Remembers on which line each id was met first. About thirty bytes for each. */
export class SeenIds {
  private readonly table = new DigestTable();
  private readonly digest = new TextDigest();
  private lines = new Float64Array(64);

  /** The line on which an id was met before; undefined where this is the first. */
  meet(id: string, line: number): number | undefined {
    this.digest.of(id);
    const known = this.table.find(this.digest);
    if (known !== -1) return this.lines[known];
    const code = this.table.add(this.digest);
    if (code === this.lines.length) {
      const larger = new Float64Array(code * 2);
      larger.set(this.lines);
      this.lines = larger;
    }
    this.lines[code] = line;
    return undefined;
  }
}
