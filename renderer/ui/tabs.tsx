import type { KeyboardEvent, ReactElement } from 'react';
import './tabs.css';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly count?: number;
}

interface TabsProps<Id extends string> {
  readonly items: readonly TabItem<NoInfer<Id>>[];
  readonly current: Id;
  readonly label: string;
  readonly look?: 'plain' | 'line' | 'segments';
  onChoose(id: NoInfer<Id>): void;
}

/** A row of tabs: arrows walk, one stop in the tab order. */
export function Tabs<Id extends string>({
  items,
  current,
  label,
  look = 'plain',
  onChoose,
}: TabsProps<Id>): ReactElement {
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = items.findIndex((item) => item.id === current);
    const next = items[(at + step + items.length) % items.length];
    onChoose(next.id);
    (event.currentTarget.querySelector(`[data-tab="${next.id}"]`) as HTMLElement | null)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={label}
      className={look === 'segments' ? 'segments' : `tabs tabs-${look}`}
      onKeyDown={walk}
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          data-tab={item.id}
          className="tab"
          aria-selected={item.id === current}
          tabIndex={item.id === current ? 0 : -1}
          onClick={() => onChoose(item.id)}
        >
          {item.title}
          {item.count === undefined || item.count === 0 ? null : <span className="tab-count number">{item.count}</span>}
        </button>
      ))}
    </div>
  );
}
