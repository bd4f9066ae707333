import { Panel, useStore } from '@xyflow/react';
import type { ReactElement } from 'react';
import { IconButton } from '#renderer/ui/button.tsx';
import type { Action } from '#renderer/ui/action.ts';

/** The zoom as a whole percentage: re-renders only when that changes. */
function Zoom(): ReactElement {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return <span className="toolbar-zoom number">{percent} %</span>;
}

interface ToolbarProps {
  readonly hand: boolean;
  readonly actions: readonly Action[];
  onHand(hand: boolean): void;
}

export function Toolbar({ hand, actions, onHand }: ToolbarProps): ReactElement {
  const shown = ['undo', 'redo', null, 'frame', 'note', 'tidy', null, 'zoom-out', 'zoom', 'zoom-in', 'fit', 'map'];
  return (
    <Panel position="bottom-left" className="toolbar">
      <IconButton icon="mouse-pointer-2" label="Select" keys="V" aria-pressed={!hand} onClick={() => onHand(false)} />
      <IconButton icon="hand" label="Move the board" keys="H" aria-pressed={hand} onClick={() => onHand(true)} />
      <span className="toolbar-rule" />
      {shown.map((id, at) => {
        if (id === null) return <span key={`rule-${at}`} className="toolbar-rule" />;
        if (id === 'zoom') return <Zoom key="zoom" />;
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
}
