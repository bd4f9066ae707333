import { Panel } from '@xyflow/react';
import { memo, useEffect, useMemo, type ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Action } from '#renderer/ui/action.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { boardActions } from './actions.ts';
import { useBoard, useDesign, useLookOnly, useView } from './board-context.ts';
import type { BoardHands } from './board-hands.ts';
import type { Look } from './gliding.ts';
import './toolbar.css';
import { useComingIntoSight, useKeysFromOutside } from './from-outside.ts';

/** The zoom as a whole percentage: re-renders only when that changes. */
function Zoom({ look }: { look: Look }): ReactElement {
  const percent = useStore(look, ({ zoom }) => Math.round(zoom * 100));
  return <span className="toolbar-zoom number">{percent} %</span>;
}

/** What can be done now: made again when the selection or the design has changed. */
function useActions(hands: BoardHands, onActions: (actions: readonly Action[]) => void): readonly Action[] {
  const ports = useBoard();
  const selected = useView((state) => state.selected);
  const selectedEdges = useView((state) => state.selectedEdges);
  const design = useDesign((state) => state);
  const lookOnly = useLookOnly();
  const actions = useMemo(() => boardActions(ports, hands), [ports, hands, selected, selectedEdges, design, lookOnly]);
  useEffect(() => onActions(actions), [actions, onActions]);
  return actions;
}

interface ToolbarProps {
  readonly hand: boolean;
  readonly hands: BoardHands;
  readonly look: Look;
  onHand(hand: boolean): void;
  onActions(actions: readonly Action[]): void;
}

const shown = ['undo', 'redo', null, 'frame', 'note', 'tidy', null, 'zoom-out', 'zoom', 'zoom-in', 'fit', 'map'];

export const Toolbar = memo(function Toolbar({ hand, hands, look, onHand, onActions }: ToolbarProps): ReactElement {
  const actions = useActions(hands, onActions);
  useKeysFromOutside(actions);
  useComingIntoSight(hands.flow);
  return (
    <Panel position="bottom-left" className="toolbar">
      <IconButton icon="mouse-pointer-2" label="Select" keys="V" aria-pressed={!hand} onClick={() => onHand(false)} />
      <IconButton icon="hand" label="Move the board" keys="H" aria-pressed={hand} onClick={() => onHand(true)} />
      <span className="toolbar-rule" />
      {shown.map((id, at) => {
        if (id === null) return <span key={`rule-${at}`} className="toolbar-rule" />;
        if (id === 'zoom') return <Zoom key="zoom" look={look} />;
        const action = actions.find((one) => one.id === id);
        return action?.icon === undefined ? null : (
          <IconButton
            key={id}
            icon={action.icon}
            label={action.title}
            keys={action.keys[0]}
            disabled={action.disabled}
            onClick={() => action.run()}
          />
        );
      })}
    </Panel>
  );
});
