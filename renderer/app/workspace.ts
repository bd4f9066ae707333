import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '#shared/contract/design.ts';
import type { OpenedDesign } from '#shared/contract/design-files.ts';
import type { BoardView } from '#renderer/board/view.ts';
import type { DocumentStore } from '#renderer/board/store/document.ts';
import type { RunStore } from '#renderer/client/run-store.ts';
import type { SweepStore } from '#renderer/sweep/sweep-store.ts';
import type { HoldStore } from './hold-store.ts';

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

/** Opens a design in a tab, or brings the tab forward that already has its file. What a tab is made of is loaded with the first. */
export async function openTab(
  workspace: WorkspaceStore,
  design: OpenedDesign,
  draft: string = crypto.randomUUID(),
): Promise<OpenTab> {
  const { newTab } = await import('./new-tab.ts');
  const known =
    design.path === null
      ? undefined
      : workspace.getState().tabs.find((tab) => tab.document.getState().path === design.path);
  if (known !== undefined) {
    workspace.setState({ current: known.key, screen: 'board' });
    return known;
  }
  const tab = newTab(design, draft);
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
