import { useState, type ReactElement } from 'react';
import { Button } from './button.tsx';
import './path-form.css';

/** Opens what is not in the list beside it, by its path. */
export function PathForm({
  label,
  hint,
  onOpen,
}: {
  label: string;
  hint: string;
  onOpen(path: string): void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const path = typed.trim();
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
      <Button type="submit" icon="folder-open" disabled={path === ''}>
        Open
      </Button>
    </form>
  );
}
