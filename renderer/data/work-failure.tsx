import type { ReactElement } from 'react';
import { failureLine, type Failure } from '#shared/contract/failure.ts';

function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** Why work failed, where it is seen however long the form is; options of the command line are left out. */
export function WorkFailure({ failure }: { failure: Failure | null }): ReactElement | null {
  if (failure === null) return null;
  const line = failureLine(failure).replace(/ \(--[a-z]+\)/g, '');
  return (
    <p key={line} ref={bringIntoView} className="data-failure" role="alert">
      {line}
    </p>
  );
}

/** Said before it happens: what lies under this name is there already. */
export function Replaces({ name }: { name: string | null }): ReactElement | null {
  return name === null ? null : (
    <p className="data-warning" role="status">
      {name} is there already. What it holds is replaced.
    </p>
  );
}
