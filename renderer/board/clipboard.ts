import type { BoardPorts } from './board-context.ts';
import { copyParts, pasteParts } from './store/clipboard.ts';
import type { Sheet } from './store/read-sheet.ts';
import { select } from './view.ts';

let lastCopied: Sheet | null = null;

/** What is selected, as text for the clipboard; null where nothing is. */
export function copySelection(ports: BoardPorts): string | null {
  const { selected } = ports.view.getState();
  if (selected.length === 0) return null;
  lastCopied = copyParts(ports.document.getState().design, selected);
  return JSON.stringify(lastCopied);
}

/** What was copied; what checks it is loaded with the first paste. */
async function sheetIn(text: string): Promise<Sheet | null> {
  const { readSheet } = await import('./store/read-sheet.ts');
  return readSheet(text);
}

/** Sets down what the clipboard holds, beside where it came from. */
export async function pasteText(ports: BoardPorts, text: string | null): Promise<void> {
  const sheet = text === null ? lastCopied : await sheetIn(text);
  if (sheet === null) return ports.onSay('The clipboard holds no parts of a board.');
  select(ports.view, pasteParts(ports.document, sheet, { x: 32, y: 32 }));
}
