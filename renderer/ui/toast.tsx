import { useSyncExternalStore, type ReactElement } from 'react';
import { Button, IconButton } from './button.tsx';
import './toast.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly title: string; run(): void };
}

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function publish(changed: readonly Toast[]): void {
  toasts = changed;
  for (const listener of listeners) listener();
}

/** Says something that does not need an answer; goes away by itself unless it offers an action. */
export function say(text: string, action?: Toast['action']): void {
  const id = next++;
  publish([...toasts.slice(-2), { id, text, action }]);
  window.setTimeout(() => publish(toasts.filter((toast) => toast.id !== id)), action === undefined ? 5_000 : 12_000);
}

export function Toasts(): ReactElement {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className="toast">
          <span>{toast.text}</span>
          {toast.action === undefined ? null : (
            <Button
              look="bare"
              onClick={() => {
                toast.action?.run();
                publish(toasts.filter((one) => one.id !== toast.id));
              }}
            >
              {toast.action.title}
            </Button>
          )}
          <IconButton icon="x" label="Dismiss" onClick={() => publish(toasts.filter((one) => one.id !== toast.id))} />
        </div>
      ))}
    </div>
  );
}
