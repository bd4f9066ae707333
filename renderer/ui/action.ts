import type { FurnitureIcon } from './icon-names.ts';

/** Something that can be done: by key, menu, button or command palette, always the same thing. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys: readonly string[];
  readonly icon?: FurnitureIcon;
  readonly disabled?: boolean;
  run(): void;
}

/** Keys as they are shown: "Shift+ArrowLeft" → "Shift+←". */
export function shownKeys(keys: string): string {
  const arrows = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
  return Object.entries(arrows).reduce((text, [name, arrow]) => text.replace(name, arrow), keys);
}

/** The part of a key press that is looked at. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key press is what "Ctrl+Shift+Z" says; Ctrl stands for the command key as well. */
export function pressIs(press: Press, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) === '' ? '+' : (parts.at(-1) as string);
  const wants = (part: string): boolean => parts.slice(0, -1).includes(part);
  if (wants('Ctrl') !== (press.ctrlKey || press.metaKey) || wants('Alt') !== press.altKey) return false;
  if (/^[0-9]$/.test(key)) return wants('Shift') === press.shiftKey && press.code === `Digit${key}`;
  if (/^[^A-Za-z0-9]$/.test(key)) return press.key === key;
  return (
    wants('Shift') === press.shiftKey &&
    (press.key.toLowerCase() === key.toLowerCase() || (key === 'Space' && press.key === ' '))
  );
}

/** The first action that a key press stands for. */
export function actionFor(press: Press, actions: readonly Action[]): Action | undefined {
  return actions.find((action) => action.disabled !== true && action.keys.some((keys) => pressIs(press, keys)));
}

/** Whether keys belong to what is focused (a field, an editor) rather than to the board. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
