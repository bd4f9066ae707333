import { useReactFlow } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import { isTyping } from '#renderer/ui/action.ts';
import type { BoardPorts } from './board-context.ts';
import { besideIn, copySelection, cutSelection, pasteText, seenOf } from './clipboard.ts';
import type { BoardEdge, BoardNode } from './projection.ts';

/** Cut, copy and paste by the system's clipboard, while the keyboard is on the board and in no field of it. */
export function useClipboardEvents(ports: BoardPorts, board: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow<BoardNode, BoardEdge>();
  useEffect(() => {
    const page = globalThis.document;
    const here = (): boolean => board.current?.contains(page.activeElement) === true && !isTyping(page.activeElement);
    const taking =
      (take: (ports: BoardPorts) => string | null) =>
      (event: ClipboardEvent): void => {
        const text = here() ? take(ports) : null;
        if (text === null) return;
        event.clipboardData?.setData('text/plain', text);
        event.preventDefault();
      };
    const copy = taking(copySelection);
    const cut = taking(cutSelection);
    const paste = (event: ClipboardEvent): void => {
      if (!here() || ports.document.getState().readOnly !== null) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      void pasteText(ports, text, besideIn(seenOf(flow, board.current)));
    };
    page.addEventListener('copy', copy);
    page.addEventListener('cut', cut);
    page.addEventListener('paste', paste);
    return () => {
      page.removeEventListener('copy', copy);
      page.removeEventListener('cut', cut);
      page.removeEventListener('paste', paste);
    };
  }, [ports, board, flow]);
}
