import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine, type Engine } from '../../main/engine-process/engine.ts';
import { importDataset } from '../../main/node/datasets/import.ts';
import type { RunEvent, RunResult } from '../../shared/contract/results.ts';
import type { RunOptions } from '../../shared/contract/runs.ts';
import { randomDesign } from './small-design.ts';

/** An engine in a workspace of its own, with a data set of 40 users who rated the 12 of 24 items of their own parity. */
export class SmallEngine {
  readonly workspace = mkdtempSync(join(tmpdir(), 'runboard-engine-'));
  readonly data = join(this.workspace, 'small.db');
  engine!: Engine;

  static async open(): Promise<SmallEngine> {
    const small = new SmallEngine();
    await small.importRatings(1);
    small.engine = await openEngine({ workspace: small.workspace });
    return small;
  }

  /** Puts ratings from `lowest` to two more in the place of the data set. */
  async importRatings(lowest: number): Promise<void> {
    const rows = ['user,item,time,rating'];
    for (let u = 0; u < 40; u++)
      for (let i = 0; i < 24; i++)
        if ((u + i) % 2 === 0)
          rows.push(`u${u},i${i},${1_700_000_000 + ((u * 7 + i * 13) % 97)},${lowest + ((u + 3 * i) % 3)}`);
    const path = join(this.workspace, 'events.csv');
    writeFileSync(path, rows.join('\n'));
    rmSync(this.data, { force: true });
    await importDataset({
      path,
      format: 'csv',
      out: this.data,
      map: { user: 'user', item: 'item', time: 'time', value: 'rating' },
    });
  }

  /** Runs a design on the data set; `hear` is told what is announced. */
  run(
    options: Partial<RunOptions> = {},
    hear: (event: RunEvent) => void = () => {},
    controller = new AbortController(),
  ): Promise<RunResult> {
    return this.engine.start(
      { design: randomDesign(), designPath: null, data: this.data, ...options },
      {
        signal: controller.signal,
        emit: (event, payload) => void (event === 'run' && hear(payload as RunEvent)),
      },
    );
  }

  async restart(): Promise<void> {
    await this.engine.close();
    this.engine = await openEngine({ workspace: this.workspace });
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.workspace, { recursive: true, force: true });
  }
}
