import { useState, type ReactElement } from 'react';
import { Button } from './button.tsx';
import './path-form.css';

/** Opens what is not in the list beside it, by its path. */
export function PathForm({
  label,
  hint,
  choose,
  onOpen,
}: {
  label: string;
  hint: string;
  /** The desktop's own dialog; null where the window is a page. */
  choose: (() => Promise<string | null>) | null;
  onOpen(path: string): void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const path = typed.trim();
  const chosen = async (): Promise<void> => {
    const answer = (await choose?.()) ?? null;
    if (answer !== null) onOpen(answer);
  };
  return (
    <form
      className="path-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (path !== '') onOpen(path);
      }}
    >
      <input
        className="input"
        aria-label={label}
        placeholder={hint}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {choose === null || path !== '' ? (
        <Button type="submit" icon="folder-open" disabled={path === ''}>
          Open
        </Button>
      ) : (
        <Button icon="folder-open" onClick={() => void chosen()}>
          Choose …
        </Button>
      )}
    </form>
  );
}
