import type { ReactElement, SelectHTMLAttributes } from 'react';
import { useReadOnly } from '#renderer/ui/read-only.ts';

interface ChoiceProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly id: string;
  readonly value: string;
  /** What is chosen, in the words of its option. */
  readonly chosen: string;
}

/** One of several. Where nothing may be changed it is a field that can be reached and read, not a list to open. */
export function Choice({ id, chosen, children, ...rest }: ChoiceProps): ReactElement {
  if (useReadOnly())
    return <input id={id} className="input" readOnly value={chosen} aria-describedby={rest['aria-describedby']} />;
  return (
    <select id={id} className="select" {...rest}>
      {children}
    </select>
  );
}
