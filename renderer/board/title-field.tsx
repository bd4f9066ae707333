import { useEffect, useRef, type ReactElement } from 'react';

/** A title edited in place: Enter keeps, Escape leaves it as it was. */
export function TitleField({ value, onDone }: { value: string; onDone(title: string | null): void }): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => field.current?.select(), []);
  // Done by a key, the keyboard goes back to the board: else it would be nowhere.
  const leave = (): void => field.current?.closest<HTMLElement>('.board')?.focus();
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
        if (event.key === 'Escape') finish(null);
        if (event.key === 'Enter' || event.key === 'Escape') leave();
      }}
    />
  );
}
