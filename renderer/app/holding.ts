import { freeze } from 'immer';
import { applyChanges } from '#shared/contract/changes.ts';
import type { Design } from '#shared/contract/design.ts';
import type { DraftInfo, HoldNews } from '#shared/contract/work.ts';
import { change, isDirty, type DocumentStore } from '#renderer/board/store/document.ts';
import { failureOf, type Connection } from '#renderer/client/connection.ts';
import { failureLine } from '#shared/contract/failure.ts';
import { say } from '#renderer/ui/toast.tsx';
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
        if (role === 'asking') this.#write();
        if ((role === 'follows' || role === 'free') && mayShow) await this.#catchUp();
        else if (mayShow) hold.setState({ left: await this.#left() });
        this.#write();
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

  /** This window writes from now on. */
  #write(): void {
    const { document, hold } = this.#tab;
    hold.setState({ role: 'holds', by: '', since: '' });
    if (document.getState().readOnly === readOnlyHere) document.setState({ readOnly: null });
  }

  /** After taking over: what is in the file, and on top of it what the other one left unsaved; shown at once. */
  async #catchUp(): Promise<void> {
    const { document } = this.#tab;
    const { path } = document.getState();
    if (path === null) return;
    const opened = await this.#connection.call('designs.open', { path }).catch(() => null);
    const show = (): void => {
      this.#write();
      if (opened !== null) showState(document, opened.design, opened.digest);
    };
    const left = await this.#left();
    if (left === null) show();
    else await bringBack(this.#connection, this.#tab, left, show);
  }

  /** Unsaved work on this file that no window has open: a window or the server went away. */
  async #left(): Promise<DraftInfo | null> {
    const { path } = this.#tab.document.getState();
    if (path === null) return null;
    const drafts = await this.#connection.call('drafts.list').catch(() => []);
    return drafts.find((one) => one.path === path && !one.open && one.id !== this.#tab.draft) ?? null;
  }
}

/** Brings unsaved work on a tab's design into the tab, as one change that undo takes back. */
export async function bringBack(
  connection: Connection,
  tab: OpenTab,
  left: DraftInfo,
  before: () => void = () => {},
): Promise<void> {
  const { document, draft, hold } = tab;
  try {
    const { design, digest, repairs } = await connection.call('drafts.open', { id: left.id });
    before();
    change(document, 'Bring back unsaved changes', (now) => {
      for (const name of Object.keys(now)) if (!Object.hasOwn(design, name)) delete now[name];
      Object.assign(now, design);
    });
    // They began from the file as it was then: where it has changed since, saving asks.
    document.setState((state) => ({ digest: digest ?? state.digest, repairs: [...repairs, ...state.repairs] }));
    hold.setState({ left: null });
    const state = document.getState();
    // What lay there goes when it is kept as ours, and not before.
    await connection.call('drafts.begin', { id: draft, path: state.path, digest: state.digest, design: state.design });
    await connection.call('drafts.drop', { id: left.id });
  } catch (thrown) {
    say(failureLine(failureOf(thrown)));
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
