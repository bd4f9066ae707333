import type { BoardPorts } from './board-context.ts';
import { copyParts, pasteParts, readSheet, type Sheet } from './store/clipboard.ts';
import { select } from './view.ts';

let lastCopied: Sheet | null = null;

/** What is selected, as text for the clipboard; null where nothing is. */
export function copySelection(ports: BoardPorts): string | null {
  const { selected } = ports.view.getState();
  if (selected.length === 0) return null;
  lastCopied = copyParts(ports.document.getState().design, selected);
  return JSON.stringify(lastCopied);
}

/** Sets down what the clipboard holds, beside where it came from. */
export function pasteText(ports: BoardPorts, text: string | null): void {
  const sheet = text === null ? lastCopied : readSheet(text);
  if (sheet === null) return ports.onSay('The clipboard holds no parts of a board.');
  select(ports.view, pasteParts(ports.document, sheet, { x: 32, y: 32 }));
}
