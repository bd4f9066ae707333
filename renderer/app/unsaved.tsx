import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { DraftInfo } from '#shared/contract/work.ts';
import { markRecovered } from '#renderer/board/store/document.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ago } from '#renderer/ui/format.ts';
import { say } from '#renderer/ui/toast.tsx';
import { useApp, useWorkspace } from './app-context.ts';
import { bringBack } from './holding.ts';
import { openTab } from './workspace.ts';

function since(moment: string): string {
  const said = ago(Date.parse(moment), Date.now());
  return said === 'now' ? 'just now' : `${said} ago`;
}

/** Work that was never saved: the tab was closed, or the browser or the server went away. */
export function Unsaved(): ReactElement | null {
  const { connection, workspace } = useApp();
  const tabs = useWorkspace((state) => state.tabs);
  const drafts = useAnswer('drafts', () => connection.call('drafts.list'));
  const [sure, setSure] = useState<string | null>(null);
  const lost = (drafts.value ?? [])
    .filter((draft) => !draft.open && !tabs.some((tab) => tab.draft === draft.id))
    .toSorted((a, b) => b.keptAt.localeCompare(a.keptAt));
  if (lost.length === 0) return null;
  const recover = async (draft: DraftInfo): Promise<void> => {
    const there = tabs.find((tab) => draft.path !== null && tab.document.getState().path === draft.path);
    if (there !== undefined) {
      workspace.setState({ current: there.key, screen: 'board' });
      await bringBack(connection, there, draft);
      return;
    }
    try {
      const opened = await connection.call('drafts.open', { id: draft.id });
      markRecovered((await openTab(workspace, opened, draft.id)).document);
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  };
  const drop = async (draft: DraftInfo): Promise<void> => {
    await connection.call('drafts.drop', { id: draft.id });
    drafts.again();
  };
  return (
    <section aria-labelledby="unsaved">
      <h2 id="unsaved">Not saved yet</h2>
      <ul className="recent">
        {lost.map((draft) => (
          <li key={draft.id} className="unsaved-row">
            <button type="button" className="recent-row" onClick={() => void recover(draft)}>
              <strong>{draft.title}</strong>
              <span className="quiet truncate">
                {draft.damaged ? 'a part cannot be read any more · ' : ''}
                {draft.path ?? 'in no file'}
              </span>
              <span className="quiet number">kept {since(draft.keptAt)}</span>
            </button>
            {sure === draft.id ? (
              <Button look="danger" autoFocus onBlur={() => setSure(null)} onClick={() => void drop(draft)}>
                Delete for good
              </Button>
            ) : (
              <Button look="bare" onClick={() => setSure(draft.id)}>
                Let go
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
