import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '#renderer/client/connection.ts';
import type { Desktop } from '#renderer/client/desktop.ts';
import type { EngineState } from './engine-state.ts';
import type { Runner } from './runner.ts';
import type { Workspace, WorkspaceStore } from './workspace.ts';

/** What the parts of the window share. */
export interface AppParts {
  readonly connection: Connection;
  readonly workspace: WorkspaceStore;
  readonly runner: Runner;
  /** How the process is that runs boards. */
  readonly engine: EngineState;
  /** Native dialogs; null where the window is a page in a browser. */
  readonly desktop: Desktop | null;
}

export const AppContext = createContext<AppParts | null>(null);

export function useApp(): AppParts {
  const parts = useContext(AppContext);
  if (parts === null) throw new Error('the window is not set up');
  return parts;
}

export function useWorkspace<T>(select: (workspace: Workspace) => T): T {
  return useStore(useApp().workspace, select);
}
