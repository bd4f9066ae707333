import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type PointerEvent, type ReactElement } from 'react';
import { useBoard } from './board-context.ts';
import type { Look } from './gliding.ts';
import type { BoardNode } from './projection.ts';

const size = { width: 140, height: 84, margin: 8 } as const;

/** How the board is drawn on the map. */
interface Scale {
  readonly by: number;
  readonly x: number;
  readonly y: number;
}

function scaleOf(boxes: readonly BoardNode[]): Scale {
  const left = Math.min(...boxes.map((box) => box.position.x));
  const top = Math.min(...boxes.map((box) => box.position.y));
  const right = Math.max(...boxes.map((box) => box.position.x + (box.width ?? 0)));
  const bottom = Math.max(...boxes.map((box) => box.position.y + (box.height ?? 0)));
  const [wide, tall] = [size.width - 2 * size.margin, size.height - 2 * size.margin];
  const by = Math.min(wide / (right - left), tall / (bottom - top), 0.12);
  return {
    by,
    x: (size.width - (right - left) * by) / 2 - left * by,
    y: (size.height - (bottom - top) * by) / 2 - top * by,
  };
}

/** All boxes as one shape: hundreds of nodes cost no more than one. */
function shapeOf(boxes: readonly BoardNode[], { by, x, y }: Scale): string {
  return boxes
    .map(({ position, width = 0, height = 0 }) => {
      const [wide, tall] = [Math.max(1, width * by).toFixed(1), Math.max(1, height * by).toFixed(1)];
      return `M${(x + position.x * by).toFixed(1)} ${(y + position.y * by).toFixed(1)}h${wide}v${tall}h-${wide}z`;
    })
    .join('');
}

/** The boxes of the board, looked at a few times a second: the map need not keep pace with a drag. */
function useBoxes(): readonly BoardNode[] {
  const { view } = useBoard();
  const [nodes, setNodes] = useState(() => view.getState().nodes);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = (): void => {
      timer = null;
      setNodes(view.getState().nodes);
    };
    look();
    const leave = view.subscribe((state, before) => {
      if (state.nodes !== before.nodes) timer ??= setTimeout(look, 250);
    });
    return () => {
      leave();
      if (timer !== null) clearTimeout(timer);
    };
  }, [view]);
  return useMemo(() => nodes.filter((node) => node.type === 'box'), [nodes]);
}

/** The whole board in a corner, with what is in view; a drag on it moves the board, the wheel zooms. */
export function BoardMap({ look }: { look: Look }): ReactElement | null {
  const flow = useReactFlow();
  const store = useStoreApi();
  const boxes = useBoxes();
  const frame = useRef<HTMLDivElement>(null);
  const scale = useMemo(() => scaleOf(boxes), [boxes]);
  const shape = useMemo(() => shapeOf(boxes, scale), [boxes, scale]);
  useEffect(() => {
    const follow = (): void => {
      const { width, height } = store.getState();
      const { x, y, zoom } = look.getState();
      const by = scale.by / zoom;
      Object.assign(frame.current?.style ?? {}, {
        transform: `translate(${scale.x - x * by}px, ${scale.y - y * by}px)`,
        width: `${width * by}px`,
        height: `${height * by}px`,
      });
    };
    follow();
    const leave = [look.subscribe(follow), store.subscribe(follow)];
    return () => leave.forEach((one) => one());
  }, [store, look, scale]);
  const go = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - scale.x, event.clientY - box.top - scale.y];
    void flow.setCenter(x / scale.by, y / scale.by, { zoom: flow.getZoom() });
  };
  if (boxes.length === 0) return null;
  return (
    <Panel position="bottom-right" className="map">
      <div
        className="map-sheet"
        role="img"
        aria-label="Map of the board"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={go}
        onWheel={(event) => void (event.deltaY < 0 ? flow.zoomIn() : flow.zoomOut())}
      >
        <svg aria-hidden="true" width={size.width} height={size.height}>
          <path d={shape} />
        </svg>
        <div ref={frame} className="map-view" />
      </div>
    </Panel>
  );
}
