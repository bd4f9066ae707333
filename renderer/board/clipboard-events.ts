import { useEffect, type RefObject } from 'react';
import type { BoardPorts } from './board-context.ts';
import { copySelection, pasteText } from './clipboard.ts';

/** Copy and paste by the system's clipboard, while the keyboard is on the board. */
export function useClipboardEvents(ports: BoardPorts, board: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const page = globalThis.document;
    const here = (): boolean =>
      board.current?.contains(page.activeElement) === true && page.activeElement?.tagName !== 'INPUT';
    const copy = (event: ClipboardEvent): void => {
      if (!here()) return;
      const text = copySelection(ports);
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (here()) void pasteText(ports, event.clipboardData?.getData('text/plain') ?? '');
    };
    page.addEventListener('copy', copy);
    page.addEventListener('paste', paste);
    return () => {
      page.removeEventListener('copy', copy);
      page.removeEventListener('paste', paste);
    };
  }, [ports, board]);
}
