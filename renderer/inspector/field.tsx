import type { ReactElement, ReactNode } from 'react';
import { useReadOnly } from '#renderer/ui/read-only.ts';

interface FieldProps {
  readonly title: string;
  /** Id of what is labelled; none where it labels itself, like a button. */
  readonly of?: string;
  readonly wide?: boolean;
  readonly help?: string;
  readonly children: ReactNode;
}

/** A label beside what it labels, or above it where that wants the width. */
export function Field({ title, of, wide = false, help, children }: FieldProps): ReactElement {
  return (
    <div className={`field ${wide ? 'field-wide' : ''}`}>
      {of === undefined ? (
        <span className="field-label">{title}</span>
      ) : (
        <label className="field-label" htmlFor={of}>
          {title}
        </label>
      )}
      {children}
      {help === undefined ? null : <p className="field-help">{help}</p>}
    </div>
  );
}

/** The name of what is inspected, which can be changed where it stands. */
export function TitleField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}): ReactElement {
  return (
    <input
      className="inspector-title"
      aria-label={label}
      value={value}
      readOnly={useReadOnly()}
      title={value.length > 24 ? value.slice(0, 400) : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Lines of prose as they are stored: none where nothing is written. */
export function linesOf(text: string): string[] | undefined {
  return text === '' ? undefined : text.split('\n');
}
