import { useCallback, useMemo, useState, type RefObject } from 'react';
import type { BoardHands, Flow } from './board-hands.ts';
import type { Asked } from './overlays.tsx';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Asking {
  readonly asked: Asked | null;
  readonly hands: BoardHands;
  ask(what: Asked['what'], at: Point | null, wire?: Asked['wire']): void;
  close(): void;
}

function middleOf(board: HTMLElement | null): Point {
  const box = board?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
}

/** The lists that open over the board: adding, finding, connecting; and what only the mounted board can do. */
export function useAsking(
  flow: Flow,
  board: RefObject<HTMLDivElement | null>,
  pointer: RefObject<Point>,
  onMap: () => void,
): Asking {
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback(
    (what: Asked['what'], at: Point | null, wire: Asked['wire'] = null): void => {
      const middle = middleOf(board.current);
      setAsked({
        what,
        at: at ?? { x: middle.x - 170, y: middle.y - 190 },
        place: flow.screenToFlowPosition(at ?? middle),
        wire,
      });
    },
    [flow, board],
  );
  const hands: BoardHands = useMemo(
    () => ({
      flow,
      openQuickAdd: () => ask('add', board.current?.matches(':hover') === true ? pointer.current : null),
      openFind: () => ask('find', null),
      openConnect: () => ask('connect', null),
      openWires: () => ask('wires', null),
      toggleMap: onMap,
      centre: () => flow.screenToFlowPosition(middleOf(board.current)),
    }),
    [ask, flow, onMap, pointer, board],
  );
  const close = useCallback(() => {
    setAsked(null);
    board.current?.focus();
  }, [board]);
  return useMemo(() => ({ asked, hands, ask, close }), [asked, hands, ask, close]);
}
