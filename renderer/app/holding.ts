import { freeze } from 'immer';
import { applyChanges } from '#shared/contract/changes.ts';
import type { Design } from '#shared/contract/design.ts';
import type { OpenedDesign } from '#shared/contract/methods.ts';
import type { HoldNews } from '#shared/contract/work.ts';
import { isDirty, markRecovered, type DocumentStore } from '#renderer/board/store/document.ts';
import { failureOf, type Connection } from '#renderer/client/connection.ts';
import type { OpenTab, WorkspaceStore } from './workspace.ts';

/** Why a design that somebody else writes to cannot be changed here. */
const readOnlyHere = 'open for writing elsewhere';

/** Shows another state of the design; nothing that was done before can be undone behind it. */
function showState(document: DocumentStore, design: Design, digest: string | null): void {
  document.setState((state) => ({
    design: freeze(design, true),
    digest: digest ?? state.digest,
    done: [],
    undone: [],
    saved: null,
  }));
}

/** Says to the machine that a tab has a design open, for as long as it has, and does what it is told about it. */
class Holding {
  readonly #connection: Connection;
  readonly #workspace: WorkspaceStore;
  readonly #tab: OpenTab;
  #call = new AbortController();
  #take = true;

  constructor(connection: Connection, workspace: WorkspaceStore, tab: OpenTab) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#tab = tab;
    const leaves = [
      connection.on('hold', ({ draft, news }) => draft === tab.draft && void this.#hear(news)),
      tab.document.subscribe((state, before) => {
        // Saved under another name: that file is held from now on.
        if (state.path !== before.path) this.again(true);
      }),
      workspace.subscribe(({ tabs }) => {
        if (tabs.includes(tab)) return;
        for (const leave of leaves) leave();
        this.#call.abort();
      }),
    ];
    void this.#last();
  }

  /** Asks anew, to write or only to follow. */
  again(take: boolean): void {
    this.#take = take;
    this.#call.abort();
  }

  async #last(): Promise<void> {
    while (this.#workspace.getState().tabs.includes(this.#tab)) {
      this.#call = new AbortController();
      const { path } = this.#tab.document.getState();
      const options = { draft: this.#tab.draft, path, take: this.#take };
      const ended = await this.#connection.call('designs.hold', options, this.#call.signal).then(
        () => true,
        (thrown: unknown) => failureOf(thrown).code === 'cancelled',
      );
      if (!ended) await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  async #hear(news: HoldNews): Promise<void> {
    const { document, hold } = this.#tab;
    const { role } = hold.getState();
    // What is not saved here is never written over by what somebody else does.
    const mayShow = !isDirty(document.getState());
    switch (news.kind) {
      case 'held':
        hold.setState({ role: 'holds', by: '', since: '' });
        if (document.getState().readOnly === readOnlyHere) document.setState({ readOnly: null });
        if (role === 'follows' || role === 'free') await this.#catchUp(mayShow);
        break;
      case 'follows':
        this.#take = false;
        hold.setState({ role: 'follows', by: news.by, since: news.since });
        document.setState((state) => ({ readOnly: state.readOnly ?? readOnlyHere }));
        break;
      case 'free':
        hold.setState({ role: 'free' });
        break;
      case 'state':
        if (mayShow) showState(document, news.design, news.digest);
        break;
      case 'changes':
        if (mayShow) showState(document, applyChanges(document.getState().design, news.changes), null);
        break;
      case 'file':
        hold.setState({ outside: news.digest ?? '' });
    }
  }

  /** After taking over: what the other one left unsaved, else what is in the file. */
  async #catchUp(mayShow: boolean): Promise<void> {
    const { document, draft } = this.#tab;
    const { path } = document.getState();
    if (!mayShow || path === null) return;
    const drafts = await this.#connection.call('drafts.list').catch(() => []);
    const left = drafts.find((one) => one.path === path && !one.open && one.id !== draft);
    const opened: OpenedDesign | null = await (
      left === undefined
        ? this.#connection.call('designs.open', { path })
        : this.#connection.call('drafts.open', { id: left.id })
    ).catch(() => null);
    if (opened === null) return;
    showState(document, opened.design, opened.digest);
    if (left === undefined) return;
    markRecovered(document);
    // What the other one left goes when it is kept as ours, and not before.
    const kept = { id: draft, path, digest: opened.digest, design: opened.design };
    await this.#connection
      .call('drafts.begin', kept)
      .then(() => this.#connection.call('drafts.drop', { id: left.id }))
      .catch(() => {});
  }
}

const holdings = new WeakMap<OpenTab, Holding>();

/** Holds the file of a tab's design, or follows who does. */
export function holdDesign(connection: Connection, workspace: WorkspaceStore, tab: OpenTab): void {
  holdings.set(tab, new Holding(connection, workspace, tab));
}

/** Takes over the design that somebody else wrote to and left. */
export function takeOver(tab: OpenTab): void {
  holdings.get(tab)?.again(true);
}
