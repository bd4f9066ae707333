import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '#shared/contract/design.ts';
import type { OpenedDesign } from '#shared/contract/design-files.ts';
import { createRunStore, type RunStore } from '#renderer/client/run-store.ts';
import { createDocument, type DocumentStore } from '#renderer/board/store/document.ts';
import { createSweepStore, type SweepStore } from '#renderer/sweep/sweep-store.ts';
import { createHoldStore, type HoldStore } from './hold-store.ts';
import { createBoardView, type BoardView } from '#renderer/board/view.ts';

/** The views of an open design. */
export type Screen = 'board' | 'writeup' | 'experiments' | 'data';

/** A design as it is open in a tab. */
export interface OpenTab {
  readonly key: string;
  /** Under which its unsaved work is kept. */
  readonly draft: string;
  readonly document: DocumentStore;
  readonly view: BoardView;
  readonly runs: RunStore;
  readonly sweep: SweepStore;
  readonly hold: HoldStore;
}

export interface Workspace {
  readonly tabs: readonly OpenTab[];
  /** Key of the tab in front; null for the start page. */
  readonly current: string | null;
  readonly screen: Screen;
}

export type WorkspaceStore = StoreApi<Workspace>;

export function createWorkspace(): WorkspaceStore {
  return createStore<Workspace>(() => ({ tabs: [], current: null, screen: 'board' }));
}

let opened = 0;

/** Opens a design in a tab, or brings the tab forward that already has its file. */
export function openTab(workspace: WorkspaceStore, design: OpenedDesign, draft: string = crypto.randomUUID()): OpenTab {
  const known =
    design.path === null
      ? undefined
      : workspace.getState().tabs.find((tab) => tab.document.getState().path === design.path);
  if (known !== undefined) {
    workspace.setState({ current: known.key, screen: 'board' });
    return known;
  }
  const document = createDocument(design);
  const tab: OpenTab = {
    key: `tab-${++opened}`,
    draft,
    document,
    view: createBoardView(document),
    runs: createRunStore(),
    sweep: createSweepStore(),
    hold: createHoldStore(),
  };
  workspace.setState((before) => ({ tabs: [...before.tabs, tab], current: tab.key, screen: 'board' }));
  return tab;
}

/** A design that is in no file yet. */
export function unsaved(design: Design): OpenedDesign {
  return { path: null, design, repairs: [], readOnly: null, digest: null };
}

export function emptyDesign(): Design {
  return { format: 'runboard', version: 1, title: 'Untitled design', seed: 1, board: { nodes: [], edges: [] } };
}

export function closeTab(workspace: WorkspaceStore, key: string): void {
  workspace.setState((before) => {
    const at = before.tabs.findIndex((tab) => tab.key === key);
    const tabs = before.tabs.filter((tab) => tab.key !== key);
    const next = tabs[Math.min(at, tabs.length - 1)]?.key ?? null;
    return { tabs, current: before.current === key ? next : before.current };
  });
}
