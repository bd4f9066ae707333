import type { OpenedDesign } from '#shared/contract/design-files.ts';
import { markRecovered } from '#renderer/board/store/document.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { openTab, type Screen, type WorkspaceStore } from './workspace.ts';

/** Where a window notes what it has open. It lives as long as the window: a page that is loaded again finds it. */
const name = 'runboard-open';

interface Noted {
  readonly tabs: readonly { readonly draft: string; readonly path: string | null }[];
  readonly current: number;
  readonly screen: Screen;
}

function noted(): Noted | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Noted | null;
    return Array.isArray(value?.tabs) ? value : null;
  } catch {
    return null;
  }
}

function note(workspace: WorkspaceStore): void {
  const { tabs, current, screen } = workspace.getState();
  const open = tabs.map((tab) => ({ draft: tab.draft, path: tab.document.getState().path }));
  const value: Noted = { tabs: open, current: tabs.findIndex((tab) => tab.key === current), screen };
  sessionStorage.setItem(name, JSON.stringify(value));
}

/** Opens again what a page had open before it was loaded anew or had crashed, unsaved work included; then notes what is open. */
export async function keepSession(connection: Connection, workspace: WorkspaceStore): Promise<void> {
  const before = noted();
  if (before !== null && before.tabs.length > 0) {
    const again: string[] = [];
    const drafts = await connection.call('drafts.list').catch(() => []);
    for (const { draft, path } of before.tabs) {
      const kept = drafts.find((one) => one.id === draft && !one.open);
      const opened: OpenedDesign | null =
        kept !== undefined
          ? await connection.call('drafts.open', { id: draft }).catch(() => null)
          : path === null
            ? null
            : await connection.call('designs.open', { path }).catch(() => null);
      if (opened === null) continue;
      // The id goes on only where it has a journal that nobody writes to: a window that was doubled has its own.
      const tab = await openTab(workspace, opened, kept?.id);
      again.push(tab.key);
      if (kept !== undefined) markRecovered(tab.document);
    }
    // What was asked for meanwhile stays in front.
    if (workspace.getState().tabs.length === again.length)
      workspace.setState({ current: again[before.current] ?? null, screen: before.screen });
  }
  workspace.subscribe(() => note(workspace));
}
