import { isDirty } from '#renderer/board/store/document.ts';
import type { Connection } from '#renderer/client/connection.ts';
import type { OpenTab, WorkspaceStore } from './workspace.ts';

/** After the last change, and at the latest while changes go on. */
const quietMillis = 700;
const latestMillis = 3_000;

/** Keeps what is not saved in the workspace on disk, and lets go of it when it was saved or given up. */
export function keepDrafts(connection: Connection, workspace: WorkspaceStore, tab: OpenTab): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null;
  const keep = async (): Promise<void> => {
    since = null;
    const { path, digest, design } = tab.document.getState();
    const open = workspace.getState().tabs.includes(tab);
    // A line that is lost keeps the call waiting: it is made when the line is open again.
    if (open && isDirty(tab.document.getState()))
      await connection.call('drafts.keep', { id: tab.draft, path, digest, design }).catch(() => {});
    else await connection.call('drafts.drop', { id: tab.draft }).catch(() => {});
  };
  tab.document.subscribe((state, before) => {
    if (state.design === before.design && state.saved === before.saved) return;
    const now = performance.now();
    since ??= now;
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), Math.max(0, Math.min(quietMillis, since + latestMillis - now)));
  });
  const leave = workspace.subscribe((state) => {
    if (state.tabs.includes(tab)) return;
    leave();
    clearTimeout(timer);
    void connection.call('drafts.drop', { id: tab.draft }).catch(() => {});
  });
}
