import type { Design } from '#shared/contract/design.ts';
import type { RunEvent } from '#shared/contract/results.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { isMoving } from '#renderer/board/shield.ts';
import { endRun, eventSink, showResult } from '#renderer/client/run-store.ts';
import { select } from '#renderer/board/view.ts';
import { say } from '#renderer/ui/toast.tsx';
import { failureLine } from '#shared/contract/failure.ts';
import type { OpenTab, WorkspaceStore } from './workspace.ts';

type Sink = (event: RunEvent) => void;

/** Whether a design reads data that nobody has chosen yet. */
function lacksData({ board, data }: Design): boolean {
  return (
    data?.path === undefined &&
    data?.recipe === undefined &&
    board.nodes.some((node) => node.binding?.component === 'source' && (node.mode ?? 'on') === 'on')
  );
}

/** Starts and cancels runs, and brings their events to the design that they are of. */
export class Runner {
  readonly #connection: Connection;
  readonly #sinks = new Map<string, Sink>();
  #waiting: OpenTab[] = [];
  readonly #stops = new Map<OpenTab, AbortController>();
  #workspace: WorkspaceStore | null = null;
  #changes = 0;
  readonly #listeners = new Set<() => void>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('run', (event) => this.#take(event));
    connection.on('work', ({ what, share }) => {
      if (what !== 'generate') return;
      for (const tab of this.#waiting)
        if (tab.document.getState().design.data?.recipe !== undefined) tab.runs.setState({ making: share });
    });
  }

  /** How often a run began or ended: what lists of runs look at to know that there is something new. */
  changes = (): number => this.#changes;

  watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The history is another than before. */
  lookAgain(): void {
    this.#tell();
  }

  async start(tab: OpenTab, until?: string): Promise<void> {
    if (['starting', 'running'].includes(tab.runs.getState().status)) return;
    const { design, path } = tab.document.getState();
    if (lacksData(design) && this.#workspace !== null) {
      this.#workspace.setState({ screen: 'data' });
      say('First choose what this design runs on: a data set that is here, one of your own, or a generated world.');
      return;
    }
    const startedAt = performance.timeOrigin + performance.now();
    tab.runs.setState({ status: 'starting', failure: null, startedAt, making: null });
    this.#waiting.push(tab);
    const stop = new AbortController();
    this.#stops.set(tab, stop);
    try {
      const result = await this.#connection.call('runs.start', { design, designPath: path, until }, stop.signal);
      const before = tab.runs.getState().nodes;
      showResult(tab.runs, result);
      tab.runs.setState((state) => ({ nodes: { ...before, ...state.nodes } }));
      const failed = Object.values(result.nodes).find((node) => node.status === 'failed');
      if (failed?.error !== undefined) {
        select(tab.view, [failed.id]);
        say(`${result.run} stopped at ${failed.title}: ${failed.error.what}`);
      }
      await this.plan(tab);
    } catch (thrown) {
      const failure = failureOf(thrown);
      endRun(tab.runs, failure);
      // What the failure names is shown: a node, or the nodes of a circle.
      const named = new Set(failure.where?.replace(/^nodes? /, '').split(' → '));
      const nodes = design.board.nodes.filter((node) => named.has(node.id)).map((node) => node.id);
      if (nodes.length > 0) select(tab.view, nodes);
      if (failure.code !== 'cancelled') say(failureLine(failure));
    } finally {
      this.#waiting = this.#waiting.filter((one) => one !== tab);
      this.#stops.delete(tab);
      this.#tell();
    }
  }

  async cancel(tab: OpenTab): Promise<void> {
    const { run, status } = tab.runs.getState();
    // What is starting has no name yet, and the name that is there is of the run before.
    if (status === 'starting') this.#stops.get(tab)?.abort();
    else if (run !== null) await this.#connection.call('runs.cancel', { run });
  }

  /** Asks what the next run would reuse and why the rest is stale; quiet where the board cannot run as drawn. */
  async plan(tab: OpenTab): Promise<void> {
    const { design, path } = tab.document.getState();
    try {
      const plan = await this.#connection.call('runs.plan', { design, designPath: path });
      tab.runs.setState({
        plan: Object.fromEntries(plan.map(({ node, ...step }) => [node, step])),
      });
    } catch {
      tab.runs.setState({ plan: {} });
    }
  }

  /** Shows a run of the past on the board. */
  async show(tab: OpenTab, run: string): Promise<void> {
    await this.#bring(tab, run, () => true);
  }

  /** Shows a run of the past, where that is still wanted once it is here. */
  async #bring(tab: OpenTab, run: string, isWanted: () => boolean): Promise<void> {
    try {
      const result = await this.#connection.call('runs.show', { run });
      if (!isWanted()) return;
      showResult(tab.runs, result);
      await this.plan(tab);
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  }

  /** Brings back the newest run of a design that was just opened. */
  async recall(tab: OpenTab): Promise<void> {
    const title = tab.document.getState().design.title;
    const runs = await this.#connection.call('runs.list').catch(() => []);
    const last = runs
      .filter((run) => run.design === title && run.status === 'done' && !run.sweep)
      .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
    const idle = (): boolean => tab.runs.getState().status === 'idle';
    if (last !== undefined && idle()) await this.#bring(tab, last.run, idle);
  }

  /** Asks for the plan again whenever the design has been left alone for a moment. */
  follow(workspace: WorkspaceStore, tab: OpenTab): void {
    this.#workspace = workspace;
    let timer: ReturnType<typeof setTimeout> | undefined;
    tab.document.subscribe((state, before) => {
      if (state.design === before.design) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { status, result } = tab.runs.getState();
        const open = workspace.getState().tabs.includes(tab);
        if (open && result !== null && status !== 'running' && status !== 'starting') void this.plan(tab);
      }, 450);
    });
  }

  #tell(): void {
    this.#changes++;
    for (const listener of this.#listeners) listener();
  }

  #take(event: RunEvent): void {
    if (event.type === 'run-started') {
      this.#tell();
      const tab = this.#waiting.shift();
      if (tab !== undefined) this.#sinks.set(event.run, eventSink(tab.runs, isMoving));
    }
    this.#sinks.get(event.run)?.(event);
    if (event.type === 'run-finished') this.#sinks.delete(event.run);
  }
}
