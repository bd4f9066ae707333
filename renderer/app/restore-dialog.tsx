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

/** "Today", "Yesterday", "Thursday 19 November". */
function dayOf(keptAt: string): string {
  const [day, today] = [new Date(keptAt), new Date()];
  const apart = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86_400_000);
  if (apart === 0) return 'Today';
  if (apart === 1) return 'Yesterday';
  return day.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
}

function timeOf(keptAt: string): string {
  return new Date(keptAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function PointList({
  points,
  chosen,
  onChoose,
}: {
  points: readonly RestorePoint[];
  chosen: string | undefined;
  onChoose(id: string): void;
}): ReactElement {
  const days = Map.groupBy(points, (point) => dayOf(point.keptAt));
  return (
    <div className="restore-list">
      {[...days].map(([day, those]) => (
        <section key={day} aria-label={`Earlier states: ${day}`}>
          <h3>{day}</h3>
          <ul>
            {those.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="restore-row"
                  aria-pressed={one.id === chosen}
                  title={clock(one.keptAt)}
                  onClick={() => onChoose(one.id)}
                >
                  <strong className="number">{timeOf(one.keptAt)}</strong>
                  <span className="quiet">
                    {reasons[one.why]}, {ago(Date.parse(one.keptAt), Date.now())}{' '}
                    {Date.now() - Date.parse(one.keptAt) < 45_000 ? '' : 'ago'}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** A state as it was: its drawing, its size, and what going back to it would change. */
function Look({ of, design, now }: { of: string | null; design: Design | null; now: Design }): ReactElement {
  const { connection } = useApp();
  const changes = useAnswer(of, () => connection.call('designs.compare', { before: now, after: design ?? now }));
  return (
    <figure className="restore-look">
      <Thumbnail design={design} />
      <figcaption>
        <strong>{design?.title ?? 'Opening …'}</strong>
        <span className="quiet number">{design === null ? '' : counts(design)}</span>
      </figcaption>
      {design === null || changes.value === null ? null : changes.value.length === 0 ? (
        <p className="quiet">The same as now.</p>
      ) : (
        <>
          <h3>Going back means</h3>
          <ul className="restore-changes" aria-label="What would change">
            {changes.value.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
    </figure>
  );
}

/** Earlier states of a design, kept in the workspace for a week, each with its drawing. */
export function RestoreDialog({ tab, onClose }: { tab: OpenTab; onClose(): void }): ReactElement {
  const { connection } = useApp();
  const { path, readOnly } = tab.document.getState();
  const list = useAnswer('restore points', () => connection.call('restorePoints.list', { path, draft: tab.draft }));
  const [chosen, setChosen] = useState<string | null>(null);
  const points = list.value ?? [];
  const point = points.find(({ id }) => id === chosen) ?? points[0];
  const wanted = point?.id ?? null;
  const opened = useAnswer(wanted, async () => {
    const id = wanted ?? '';
    return { id, design: (await connection.call('restorePoints.open', { id })).design };
  });
  const failure = list.failure ?? opened.failure;
  // What was opened last stays until what is chosen now is there.
  const design = opened.value?.id === wanted ? (opened.value?.design ?? null) : null;
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
            disabled={design === null || point === undefined || readOnly !== null}
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
            While you change a design a copy is kept every five minutes, and the old file before every save. They stay
            for a week; of older copies one an hour, then one a day.
          </span>
        </div>
      ) : null}
      {points.length === 0 ? null : (
        <div className="restore">
          <PointList points={points} chosen={point?.id} onChoose={setChosen} />
          <Look of={design === null ? null : wanted} design={design} now={tab.document.getState().design} />
        </div>
      )}
    </Dialog>
  );
}
