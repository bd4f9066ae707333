import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { useRuns } from '#renderer/client/run-context.ts';
import { specOf } from '#renderer/client/catalogue.ts';
import { tightCount } from '#renderer/ui/format.ts';
import { useDesign } from './board-context.ts';
import { BoardLayer } from './board-layer.tsx';
import { edgeLook, indexOf } from './ports.ts';
import type { BoardEdge } from './projection.ts';
import { hidesLabel, wirePath } from './wire-path.ts';
import './wire.css';

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

/** What the design says of a wire. */
interface Drawn {
  readonly look: ReturnType<typeof edgeLook>;
  readonly label: string;
  /** Whose result flows along it; null where nothing is counted. */
  readonly giver: string | null;
}

const missing: Drawn = { look: 'plain', label: '', giver: null };
const drawn = new WeakMap<object, Map<string, Drawn>>();

/** Found once per index of the board, however often wires are moved. */
function drawnIn(board: Design['board'], id: string, source: string): Drawn {
  const index = indexOf(board);
  const known = drawn.get(index) ?? new Map<string, Drawn>();
  drawn.set(index, known);
  const found = known.get(id);
  if (found !== undefined) return found;
  const edge = index.outOf.get(source)?.find((one) => one.id === id);
  if (edge === undefined) return missing;
  const look = edgeLook(edge, index);
  const made = { look, label: edge.label ?? '', giver: look === 'plain' ? origin(index, source) : null };
  known.set(id, made);
  return made;
}

/** A wire: plain for data, dashed where a model is handed over, dotted where something feeds back. */
export const EdgeView = memo(function EdgeView(props: EdgeProps<BoardEdge>): ReactElement {
  const { id, source, target } = props;
  const look = useDesign(({ board }) => drawnIn(board, id, source).look);
  const label = useDesign(({ board }) => drawnIn(board, id, source).label);
  const giver = useDesign(({ board }) => drawnIn(board, id, source).giver);
  const count = useRuns(({ nodes }) => (giver === null ? null : (nodes[giver]?.result?.out ?? null)));
  const running = useRuns(({ nodes }) => nodes[target]?.state === 'running');
  const { path, x, y } = wirePath(props);
  const text = [label, count === null ? '' : tightCount(count)].filter((part) => part !== '').join(' · ');
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={18}
        className={`wire wire-${look} ${running ? 'wire-running' : ''} ${props.selected === true ? 'wire-selected' : ''}`}
      />
      {text === '' || hidesLabel(props, text) ? null : (
        <BoardLayer place="labels">
          <span
            className={`wire-label mono number ${running ? 'wire-label-running' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {text}
          </span>
        </BoardLayer>
      )}
    </>
  );
});
