import { useEffect, useRef, type ReactElement } from 'react';

/** A title edited in place: Enter keeps, Escape leaves it as it was. */
export function TitleField({ value, onDone }: { value: string; onDone(title: string | null): void }): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (title: string | null): void => {
    if (over.current) return;
    over.current = true;
    onDone(title);
  };
  return (
    <input
      ref={field}
      className="title-field nodrag nopan"
      aria-label="Title"
      defaultValue={value}
      onBlur={(event) => finish(event.target.value.trim() === '' ? null : event.target.value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
