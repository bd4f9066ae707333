import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import { snapshotText } from '#shared/contract/history.ts';
import type { RestoreFrom } from '#shared/contract/history.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { say } from '#renderer/ui/toast.tsx';
import { useApp } from './app-context.ts';
import { Banner } from './banner.tsx';
import { useEngineNews } from './engine-state.ts';

/** That the runs of the workspace cannot be read, and what can be put in their place: nothing is, without a press. */
export function HistoryBanner(): ReactElement | null {
  const { connection, engine, runner } = useApp();
  const up = useEngineNews(engine).state === 'up';
  const { value, again } = useAnswer(up ? 'history' : null, () => connection.call('runs.history'));
  const [going, setGoing] = useState(false);
  if (value === null || value.state === 'sound') return null;
  const restore = async (from: RestoreFrom): Promise<void> => {
    setGoing(true);
    try {
      const { runs, aside } = await connection.call('runs.restore', { from });
      const back = runs === 0 ? 'The history is empty now' : `${runs} ${runs === 1 ? 'run is' : 'runs are'} back`;
      say(aside === null ? `${back}.` : `${back}. The damaged file is kept as ${aside}.`);
      runner.lookAgain();
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
    setGoing(false);
    again();
  };
  const { snapshot, what, path } = value;
  return (
    <Banner
      warn
      actions={
        <>
          <Button disabled={going} onClick={() => void restore('nothing')}>
            Begin a new history
          </Button>
          {snapshot === null ? null : (
            <Button look="solid" disabled={going} onClick={() => void restore('snapshot')}>
              Restore {snapshot.runs === 1 ? '1 run' : `${snapshot.runs} runs`}
            </Button>
          )}
        </>
      }
    >
      <strong>The runs of this workspace cannot be read:</strong> {what} (<span className="mono">{path}</span>).{' '}
      {snapshot === null
        ? 'There is no copy of it.'
        : `A copy of ${snapshotText(snapshot)} is sound; later runs are not in it.`}{' '}
      The damaged file is kept either way; designs and data sets are not affected.
    </Banner>
  );
}
