import { differenceOf } from '#shared/contract/changes.ts';
import type { Design } from '#shared/contract/design.ts';
import { isDirty } from '#renderer/board/store/document.ts';
import { failureOf, type Connection } from '#renderer/client/connection.ts';
import type { OpenTab, WorkspaceStore } from './workspace.ts';

/** How long after a failure keeping is tried again: a disk may have been freed. */
const againMillis = 5_000;

/** What the journal of a tab holds: the design up to a change, and the file that it would be saved to. */
interface Kept {
  readonly design: Design;
  readonly sequence: number;
  readonly path: string | null;
  readonly digest: string | null;
}

/** Keeps a tab's unsaved work in the journal of the workspace, change by change as they are made. */
class Keeper {
  readonly #connection: Connection;
  readonly #workspace: WorkspaceStore;
  readonly #tab: OpenTab;
  #kept: Kept | null = null;
  #left: boolean;
  #busy = false;

  constructor(connection: Connection, workspace: WorkspaceStore, tab: OpenTab) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#tab = tab;
    // Recovered work lies in a journal already.
    this.#left = isDirty(tab.document.getState());
  }

  /** Works until the journal holds what the tab holds; what changes meanwhile goes along. */
  async work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (!this.#isKept()) await this.#step();
      this.#tab.hold.setState({ keeping: null });
    } catch (thrown) {
      this.#kept = null;
      const failure = failureOf(thrown);
      // A line that is lost is shown elsewhere; calls wait until it is open again.
      if (failure.code !== 'interrupted') this.#tab.hold.setState({ keeping: failure });
      setTimeout(() => void this.work(), failure.code === 'interrupted' ? 100 : againMillis);
    } finally {
      this.#busy = false;
    }
  }

  #isWanted(): boolean {
    return this.#workspace.getState().tabs.includes(this.#tab) && isDirty(this.#tab.document.getState());
  }

  #isKept(): boolean {
    const { design, path, digest } = this.#tab.document.getState();
    if (!this.#isWanted()) return this.#kept === null && !this.#left;
    const kept = this.#kept;
    return kept !== null && kept.design === design && kept.path === path && kept.digest === digest;
  }

  async #step(): Promise<void> {
    const { draft: id, document } = this.#tab;
    const { design, path, digest } = document.getState();
    const kept = this.#kept;
    if (!this.#isWanted()) {
      await this.#connection.call('drafts.drop', { id });
      this.#kept = null;
      this.#left = false;
    } else if (kept === null || kept.path !== path || kept.digest !== digest) {
      this.#left = true;
      await this.#connection.call('drafts.begin', { id, path, digest, design });
      this.#kept = { design, sequence: 0, path, digest };
    } else {
      const changes = differenceOf(kept.design, design);
      const answer = await this.#connection.call('drafts.append', { id, after: kept.sequence, changes });
      // A server that was started anew knows nothing of the journal: it begins again with all there is.
      this.#kept = answer.kept ? { ...kept, design, sequence: kept.sequence + 1 } : null;
    }
  }
}

/** Keeps what is not saved in the workspace on disk, and lets go of it when it was saved or given up. */
export function keepDrafts(connection: Connection, workspace: WorkspaceStore, tab: OpenTab): void {
  const keeper = new Keeper(connection, workspace, tab);
  tab.document.subscribe((state, before) => {
    const same = state.design === before.design && state.saved === before.saved && state.digest === before.digest;
    if (!same) void keeper.work();
  });
  const leave = workspace.subscribe((state) => {
    if (state.tabs.includes(tab)) return;
    leave();
    void keeper.work();
  });
  void keeper.work();
}
