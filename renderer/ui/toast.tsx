import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import { Button, IconButton } from './button.tsx';
import { sentence } from './sentence.ts';
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

/** How long something is shown: long enough to be read. */
function readingTime({ text, action }: Omit<Toast, 'id'>): number {
  return Math.max(action === undefined ? 5_000 : 12_000, 70 * text.length);
}

function dismiss(id: number): void {
  publish(toasts.filter((one) => one.id !== id));
}

/** Says something that does not need an answer; goes away by itself, after longer if it offers an action. */
export function say(said: string, action?: Toast['action']): void {
  const text = sentence(said);
  const id = next++;
  publish([...toasts.slice(-2), { id, text, action }]);
  window.setTimeout(() => dismiss(id), readingTime({ text, action }));
}

/** Escape takes the newest away, unless it is meant for something that is open. */
function useEscape(newest: number | undefined): void {
  useEffect(() => {
    if (newest === undefined) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) dismiss(newest);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [newest]);
}

/** What was said lately. Lies over the top of the screen that it stands before: never on the Run button or the evidence. */
export function Toasts(): ReactElement {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  useEscape(shown.at(-1)?.id);
  return (
    <div className="toast-place">
      <div className="toasts" role="status" aria-live="polite">
        {shown.map((toast) => (
          <div key={toast.id} className="toast">
            <span>{toast.text}</span>
            {toast.action === undefined ? null : (
              <Button
                look="bare"
                onClick={() => {
                  toast.action?.run();
                  dismiss(toast.id);
                }}
              >
                {toast.action.title}
              </Button>
            )}
            <IconButton icon="x" label="Dismiss" keys="Esc" onClick={() => dismiss(toast.id)} />
          </div>
        ))}
      </div>
    </div>
  );
}
