import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { shownKeys } from './action.ts';
import type { FurnitureIcon } from './icon-names.ts';
import { Icon } from './icon.tsx';
import './menu.css';

export interface MenuItem {
  readonly title: string;
  readonly icon?: FurnitureIcon;
  readonly keys?: string;
  readonly disabled?: boolean;
  /** Whether it is what holds now, of several that exclude each other; undefined where there is no such choice. */
  readonly chosen?: boolean;
  run(): void;
}

/** A rule between groups is written as null. */
export type MenuItems = readonly (MenuItem | null)[];

interface MenuProps {
  readonly items: MenuItems;
  readonly at: { readonly x: number; readonly y: number };
  readonly label: string;
  onClose(): void;
}

function keepInside(element: HTMLElement, at: { x: number; y: number }): void {
  const box = element.getBoundingClientRect();
  element.style.left = `${Math.max(6, Math.min(at.x, window.innerWidth - box.width - 6))}px`;
  element.style.top = `${Math.max(6, Math.min(at.y, window.innerHeight - box.height - 6))}px`;
}

/** A menu at a point: arrows walk, Enter chooses, Escape or a press elsewhere closes. */
export function Menu({ items, at, label, onClose }: MenuProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const before = document.activeElement as HTMLElement | null;
    keepInside(element, at);
    (element.querySelector('button:not(:disabled)') as HTMLElement | null)?.focus();
    return () => before?.focus();
  }, [at]);
  useEffect(() => {
    const close = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Element)) onClose();
    };
    window.addEventListener('pointerdown', close, true);
    return () => window.removeEventListener('pointerdown', close, true);
  }, [onClose]);
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') return onClose();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
    const index = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(index + step + buttons.length) % buttons.length]?.focus();
  };
  const iconed = items.some((item) => item?.icon !== undefined);
  return (
    <div ref={box} role="menu" aria-label={label} className="menu" onKeyDown={walk}>
      {items.map((item, index) =>
        item === null ? (
          <div key={`rule-${index}`} role="separator" className="menu-rule" />
        ) : (
          <button
            key={item.title}
            type="button"
            role={item.chosen === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.chosen}
            className="menu-item"
            disabled={item.disabled}
            onClick={() => {
              onClose();
              item.run();
            }}
          >
            {item.icon !== undefined ? (
              <Icon name={item.icon} size={14} />
            ) : iconed ? (
              <i className="menu-no-icon" />
            ) : null}
            <span>{item.title}</span>
            {item.chosen === true ? <Icon name="check" size={14} /> : null}
            {item.keys === undefined ? null : <span className="menu-keys">{shownKeys(item.keys)}</span>}
          </button>
        ),
      )}
    </div>
  );
}
