import { useState, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { failureLine } from '#shared/contract/failure.ts';
import type { RestorePoint } from '#shared/contract/work.ts';
import { change } from '#renderer/board/store/document.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { ago } from '#renderer/ui/format.ts';
import { say } from '#renderer/ui/toast.tsx';
import { useApp } from './app-context.ts';
import './restore-dialog.css';
import { Thumbnail } from './thumbnail.tsx';
import type { OpenTab } from './workspace.ts';

const reasons: Readonly<Record<RestorePoint['why'], string>> = {
  working: 'while you worked',
  'before-save': 'the file before a save',
};

function clock(keptAt: string): string {
  return new Date(keptAt).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** Takes an earlier state as one change, which undo takes back. */
function restore(tab: OpenTab, earlier: Design, when: string): void {
  change(tab.document, `Go back to ${when}`, (design) => {
    for (const name of Object.keys(design)) if (!Object.hasOwn(earlier, name)) delete design[name];
    Object.assign(design, structuredClone(earlier));
  });
  say(`The design is as it was ${when}. Undo takes that back.`);
}

function counts({ board }: Design): string {
  const bound = board.nodes.filter((node) => node.binding !== undefined).length;
  return `${board.nodes.length} nodes, ${bound} bound, ${board.edges.length} edges`;
}

/** Earlier states of a design, kept in the workspace for a week, each with its drawing. */
export function RestoreDialog({ tab, onClose }: { tab: OpenTab; onClose(): void }): ReactElement {
  const { connection } = useApp();
  const { path } = tab.document.getState();
  const list = useAnswer('restore points', () => connection.call('restorePoints.list', { path, draft: tab.draft }));
  const [chosen, setChosen] = useState<string | null>(null);
  const points = list.value ?? [];
  const point = points.find(({ id }) => id === chosen) ?? points[0];
  const opened = useAnswer(point?.id ?? null, () => connection.call('restorePoints.open', { id: point?.id ?? '' }));
  const failure = list.failure ?? opened.failure;
  const design = opened.value?.design ?? null;
  return (
    <Dialog
      title="Go back to an earlier state"
      onClose={onClose}
      width={780}
      foot={
        <>
          <Button onClick={onClose}>Stay here</Button>
          <Button
            look="solid"
            disabled={design === null || point === undefined}
            onClick={() => {
              if (design !== null && point !== undefined) restore(tab, design, clock(point.keptAt));
              onClose();
            }}
          >
            Go back to this
          </Button>
        </>
      }
    >
      {failure === null ? null : <p className="bad">{failureLine(failure)}</p>}
      {list.value !== null && points.length === 0 ? (
        <div className="empty">
          <strong>Nothing is kept yet</strong>
          <span>
            While you change a design a copy is kept every five minutes, and the old file before every save. Both stay
            for seven days.
          </span>
        </div>
      ) : null}
      {points.length === 0 ? null : (
        <div className="restore">
          <ul className="restore-list" aria-label="Earlier states">
            {points.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="restore-row"
                  aria-pressed={one.id === point?.id}
                  onClick={() => setChosen(one.id)}
                >
                  <strong className="number">{clock(one.keptAt)}</strong>
                  <span className="quiet">
                    {reasons[one.why]}, {ago(Date.parse(one.keptAt), Date.now())}{' '}
                    {Date.now() - Date.parse(one.keptAt) < 45_000 ? '' : 'ago'}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <figure className="restore-look">
            <Thumbnail design={design} />
            <figcaption>
              <strong>{design?.title ?? 'Opening …'}</strong>
              <span className="quiet number">{design === null ? '' : counts(design)}</span>
            </figcaption>
          </figure>
        </div>
      )}
    </Dialog>
  );
}
