import { useStoreApi } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';

/** How much of a node can be read: all of it, its title in large, the title alone, or only that it is there. */
export type Detail = 'full' | 'title' | 'large-title' | 'shape';

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.55) return 'full';
  if (zoom >= 0.38) return 'title';
  return zoom >= 0.22 ? 'large-title' : 'shape';
}

/** Marks the board with how much can be read at its zoom; no component is rendered for it. */
export function useLevelOfDetail(board: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  useEffect(() => {
    const mark = (): void => {
      const detail = detailAt(flow.getState().transform[2]);
      if (board.current !== null && board.current.dataset['detail'] !== detail)
        board.current.dataset['detail'] = detail;
    };
    mark();
    return flow.subscribe(mark);
  }, [flow, board]);
}
