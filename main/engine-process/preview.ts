import { catalogue } from '#shared/components/catalogue.generated.ts';
import { specs } from '#shared/components/specs.generated.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { ColumnProfile } from '#shared/contract/datasets.ts';
import type { CancelSignal } from '#shared/contract/methods.ts';
import type { PreviewOptions, ValuePreview } from '#shared/contract/previews.ts';
import type { NodeResult, RunResult } from '#shared/contract/results.ts';
import type { Value } from '#shared/contract/values.ts';
import { compileBoard } from '#shared/engine/compile.ts';
import type { Outputs } from '#shared/engine/execute.ts';
import { runNode } from '#shared/engine/run-node.ts';
import { mostCounted, profileOf } from '#shared/values/preview/distribution.ts';
import { factsOf } from '#shared/values/preview/facts.ts';
import type { ShownTable } from '#shared/values/preview/shown-table.ts';
import { tablesOf } from '#shared/values/preview/tables.ts';
import type { RunStore } from '#main/node/runs/run-store.ts';
import { componentPorts } from './component-ports.ts';
import type { RunMemory } from './run-memory.ts';

interface Opened {
  readonly key: string;
  readonly outputs: Outputs;
  readonly profiles: Map<ShownTable, readonly ColumnProfile[]>;
  readonly tables: Map<string, readonly ShownTable[]>;
}

/** What finished runs left at their ports, page by page. The value looked at last stays open, so that scrolling is quick. */
export class Previews {
  private readonly runs: RunStore;
  private readonly memory: RunMemory;
  private last: Opened | null = null;

  constructor(runs: RunStore, memory: RunMemory) {
    this.runs = runs;
    this.memory = memory;
  }

  async page({ run, node, port, table, offset, limit }: PreviewOptions, signal: CancelSignal): Promise<ValuePreview> {
    const result = this.runs.show(run);
    const made = result.nodes[node];
    if (made === undefined)
      throw new RunboardError('not-found', `${result.run} has no node ${node}`, {
        remedy: `it has ${Object.keys(result.nodes).join(', ')}`,
      });
    const opened = await this.open(result, made, signal);
    const name = port ?? Object.keys(opened.outputs)[0];
    const value = Object.hasOwn(opened.outputs, name) ? opened.outputs[name] : undefined;
    if (value === undefined)
      throw new RunboardError('not-found', `${made.title} has no port ${name}`, {
        where: `node ${node}`,
        remedy: `it has ${Object.keys(opened.outputs).join(', ')}`,
      });
    const tables = tablesAt(opened, name, value);
    const facts =
      made.stateBytes === null
        ? factsOf(value)
        : [...factsOf(value), ['bytes of learned state', made.stateBytes] as const];
    const shown = table === undefined ? tables[0] : tables.find((one) => one.id === table);
    if (table !== undefined && shown === undefined)
      throw new RunboardError('not-found', `there is no table ${table} at ${name} of ${made.title}`, {
        remedy: `it has ${tables.map(({ id }) => id).join(', ')}`,
      });
    const about = {
      port: name,
      type: value.type,
      facts,
      tables: tables.map(({ id, title, rows }) => ({ id, title, rows })),
    };
    if (shown === undefined) return { ...about, table: '', profiles: [], counted: 0, columns: [], rows: [], total: 0 };
    const count = Math.max(0, Math.min(limit, shown.rows - offset));
    return {
      ...about,
      table: shown.id,
      profiles: profilesOf(opened, shown),
      counted: Math.min(shown.rows, mostCounted),
      columns: shown.columns.map((column) => column.name),
      rows: Array.from({ length: count }, (_, at) => shown.columns.map((column) => sendable(column.cell(offset + at)))),
      total: shown.rows,
    };
  }

  private async open(result: RunResult, made: NodeResult, signal: CancelSignal): Promise<Opened> {
    if (this.last?.key === made.key) return this.last;
    const outputs = (await this.memory.load(made.key)) ?? (await this.loadedAgain(result, made, signal));
    if (outputs === undefined) {
      const because = made.error === undefined ? 'its result is no longer kept' : made.error.what;
      throw new RunboardError('not-found', `${made.title} has nothing to show in ${result.run}: ${because}`, {
        where: `node ${made.id}`,
        remedy: 'run the board again',
      });
    }
    this.last = { key: made.key, outputs, profiles: new Map(), tables: new Map() };
    return this.last;
  }

  /** A source is not kept: the data set is. It is shown only where it still is what the run used. */
  private async loadedAgain(result: RunResult, made: NodeResult, signal: CancelSignal): Promise<Outputs | undefined> {
    const spec = Object.hasOwn(specs, made.component) ? specs[made.component] : undefined;
    if (spec?.stored !== false || Object.keys(spec.inputs).length > 0) return undefined;
    const planned = compileBoard(this.runs.designOf(result.run).board, { specs }).nodes.find(
      (node) => node.id === made.id,
    );
    if (planned === undefined) return undefined;
    const { outputs } = await runNode(
      await catalogue[spec.id](),
      {
        id: planned.id,
        title: planned.title,
        component: spec.id,
        params: planned.params,
        inputs: {},
        seed: result.seed,
      },
      {
        ports: componentPorts(result.data.path),
        clock: () => performance.now(),
        memory: () => null,
        cancelled: () => signal.aborted,
        breathe: async () => {},
      },
      { progress: () => {}, curve: () => {} },
    );
    const dataset = Object.values(outputs).find((value) => value.type === 'dataset');
    if (dataset?.type === 'dataset' && dataset.fingerprint !== result.data.fingerprint) {
      throw new RunboardError('bad-data', `the data set is no longer what it was in ${result.run}`, {
        where: result.data.path ?? undefined,
        remedy: 'run the board again',
      });
    }
    return outputs;
  }
}

function tablesAt(opened: Opened, port: string, value: Value): readonly ShownTable[] {
  const known = opened.tables.get(port) ?? tablesOf(value);
  opened.tables.set(port, known);
  return known;
}

function profilesOf(opened: Opened, table: ShownTable): readonly ColumnProfile[] {
  const known = opened.profiles.get(table) ?? table.columns.map((column) => profileOf(column, table.rows));
  opened.profiles.set(table, known);
  return known;
}

/** Long texts are cut and infinities named: a page is for reading, and travels as JSON. */
function sendable(cell: string | number | null): string | number | null {
  if (typeof cell === 'string') return cell.length > 300 ? `${cell.slice(0, 299)}…` : cell;
  return cell === null || Number.isFinite(cell) ? cell : String(cell);
}
