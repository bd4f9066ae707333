import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { useRuns } from '#renderer/client/run-context.ts';
import { tightCount } from '#renderer/ui/format.ts';
import { useDesign } from './board-context.ts';
import { BoardLayer } from './board-layer.tsx';
import type { BoardEdge } from './projection.ts';
import { hidesLabel, wirePath } from './wire-path.ts';
import { useRoute } from './wire-routes.ts';
import { drawnIn } from './wires.ts';
import './wire.css';

/** A wire: plain for data, dashed where a model is handed over, dotted where something feeds back. */
export const EdgeView = memo(function EdgeView(props: EdgeProps<BoardEdge>): ReactElement {
  const { id, target } = props;
  const { look, label, giver } = useDesign(({ board }) => drawnIn(board, id));
  const route = useRoute(id);
  const count = useRuns(({ nodes }) => (giver === null ? null : (nodes[giver]?.result?.out ?? null)));
  const running = useRuns(({ nodes }) => nodes[target]?.state === 'running');
  const { path, at } = wirePath(props, route);
  const text = [label, count === null ? '' : tightCount(count)].filter((part) => part !== '').join(' · ');
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={18}
        className={`wire wire-${look} ${running ? 'wire-running' : ''} ${props.selected === true ? 'wire-selected' : ''}`}
      />
      {text === '' || at === null || hidesLabel(props, text) ? null : (
        <BoardLayer place="labels">
          <span
            data-wire={id}
            className={`wire-label mono number ${running ? 'wire-label-running' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
          >
            {text}
          </span>
        </BoardLayer>
      )}
    </>
  );
});
