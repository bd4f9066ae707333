import type { ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { useApp } from './app-context.ts';

/** Which Runboard this is, and what works on this machine: what one tells who is to help. */
export function AboutDialog({ onClose }: { onClose(): void }): ReactElement {
  const { connection } = useApp();
  const { value, failure } = useAnswer('doctor', () => connection.call('doctor'));
  return (
    <Dialog title={`Runboard ${value?.environment.runboard ?? ''}`.trim()} onClose={onClose}>
      <div className="stack">
        <p className="quiet">The ML-system-design whiteboard that runs. Nothing leaves this computer.</p>
        {failure === null ? null : <p className="bad">{failureLine(failure)}</p>}
        {value === null && failure === null ? <p className="quiet">Looking at what works here …</p> : null}
        <dl className="about">
          {value?.checks.map(({ name, ok, found, remedy }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={ok ? undefined : 'bad'}>
                {found}
                {remedy === null ? null : <span className="quiet"> {remedy}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
