import type { Viewport } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { useBoard } from './board-context.ts';
import type { Flow } from './board-hands.ts';
import type { Gliding } from './gliding.ts';
import { bandsOf } from './lanes.ts';
import type { Size } from './node-size.ts';
import type { BoardNode } from './projection.ts';
import { holdShield } from './shield.ts';

/**
 * Where all of a node is still drawn (level-of-detail.ts) the whole board is shown; above the tools where there is room.
 */
const opening = { room: 24, tools: 64, readable: 0.55, most: 1.15 } as const;

/** The first look: the whole board where it can be read, else what can be read of it from the left. */
export function firstLook(board: Design['board'], place: Size): Viewport {
  const bands = bandsOf(board);
  if (bands.length === 0) return { x: 0, y: 0, zoom: 1 };
  const [left, top] = [Math.min(...bands.map((band) => band.x)), Math.min(...bands.map((band) => band.y))];
  const width = Math.max(...bands.map((band) => band.x + band.width)) - left;
  const height = Math.max(...bands.map((band) => band.y + band.height)) - top;
  const wide = (place.width - 2 * opening.room) / width;
  const free = (place.height - opening.room - opening.tools) / height;
  const tall = Math.max(free, Math.min(opening.readable, (place.height - 2 * opening.room) / height));
  const zoom = Math.min(opening.most, Math.max(0.1, Math.min(wide, tall), Math.min(opening.readable, tall)));
  const spare = {
    x: Math.max(0, place.width - 2 * opening.room - width * zoom),
    y: Math.max(0, place.height - opening.room - opening.tools - height * zoom),
  };
  return {
    x: Math.round(opening.room + spare.x / 2 - left * zoom),
    y: Math.round(opening.room + spare.y / 2 - top * zoom),
    zoom,
  };
}

/** Shows the whole board, also when its place changes, until the person has moved it. */
export function useFirstLook(
  flow: Flow,
  wrapper: RefObject<HTMLDivElement | null>,
  gliding: Gliding,
): { onInit(): void; onMoveStart(event: unknown): void } {
  const { document } = useBoard();
  const moved = useRef(false);
  const look = useCallback(() => {
    const { board } = document.getState().design;
    if (wrapper.current !== null && board.nodes.length > 0)
      void flow.setViewport(firstLook(board, wrapper.current.getBoundingClientRect()));
  }, [flow, document, wrapper]);
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      if (!moved.current) look();
    });
    if (wrapper.current !== null) watcher.observe(wrapper.current);
    return () => watcher.disconnect();
  }, [look, wrapper]);
  return useMemo(
    () => ({
      onInit: look,
      onMoveStart: (event) => {
        gliding.begin(event);
        // Where the program sets the board down it tells of no event, or of none of the page's.
        if (event instanceof Event) moved.current = true;
        if (event instanceof Event && event.type === 'mousedown') holdShield(wrapper.current);
      },
    }),
    [look, wrapper, gliding],
  );
}

/** Moves the board just enough that a node can be seen. */
export function reveal(flow: Flow, node: BoardNode, wrapper: HTMLElement | null): void {
  const box = wrapper?.getBoundingClientRect();
  if (box === undefined) return;
  const at = flow.flowToScreenPosition(node.position);
  const inside = at.x > box.left + 20 && at.y > box.top + 20 && at.x < box.right - 160 && at.y < box.bottom - 80;
  if (!inside) void flow.setCenter(node.position.x + 90, node.position.y + 28, { zoom: flow.getZoom(), duration: 160 });
}
