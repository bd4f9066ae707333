import type { NodeResult } from '#shared/contract/results.ts';
import type { Metrics, Plain } from '#shared/contract/values.ts';
import type { Memory, Outputs } from '#shared/engine/execute.ts';
import type { KeyParts, NodeKey } from '#shared/engine/keys.ts';
import type { NodeOutcome } from '#shared/engine/node-outcome.ts';
import type { PlannedNode } from '#shared/engine/plan.ts';
import { Artefacts } from '#main/node/runs/artefacts.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';

/** Results are kept up to this size; larger ones are made again when they are needed. */
const largestKept = 2 ** 31;

/** What earlier runs of a workspace left behind: results in runs.db, values and states as artefacts. */
export class RunMemory {
  private readonly runs: RunStore;
  private readonly artefacts: Artefacts;

  constructor(runs: RunStore, workspace: string) {
    this.runs = runs;
    this.artefacts = new Artefacts(workspace);
  }

  find(key: string): NodeResult | undefined {
    const row = this.runs.store
      .prepare<[string], { run: number; node: string; result: string }>(
        "SELECT run, node, result FROM nodes WHERE key = ? AND status = 'done' ORDER BY run DESC LIMIT 1",
      )
      .get(key);
    if (row === undefined) return undefined;
    const log = this.runs.store
      .prepare('SELECT text FROM logs WHERE run = ? AND node = ? ORDER BY line')
      .pluck()
      .all(row.run, row.node) as string[];
    return { ...(JSON.parse(row.result) as NodeResult), log };
  }

  /** This memory as the runs of one design see it: reasons to run again compare with earlier runs of the same design. */
  forDesign(title: string, path: string | null): Memory {
    return {
      find: (key) => this.find(key),
      lastParts: (node) => this.lastParts(node, title, path),
      load: (key) => this.load(key),
      loadState: (key) => this.loadState(key),
      keep: (node, key, outcome) => this.keep(node, key, outcome),
    };
  }

  /** Runs of sweeps do not count: they tried something out that the design itself never was. */
  private lastParts(node: string, title: string, path: string | null): KeyParts | undefined {
    const parts = this.runs.store
      .prepare(
        `SELECT parts FROM nodes JOIN runs ON runs.id = nodes.run
         WHERE node = ? AND parts IS NOT NULL AND nodes.status IN ('done', 'reused') AND NOT sweep AND design_title = ? AND design_path IS ?
         ORDER BY run DESC LIMIT 1`,
      )
      .pluck()
      .get(node, title, path) as string | undefined;
    return parts === undefined ? undefined : (JSON.parse(parts) as KeyParts);
  }

  async load(key: string): Promise<Outputs | undefined> {
    return (await this.loadPart(`${key}-outputs`)) as Outputs | undefined;
  }

  /** Name and digest of the outputs kept under a key, for another thread to load; a null digest where they were not kept. */
  outputsOf(key: string): { readonly name: string; readonly digest: string | null } {
    const name = `${key}-outputs`;
    return { name, digest: this.digestOf(name) ?? null };
  }

  async loadState(key: string): Promise<Plain | undefined> {
    return this.loadPart(`${key}-state`);
  }

  private async loadPart(name: string): Promise<Plain | undefined> {
    const digest = this.digestOf(name);
    return digest === undefined ? undefined : this.artefacts.load(name, digest);
  }

  private digestOf(name: string): string | undefined {
    return this.runs.store.prepare('SELECT digest FROM artefacts WHERE key = ?').pluck().get(name) as
      string | undefined;
  }

  async keep(node: PlannedNode, { key }: NodeKey, outcome: NodeOutcome): Promise<void> {
    if (node.spec.stored !== false) this.keepPart(`${key}-outputs`, outcome.outputs as unknown as Plain);
    if (outcome.state !== undefined) this.keepPart(`${key}-state`, outcome.state);
    for (const value of Object.values(outcome.outputs)) if (value.type === 'metrics') this.keepUserValues(key, value);
  }

  private keepPart(name: string, value: Plain): void {
    const { digest, bytes } = this.artefacts.keep(name, value, largestKept);
    if (digest !== null)
      this.runs.store.prepare('INSERT OR REPLACE INTO artefacts VALUES (?, ?, ?)').run(name, digest, bytes);
  }

  private keepUserValues(key: string, metrics: Metrics): void {
    const insert = this.runs.store.prepare('INSERT OR REPLACE INTO user_values VALUES (?, ?, ?, ?)');
    this.runs.store.transaction(() => {
      for (const [metric, values] of Object.entries(metrics.perUser))
        insert.run(key, metric, bytesOf(metrics.users), bytesOf(values));
    })();
  }

  /** Per-user values of a node's metrics, by metric. */
  userValues(key: string): Map<string, { users: Int32Array; values: Float32Array }> {
    const rows = this.runs.store
      .prepare<[string], { metric: string; users: Buffer; amounts: Buffer }>(
        'SELECT metric, users, amounts FROM user_values WHERE key = ? ORDER BY metric',
      )
      .all(key);
    return new Map(
      rows.map(({ metric, users, amounts }) => [
        metric,
        {
          users: new Int32Array(new Uint8Array(users).buffer),
          values: new Float32Array(new Uint8Array(amounts).buffer),
        },
      ]),
    );
  }
}

function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  // A copy: the driver does not take views of shared memory.
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice();
}
