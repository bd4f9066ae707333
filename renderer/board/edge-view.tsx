import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { useRuns } from '#renderer/client/run-context.ts';
import { specOf } from '#renderer/client/catalogue.ts';
import type { RunsOfDesign } from '#renderer/client/run-store.ts';
import { tightCount } from '#renderer/ui/format.ts';
import { useDesign } from './board-context.ts';
import { edgeLook, indexOf } from './ports.ts';
import type { BoardEdge } from './view.ts';

/** How many come along an edge: what its source gave in the last run. */
function countOf(state: RunsOfDesign, source: string | null): number | null {
  return source === null ? null : (state.nodes[source]?.result?.out ?? null);
}

/** The bound node whose result flows along an edge: its source, or the one before a drawn source that has only one. */
function origin(index: ReturnType<typeof indexOf>, id: string): string | null {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at);) {
    seen.add(at);
    if (specOf(index.nodes.get(at)?.binding?.component) !== undefined) return at;
    const into = index.into.get(at) ?? [];
    if (into.length !== 1) return null;
    at = into[0].from;
  }
  return null;
}

interface Drawn {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

/** An S from right to left edge; one that leads back keeps close to its ends instead of swinging wide. */
function drawWire({
  sourceX: x1,
  sourceY: y1,
  targetX: x2,
  targetY: y2,
}: Pick<EdgeProps, 'sourceX' | 'sourceY' | 'targetX' | 'targetY'>): Drawn {
  const [dx, dy] = [x2 - x1, Math.abs(y2 - y1)];
  const reach = dx > 0 ? Math.max(Math.min(28, dx * 0.9), dx * 0.46) : Math.min(110, 34 + 0.16 * dy - 0.06 * dx);
  return {
    path: `M${x1} ${y1}C${x1 + reach} ${y1} ${x2 - reach} ${y2} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
  };
}

/** A wire: plain for data, dashed where a model is handed over, dotted where something feeds back. */
export const EdgeView = memo(function EdgeView(props: EdgeProps<BoardEdge>): ReactElement {
  const { id, source, target } = props;
  const look = useDesign((design) => {
    const index = indexOf(design.board);
    const edge = index.outOf.get(source)?.find((one) => one.id === id);
    return edge === undefined ? 'plain' : edgeLook(edge, index);
  });
  const label = useDesign(
    (design) =>
      indexOf(design.board)
        .outOf.get(source)
        ?.find((one) => one.id === id)?.label ?? '',
  );
  const giver = useDesign((design) => origin(indexOf(design.board), source));
  const count = useRuns((state) => (look === 'plain' ? countOf(state, giver) : null));
  const running = useRuns((state) => state.nodes[target]?.state === 'running');
  const { path, x, y } = drawWire(props);
  const text = [label, count === null ? '' : tightCount(count)].filter((part) => part !== '').join(' · ');
  const gap = props.targetX - props.sourceX;
  const hidden =
    text === '' || (gap > 0 && gap < text.length * 6.4 + 6 && Math.abs(props.targetY - props.sourceY) < 30);
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={18}
        className={`wire wire-${look} ${running ? 'wire-running' : ''} ${props.selected === true ? 'wire-selected' : ''}`}
      />
      {hidden ? null : (
        <EdgeLabelRenderer>
          <span
            className={`wire-label mono number ${running ? 'wire-label-running' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {text}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
