import { useMemo, type ReactElement } from 'react';
import type { Node } from '#shared/contract/design.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { useDesign } from './board-context.ts';
import { BoardLayer } from './board-layer.tsx';
import { sizeOf } from './node-size.ts';
import './pins.css';

const none: readonly Node[] = [];

/** A pin over each node that stays where it is when the board is tidied. */
export function Pins(): ReactElement {
  const nodes = useDesign((design) => design.board.nodes);
  const pinned = useMemo(() => {
    const found = nodes.filter((node) => node.pinned === true);
    return found.length === 0 ? none : found;
  }, [nodes]);
  return (
    <BoardLayer place="labels">
      {pinned.map((node) => (
        <span
          key={node.id}
          className="pin"
          style={{ transform: `translate(${node.x + sizeOf(node).width - 22}px, ${node.y - 15}px)` }}
        >
          <Icon name="pin" size={13} />
        </span>
      ))}
    </BoardLayer>
  );
}
