import type { DesignChange } from '#shared/contract/change-schema.ts';
import type { Design } from '#shared/contract/design.ts';
import type { OpenedDesign } from '#shared/contract/design-files.ts';
import type { Call } from '#shared/contract/methods.ts';
import type { HoldNews } from '#shared/contract/work.ts';
import type { FileHolder, Ports } from '#shared/contract/ports.ts';

/** A design as it is open in some window. */
interface OpenTab {
  readonly draft: string;
  /** Absolute; null for a design that is in no file. */
  readonly path: string | null;
  readonly since: string;
  role: 'holds' | 'follows' | 'waits';
  /** Whether it has the design that changes are relative to. */
  inStep: boolean;
  /** Whom it was last told to follow; empty for nobody. */
  follows: string | null;
  tell(news: HoldNews): void;
}

export interface HoldOptions {
  readonly draft: string;
  readonly path: string | null;
  /** Whether the tab wants to write; else it only follows. */
  readonly take: boolean;
}

interface Sources {
  /** The design of a file as it is now. */
  openFile(path: string): Promise<OpenedDesign>;
  /** The unsaved work under an id, or null. */
  unsaved(draft: string): Promise<Design | null>;
}

/**
 * Which designs are open in which windows. The first who opens a file writes to it; everybody after sees what the first
 * does, and may take over when that one is gone. Programs beside this one are known by the holds of the machine.
 */
export class OpenDesigns {
  readonly #ports: Ports;
  readonly #sources: Sources;
  readonly #tabs = new Set<OpenTab>();

  constructor(ports: Ports, sources: Sources) {
    this.#ports = ports;
    this.#sources = sources;
  }

  isOpen(draft: string): boolean {
    return [...this.#tabs].some((tab) => tab.draft === draft && tab.role === 'holds');
  }

  /** Lasts as long as the design is open; tells the tab whether it writes or follows, and what it follows. */
  async hold({ draft, path, take }: HoldOptions, { signal, emit }: Call): Promise<void> {
    const tab: OpenTab = {
      draft,
      path: path === null ? null : this.#ports.files.resolve('.', path),
      since: new Date().toISOString(),
      role: 'waits',
      inStep: false,
      follows: null,
      tell: (news) => emit('hold', { draft, news }),
    };
    const ended = new Promise<void>((done) => {
      if (signal.aborted) done();
      signal.addEventListener('abort', () => done());
    });
    this.#tabs.add(tab);
    try {
      const leave = await this.#enter(tab, take);
      await ended;
      this.#tabs.delete(tab);
      await leave();
    } finally {
      // Whatever became of it, it holds nothing any more.
      this.#tabs.delete(tab);
      for (const other of this.#beside(tab)) if (tab.role === 'holds') this.#free(other);
    }
  }

  /** Unsaved work began: who follows gets the whole design. */
  begun(draft: string, design: Design): void {
    for (const tab of this.#followers(draft)) this.#state(tab, design, null);
  }

  changed(draft: string, changes: readonly DesignChange[]): void {
    for (const tab of this.#followers(draft)) if (tab.inStep) tab.tell({ kind: 'changes', changes });
  }

  /** Unsaved work was saved or given up: the file says what there is now. */
  async dropped(draft: string): Promise<void> {
    for (const tab of this.#followers(draft)) await this.#fromFile(tab);
  }

  async #enter(tab: OpenTab, take: boolean): Promise<() => Promise<void>> {
    const { path } = tab;
    if (path === null) {
      tab.role = 'holds';
      tab.tell({ kind: 'held' });
      return async () => {};
    }
    const inWindow = this.#holderOf(tab);
    const claims = take && inWindow === undefined;
    // Said before it is certain, so that a window that comes meanwhile follows.
    if (claims) tab.role = 'holds';
    const claim = claims ? await this.#ports.holds.claim(path) : null;
    if (claim !== null && 'release' in claim) {
      tab.tell({ kind: 'held' });
      const stop = this.#watch(tab);
      // It may have been written since the window read it.
      await this.#tellFile(tab, path);
      return async () => {
        stop();
        await claim.release();
      };
    }
    if (inWindow !== undefined) await this.#follow(tab, inWindow);
    else if (claim !== null) for (const one of [tab, ...this.#beside(tab)]) this.#followHolder(one, claim);
    else await this.#look(tab);
    const stop = this.#watch(tab);
    return async () => stop();
  }

  async #follow(tab: OpenTab, holder: OpenTab): Promise<void> {
    this.#followHolder(tab, { by: 'another window', since: holder.since });
    const design = await this.#sources.unsaved(holder.draft).catch(() => null);
    if (design === null) tab.inStep = true;
    else this.#state(tab, design, null);
  }

  #followHolder(tab: OpenTab, { by, since }: FileHolder): void {
    tab.role = 'follows';
    if (tab.follows === `${by} ${since}`) return;
    tab.follows = `${by} ${since}`;
    tab.tell({ kind: 'follows', by, since });
  }

  /** Finds out whether somebody holds the file, for a tab that does not want to. */
  async #look(tab: OpenTab): Promise<void> {
    const holder = tab.path === null ? null : await this.#ports.holds.holder(tab.path);
    if (holder === null) this.#free(tab);
    else this.#followHolder(tab, holder);
  }

  #free(tab: OpenTab): void {
    tab.role = 'waits';
    tab.inStep = false;
    if (tab.follows === '') return;
    tab.follows = '';
    tab.tell({ kind: 'free' });
  }

  #state(tab: OpenTab, design: Design, digest: string | null): void {
    tab.inStep = true;
    tab.tell({ kind: 'state', design, digest });
  }

  async #fromFile(tab: OpenTab): Promise<void> {
    if (tab.path === null) return;
    const opened = await this.#sources.openFile(tab.path).catch(() => null);
    if (opened !== null) this.#state(tab, opened.design, opened.digest);
  }

  /** Notices that the file was written by something else, and that a program beside this one holds it no longer. */
  #watch(tab: OpenTab): () => void {
    const path = tab.path as string;
    return this.#ports.holds.watch(path, (what) => {
      if (!this.#tabs.has(tab)) return;
      if (what === 'hold' && tab.role !== 'holds' && this.#holderOf(tab) === undefined) void this.#look(tab);
      if (what === 'file' && tab.role === 'holds') void this.#tellFile(tab, path);
      if (what === 'file' && tab.role !== 'holds' && this.#holderOf(tab) === undefined) void this.#fromFile(tab);
    });
  }

  async #tellFile(tab: OpenTab, path: string): Promise<void> {
    const digest = await this.#ports.files.digest(path).catch(() => undefined);
    if (digest !== undefined) tab.tell({ kind: 'file', digest });
  }

  #beside({ path, draft }: OpenTab): OpenTab[] {
    return path === null ? [] : [...this.#tabs].filter((tab) => tab.path === path && tab.draft !== draft);
  }

  #holderOf(tab: OpenTab): OpenTab | undefined {
    return this.#beside(tab).find((other) => other.role === 'holds');
  }

  #followers(draft: string): OpenTab[] {
    const tab = [...this.#tabs].find((one) => one.draft === draft && one.role === 'holds');
    return tab === undefined ? [] : this.#beside(tab).filter((other) => other.role === 'follows');
  }
}
