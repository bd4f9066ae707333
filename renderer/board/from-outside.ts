import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { actionFor, isTyping, type Action } from '#renderer/ui/action.ts';
import { useBoard } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import { reveal } from './looking-around.ts';

/** Whether the focused element undoes what was typed into it by itself. */
function undoesItself(target: EventTarget | null): boolean {
  const typed = isTyping(target) && target instanceof HTMLElement;
  if (!typed || target.tagName === 'SELECT') return false;
  return !(target instanceof HTMLInputElement && ['checkbox', 'range', 'radio'].includes(target.type));
}

/**
 * What was changed in the inspector or the palette is undone with the keyboard still there; and where nothing has the
 * keyboard, because what had it is gone, it is the board's.
 */
export function useKeysFromOutside(actions: readonly Action[]): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const page = globalThis.document;
      const elsewhere = event.target instanceof Element && event.target.closest('.board, [role="menu"]') === null;
      if (!elsewhere || page.querySelector('dialog[open]') !== null) return;
      const nowhere = event.target === page.body;
      const offered = nowhere ? actions : actions.filter(({ id }) => id === 'undo' || id === 'redo');
      const action = undoesItself(event.target) ? undefined : actionFor(event, offered);
      if (action === undefined || (nowhere && event.key === 'Tab')) return;
      event.preventDefault();
      event.stopPropagation();
      action.run();
    };
    globalThis.addEventListener('keydown', press, true);
    return () => globalThis.removeEventListener('keydown', press, true);
  }, [actions]);
}

/** A part that is selected from elsewhere (outline, palette, funnel, log) comes into sight. */
export function useComingIntoSight(flow: Flow): void {
  const { view } = useBoard();
  const store = useStoreApi();
  useEffect(
    () =>
      view.subscribe((state, before) => {
        if (state.selected === before.selected || state.selected.length !== 1) return;
        const board = store.getState().domNode?.closest<HTMLElement>('.board') ?? null;
        if (board === null || board.contains(globalThis.document.activeElement)) return;
        const node = state.nodes.find((one) => one.id === state.selected[0]);
        if (node !== undefined) reveal(flow, node, board);
      }),
    [view, store, flow],
  );
}
