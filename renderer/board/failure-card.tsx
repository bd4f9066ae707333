import type { ReactElement } from 'react';
import type { Failure } from '#shared/contract/failure.ts';
import { Button } from '#renderer/ui/button.tsx';
import { useBoard } from './board-context.ts';

/** What went wrong at a node, and what to do about it. */
export function FailureCard({ node, failure }: { node: string; failure: Failure }): ReactElement {
  const { onShowLog, onRun } = useBoard();
  return (
    <div className="failure-card nodrag nopan" role="alert">
      <strong>{failure.what}</strong>
      {failure.where === undefined ? null : <span className="quiet mono">{failure.where}</span>}
      {failure.remedy === undefined ? null : <span>{failure.remedy}</span>}
      <span className="failure-actions">
        <Button look="bare" onClick={() => onShowLog(node)}>
          Show log
        </Button>
        <Button onClick={() => onRun(node)}>Run again</Button>
      </span>
    </div>
  );
}
