import { mkdirSync } from 'node:fs';
import { uptime } from 'node:os';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Design } from '#shared/contract/design.ts';
import type { RunSummary } from '#shared/contract/runs.ts';
import type { Environment, NodeResult, RunResult, RunStatus } from '#shared/contract/results.ts';
import type { MetricValue } from '#shared/contract/values.ts';
import { openHistory } from './history.ts';
import type { Store } from './open-store.ts';
import { RunNumbers } from './run-numbers.ts';

export interface NewRun {
  readonly design: Design;
  readonly designPath: string | null;
  readonly designDigest: string;
  readonly data: { readonly name: string; readonly path: string | null; readonly fingerprint: string };
  readonly seed: number;
  readonly startedAt: string;
  readonly environment: Environment;
  /** Whether it is one of a sweep. */
  readonly sweep?: boolean;
}

/** A wire as it is remembered: which output, under which key, went where. */
export interface LineageRow {
  readonly port: string;
  readonly position: number;
  readonly fromNode: string;
  readonly fromPort: string;
  readonly fromKey: string;
}

interface RunRow {
  id: number;
  status: RunStatus;
  design_title: string;
  design_path: string | null;
  design_digest: string;
  design_json: string;
  data_name: string;
  data_path: string | null;
  data_fingerprint: string;
  seed: number;
  started_at: string;
  finished_at: string | null;
  environment: string;
  process: number;
  error: string | null;
  sweep: number;
}

type Abandonable = Pick<RunRow, 'id' | 'process' | 'started_at'>;

/** Name of a run in its workspace: "r-0001". */
function runName(id: number): string {
  return `r-${String(id).padStart(4, '0')}`;
}

/** The history of a workspace, in runs.db. Every finished node is committed by itself, so that a crash loses only what was running. */
export class RunStore {
  readonly store: Store;
  private readonly numbers: RunNumbers;

  constructor(workspace: string) {
    mkdirSync(workspace, { recursive: true });
    this.store = openHistory(workspace);
    this.numbers = new RunNumbers(workspace);
    this.numbers.note(this.highest());
    this.closeAbandoned();
  }

  private highest(): number {
    return (this.store.prepare('SELECT max(id) FROM runs').pluck().get() as number | null) ?? 0;
  }

  /** Runs whose process is gone were interrupted. */
  private closeAbandoned(): void {
    const running = this.store
      .prepare<[], Abandonable>("SELECT id, process, started_at FROM runs WHERE status = 'running'")
      .all();
    const mark = this.store.prepare("UPDATE runs SET status = 'interrupted', error = ? WHERE id = ?");
    const error = JSON.stringify({
      code: 'interrupted',
      what: 'the process was ended while this run was going on',
      remedy: 'run again: finished nodes are reused',
    });
    for (const run of running) if (!isGoingOn(run)) mark.run(error, run.id);
  }

  begin(run: NewRun): string {
    // Between asking for a number and giving it away nobody else writes.
    return this.store
      .transaction(() => {
        const id = this.numbers.next(this.highest());
        this.insert(id, run);
        return runName(id);
      })
      .immediate();
  }

  private insert(id: number, run: NewRun): void {
    this.store
      .prepare(
        `INSERT INTO runs (id, status, design_title, design_path, design_digest, design_json, data_name, data_path, data_fingerprint, seed, started_at, environment, process, sweep)
         VALUES (?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        run.design.title,
        run.designPath,
        run.designDigest,
        JSON.stringify(run.design),
        run.data.name,
        run.data.path,
        run.data.fingerprint,
        run.seed,
        run.startedAt,
        JSON.stringify(run.environment),
        process.pid,
        run.sweep === true ? 1 : 0,
      );
  }

  /** Commits one node with its metrics, log and lineage. */
  addNode(
    run: string,
    position: number,
    result: NodeResult,
    parts: string | null,
    lineage: readonly LineageRow[],
  ): void {
    const id = this.idOf(run);
    this.store.transaction(() => {
      const { log, ...rest } = result;
      this.store
        .prepare('INSERT OR REPLACE INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          id,
          result.id,
          position,
          result.component,
          result.status,
          result.key,
          parts,
          result.fitMillis,
          result.applyMillis,
          result.memoryBytes,
          result.latency?.p50 ?? null,
          result.latency?.p95 ?? null,
          result.latency?.p99 ?? null,
          JSON.stringify(rest),
        );
      this.addMetrics(id, result);
      const line = this.store.prepare('INSERT OR REPLACE INTO logs VALUES (?, ?, ?, ?)');
      log.forEach((text, at) => line.run(id, result.id, at, text));
      const wire = this.store.prepare('INSERT OR REPLACE INTO lineage VALUES (?, ?, ?, ?, ?, ?, ?)');
      for (const row of lineage)
        wire.run(id, result.id, row.port, row.position, row.fromNode, row.fromPort, row.fromKey);
    })();
  }

  private addMetrics(id: number, result: NodeResult): void {
    const insert = this.store.prepare('INSERT OR REPLACE INTO metrics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const add = (part: string, metrics: Readonly<Record<string, MetricValue>>): void => {
      for (const [metric, { value, low, high, n }] of Object.entries(metrics))
        insert.run(id, result.id, part, metric, metric.split('@')[0], value, low, high, n, result.origin);
    };
    add('', result.metrics);
    for (const [name, metrics] of Object.entries(result.baselines)) add(`baseline ${name}`, metrics);
    for (const [name, metrics] of Object.entries(result.slices)) add(`slice ${name}`, metrics);
  }

  end(run: string, status: RunStatus, finishedAt: string, error?: unknown): void {
    this.store
      .prepare('UPDATE runs SET status = ?, finished_at = ?, error = ? WHERE id = ?')
      .run(status, finishedAt, error === undefined ? null : JSON.stringify(error), this.idOf(run));
  }

  /** The newest run as "latest", or by its name; throws where there is none. */
  idOf(run: string): number {
    const id =
      run === 'latest'
        ? this.store.prepare('SELECT max(id) FROM runs').pluck().get()
        : Number(/^r-0*(\d+)$/.exec(run)?.[1]);
    const found = this.store.prepare('SELECT id FROM runs WHERE id = ?').pluck().get(Number(id)) as number | undefined;
    if (found === undefined)
      throw new RunboardError('not-found', `there is no run ${run} in this workspace`, {
        where: this.store.name,
        remedy: 'list them with `runboard runs`',
      });
    return found;
  }

  show(run: string): RunResult {
    const row = this.store.prepare<[number], RunRow>('SELECT * FROM runs WHERE id = ?').get(this.idOf(run)) as RunRow;
    const logs = new Map<string, string[]>();
    for (const { node, text } of this.store
      .prepare<[number], { node: string; text: string }>(
        'SELECT node, text FROM logs WHERE run = ? ORDER BY node, line',
      )
      .all(row.id)) {
      const lines = logs.get(node);
      if (lines === undefined) logs.set(node, [text]);
      else lines.push(text);
    }
    const nodes: Record<string, NodeResult> = {};
    for (const { node, result } of this.store
      .prepare<[number], { node: string; result: string }>(
        'SELECT node, result FROM nodes WHERE run = ? ORDER BY position',
      )
      .all(row.id)) {
      nodes[node] = { ...(JSON.parse(result) as NodeResult), log: logs.get(node) ?? [] };
    }
    return {
      run: runName(row.id),
      status: row.status,
      design: { title: row.design_title, path: row.design_path, digest: row.design_digest },
      data: { name: row.data_name, path: row.data_path, fingerprint: row.data_fingerprint },
      seed: row.seed,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      environment: JSON.parse(row.environment) as Environment,
      nodes,
      ...(row.error === null ? {} : { error: JSON.parse(row.error) }),
    };
  }

  /** The design as it was when the run was started. */
  designOf(run: string): Design {
    return JSON.parse(
      this.store.prepare('SELECT design_json FROM runs WHERE id = ?').pluck().get(this.idOf(run)) as string,
    ) as Design;
  }

  /** Newest first. */
  list(): RunSummary[] {
    const rows = this.store
      .prepare<[], RunRow & { nodes: number }>(
        'SELECT runs.*, (SELECT count(*) FROM nodes WHERE run = runs.id) AS nodes FROM runs ORDER BY id DESC',
      )
      .all();
    const headline = this.store.prepare<[number], NonNullable<RunSummary['headline']>>(
      `SELECT metric, best.value, json_extract(nodes.result, '$.title') AS title FROM (
         SELECT metric, metrics.value, run, node FROM metrics JOIN nodes USING (run, node)
         WHERE run = ? AND part = '' AND node NOT LIKE 'baseline-%'
         ORDER BY (metric = 'ndcg@10') DESC, (metric = 'auc') DESC, EXISTS (
           SELECT 1 FROM metrics AS other
           WHERE other.run = metrics.run AND other.node = metrics.node AND other.part LIKE 'baseline %'
         ) DESC, position DESC, metric LIMIT 1
       ) AS best JOIN nodes USING (run, node)`,
    );
    return rows.map((row) => ({
      run: runName(row.id),
      status: row.status,
      design: row.design_title,
      data: row.data_name,
      seed: row.seed,
      startedAt: row.started_at,
      seconds: secondsOf(row),
      nodes: row.nodes,
      headline: headline.get(row.id) ?? null,
      sweep: row.sweep === 1,
    }));
  }

  close(): void {
    this.store.pragma('wal_checkpoint(TRUNCATE)');
    this.store.close();
  }
}

/** How long a run took; unknown while it goes on, and where the clock was set back meanwhile. */
function secondsOf({ started_at, finished_at }: Pick<RunRow, 'started_at' | 'finished_at'>): number | null {
  const millis = finished_at === null ? -1 : Date.parse(finished_at) - Date.parse(started_at);
  return millis < 0 ? null : millis / 1000;
}

/** After a power cut another program may have the number of the process: what began before the machine did is over. */
function isGoingOn({ process: pid, started_at }: Abandonable): boolean {
  return isAlive(pid) && Date.parse(started_at) > Date.now() - uptime() * 1000;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
