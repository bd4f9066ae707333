import type { Pause } from '../pauses.ts';
import type { TopCodes } from './code-counts.ts';
import { DigestTable } from './digest-table.ts';
import type { Scratch } from './scratch.ts';
import { Spool, SpoolReader } from './spool.ts';
import { TextDigest } from './text-digest.ts';
import { TextSpool } from './text-spool.ts';

const partitions = 256;
const words = 3;
const blockWords = 512 * words;

/**
 * Texts that came after a dictionary was full. They get their codes at the end: digests are dealt into partitions, each of which fits
 * in memory, and what each text is among all is put together in the order in which they came.
 */
export class LateTexts {
  private readonly order: Spool;
  private readonly texts: TextSpool;
  private readonly digests: readonly Spool[];
  private readonly scratch: Scratch;

  constructor(scratch: Scratch) {
    this.scratch = scratch;
    this.order = new Spool(scratch, 'Uint8Array');
    this.texts = new TextSpool(scratch);
    this.digests = this.perPartition();
  }

  private perPartition(): readonly Spool[] {
    return Array.from({ length: partitions }, () => new Spool(this.scratch, 'Int32Array', blockWords));
  }

  add(digest: TextDigest, text: string): void {
    const partition = digest.a >>> 24;
    this.order.push(partition);
    this.texts.push(text);
    const spool = this.digests[partition];
    spool.push(digest.a);
    spool.push(digest.b);
    spool.push(digest.c);
  }

  /** Appends the different texts to `names`, and gives the code of each in the order in which they came. */
  async resolve(names: TextSpool, top: TopCodes, pause: Pause): Promise<() => () => number> {
    const entries = this.perPartition(); // which of the different texts of its partition each one is
    const table = new DigestTable();
    for (let p = 0; p < partitions; p++) await numberEntries(table, this.digests[p], entries[p], pause);
    const firsts = await this.nameFirsts(entries, names, pause);
    const codes = this.perPartition();
    for (let p = 0; p < partitions; p++) await translate(entries[p], firsts[p], codes[p], { top, pause });
    return () => this.inOrder(codes);
  }

  /** The codes of the different texts of each partition. */
  private async nameFirsts(entries: readonly Spool[], names: TextSpool, pause: Pause): Promise<readonly Spool[]> {
    const firsts = this.perPartition();
    const next = this.inOrder(entries);
    const order = new SpoolReader(this.order);
    let came = 0;
    for (const text of this.texts.texts()) {
      if (came++ % blockWords === 0) await pause();
      const partition = order.next();
      if (next() < firsts[partition].length) continue; // was there before
      firsts[partition].push(names.length);
      names.push(text);
    }
    return firsts;
  }

  private inOrder(spools: readonly Spool[]): () => number {
    const order = new SpoolReader(this.order);
    const readers = spools.map((spool) => new SpoolReader(spool));
    return () => readers[order.next()].next();
  }
}

async function numberEntries(table: DigestTable, digests: Spool, entries: Spool, pause: Pause): Promise<void> {
  table.clear();
  const digest = new TextDigest();
  for (const block of digests.blocks()) {
    for (let at = 0; at < block.length; at += words) {
      digest.a = block[at];
      digest.b = block[at + 1];
      digest.c = block[at + 2];
      const known = table.find(digest);
      entries.push(known === -1 ? table.add(digest) : known);
    }
    await pause();
  }
}

async function translate(
  entries: Spool,
  firsts: Spool,
  codes: Spool,
  { top, pause }: { top: TopCodes; pause: Pause },
): Promise<void> {
  const codeOf = new Int32Array(firsts.length);
  let filled = 0;
  for (const block of firsts.blocks()) {
    codeOf.set(block, filled);
    filled += block.length;
  }
  const counts = new Int32Array(codeOf.length);
  for (const block of entries.blocks()) {
    for (let i = 0; i < block.length; i++) {
      codes.push(codeOf[block[i]]);
      counts[block[i]]++;
    }
    await pause();
  }
  for (let entry = 0; entry < counts.length; entry++) top.offer(codeOf[entry], counts[entry]);
}
