import type { ReactElement } from 'react';
import { failureLine, type Failure } from '#shared/contract/failure.ts';
import { sentence } from '#renderer/ui/sentence.ts';

function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** A failure in words for the window: what is said of a file begins with its name, options of the command line are left out. */
export function importFailure(failure: Failure): string {
  const { what, where, remedy } = failure;
  const line =
    where !== undefined && /^(is|has|holds|may|cannot) /.test(what)
      ? `${where.split(/[\\/]/).at(-1)} ${what}${remedy === undefined ? '' : `: ${remedy}`}`
      : sentence(failureLine(failure));
  return line.replace(/ \(--[a-z]+\)/g, '');
}

/** Why work failed, where it is seen however long the form is; options of the command line are left out. */
export function WorkFailure({ failure }: { failure: Failure | null }): ReactElement | null {
  if (failure === null) return null;
  const line = importFailure(failure);
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
