import { useEffect, type RefObject } from 'react';
import type { Look } from './gliding.ts';

/** How much of a node can be read: all of it, its title in larger type, the title alone, or only that it is there. */
export type Detail = 'full' | 'title' | 'large-title' | 'shape';

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.55) return 'full';
  if (zoom >= 0.38) return 'title';
  return zoom >= 0.22 ? 'large-title' : 'shape';
}

/** Zooming that has paused for this long is over. */
const restMillis = 140;

/**
 * Keeps the mark of the board that says how much can be read at its zoom; no component is rendered for it. While the zoom goes on
 * changing the mark stays: every node is laid out anew when it changes, which shall not happen in the middle of a motion.
 */
export function useLevelOfDetail(board: RefObject<HTMLElement | null>, looking: Look): void {
  useEffect(() => {
    let known = looking.getState().zoom;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const mark = (): void => {
      timer = null;
      const detail = detailAt(known);
      if (board.current !== null && board.current.dataset['detail'] !== detail)
        board.current.dataset['detail'] = detail;
    };
    const look = (): void => {
      const { zoom } = looking.getState();
      if (zoom === known) return;
      known = zoom;
      if (timer === null) mark();
      else clearTimeout(timer);
      timer = setTimeout(mark, restMillis);
    };
    const leave = looking.subscribe(look);
    return () => {
      leave();
      if (timer !== null) clearTimeout(timer);
    };
  }, [looking, board]);
}
