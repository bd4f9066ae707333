import type { DesignChange } from '#shared/contract/change-schema.ts';
import { designLimits } from '#shared/contract/design.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { keepWhileWorking, pointMillis } from '../restore-points/keep.ts';
import { changeLine, journalPath, readJournal, startLines, type JournalStart, type ReadJournal } from './journal.ts';

/** Folder of the workspace that unsaved work is kept in, and the ending of its files. */
const folderName = 'drafts';
export const journalEnding = '.journal';

/** A journal is written anew when its changes are longer than this and than what it began with. */
const compactedAt = 1024 * 1024;

/** No journal is longer: what it begins with, as much again in changes, and a change on top. */
const longest = 4 * designLimits.bytes;

/** What lies in a journal's file: its journal, or null where that cannot be read, and the path that it names. */
export interface FoundJournal {
  readonly journal: ReadJournal | null;
  readonly path: string | null;
}

/** A journal as it is written to: what is known of its file without reading it. */
interface OpenJournal {
  path: string | null;
  sequence: number;
  /** Length of the file as far as it is good. */
  bytes: number;
  startBytes: number;
  /** When the next restore point is due. */
  pointAt: number;
  waiting: string[];
  writing: Promise<boolean> | null;
}

/**
 * Journals of unsaved work, one file each: a design, and behind it what changed, a line per change. A change costs what
 * it is long, not what the design is long; it is on the disk when its call is answered.
 */
export class Journals {
  readonly #ports: Ports;
  readonly #now: () => number;
  readonly #open = new Map<string, OpenJournal>();
  /** The last thing that is done with each file: one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(ports: Ports, now: () => number = Date.now) {
    this.#ports = ports;
    this.#now = now;
  }

  get folder(): string {
    return this.#ports.files.resolve(this.#ports.places.workspace, folderName);
  }

  placeOf(id: string): string {
    return this.#ports.files.resolve(this.folder, `${id}${journalEnding}`);
  }

  /** Begins a journal, in place of what was kept under the same id. */
  begin(id: string, start: JournalStart): Promise<void> {
    return this.#inTurn(id, async () => {
      const { files } = this.#ports;
      this.#open.delete(id);
      await files.makeFolder(this.folder);
      const { bytes } = await files.save(this.placeOf(id), startLines(start));
      this.#open.set(id, {
        path: start.path,
        sequence: 0,
        bytes,
        startBytes: bytes,
        pointAt: this.#now() + pointMillis,
        waiting: [],
        writing: null,
      });
      // The work is safe by now: a restore point that cannot be kept is no reason to say otherwise.
      await keepWhileWorking(this.#ports, { path: start.path, draft: id }, start.design, this.#now()).catch(() => {});
    });
  }

  /** Adds a change behind number `after`; false where the journal does not stand there, so that it must begin anew. */
  async append(id: string, after: number, changes: readonly DesignChange[]): Promise<boolean> {
    const journal = this.#open.get(id);
    if (journal === undefined || journal.sequence !== after) return false;
    journal.sequence++;
    journal.waiting.push(changeLine(journal.sequence, changes));
    // Whatever comes while a line is written goes with the next write: one flush for all of it.
    return (journal.writing ??= this.#inTurn(id, () => this.#write(id, journal)));
  }

  /** What a journal holds by now. */
  read(id: string): Promise<FoundJournal> {
    return this.#inTurn(id, () => this.#read(id));
  }

  /** Whether a journal is written to by somebody. */
  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** Puts a copy of a damaged journal aside, which nobody writes over. */
  setAside(id: string): Promise<void> {
    return this.#inTurn(id, async () => {
      const { files } = this.#ports;
      const { text } = await files.read(this.placeOf(id), longest, { damaged: true });
      await files.save(files.resolve(this.folder, `${id}.damaged`), text);
    });
  }

  drop(id: string): Promise<boolean> {
    return this.#inTurn(id, async () => {
      this.#open.delete(id);
      return this.#ports.files.remove(this.placeOf(id));
    });
  }

  async #read(id: string): Promise<FoundJournal> {
    const { text } = await this.#ports.files.read(this.placeOf(id), longest, { damaged: true });
    return { journal: readJournal(text), path: journalPath(text) };
  }

  async #write(id: string, journal: OpenJournal): Promise<boolean> {
    const text = journal.waiting.join('');
    journal.waiting = [];
    journal.writing = null;
    if (this.#open.get(id) !== journal) return false;
    try {
      journal.bytes = await this.#ports.files.append(this.placeOf(id), journal.bytes, text);
    } catch (thrown) {
      // What the file holds behind its good part is unknown: the next change begins it anew.
      this.#open.delete(id);
      throw thrown;
    }
    const long = journal.bytes - journal.startBytes > Math.max(compactedAt, journal.startBytes);
    const wait = journal.pointAt - this.#now();
    // A clock that was set back would have points wait until it is where it was.
    if (long || wait <= 0 || wait > pointMillis) await this.#settle(id, journal, long).catch(() => {});
    return true;
  }

  /** Keeps a restore point, and writes a journal that has grown long anew from where it stands. */
  async #settle(id: string, journal: OpenJournal, long: boolean): Promise<void> {
    const { files } = this.#ports;
    journal.pointAt = this.#now() + pointMillis;
    const { journal: read } = await this.#read(id);
    if (read === null || read.lost > 0) return;
    await keepWhileWorking(this.#ports, { path: read.path, draft: id }, read.design, this.#now()).catch(() => {});
    if (!long) return;
    const { path, digest, design, sequence } = read;
    const { bytes } = await files.save(this.placeOf(id), startLines({ path, digest, design, sequence }));
    journal.bytes = bytes;
    journal.startBytes = bytes;
  }

  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work);
    this.#turns.set(id, turn);
    const clear = (): void => void (this.#turns.get(id) === turn && this.#turns.delete(id));
    turn.then(clear, clear);
    return turn;
  }
}
