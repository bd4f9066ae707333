import type { ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { lanes } from '#shared/contract/kinds.ts';
import { iconOf, laneOf, laneTitles, specOf } from '#renderer/client/catalogue.ts';
import { Icon } from '#renderer/ui/icon.tsx';

/** The board as a list: every node by lane, for finding and for those who read rather than look. */
export function Outline({
  design,
  selected,
  onGo,
}: {
  design: Design;
  selected: readonly string[];
  onGo(id: string): void;
}): ReactElement {
  const chosen = new Set(selected);
  return (
    <div className="palette-list" role="navigation" aria-label="Outline of the board">
      {lanes.map((lane) => {
        const nodes = design.board.nodes
          .filter((node) => laneOf(node) === lane)
          .toSorted((a, b) => a.x - b.x || a.y - b.y);
        return nodes.length === 0 ? null : (
          <section key={lane}>
            <h3>{laneTitles[lane]}</h3>
            <ul>
              {nodes.map((node) => (
                <li key={node.id}>
                  <button
                    type="button"
                    className={`palette-entry ${chosen.has(node.id) ? 'palette-current' : ''}`}
                    onClick={() => onGo(node.id)}
                  >
                    <Icon name={iconOf(node)} size={15} />
                    <span className="truncate">{node.title}</span>
                    <span className="palette-bound mono truncate">{specOf(node.binding?.component)?.title ?? ''}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {design.board.nodes.length === 0 ? <p className="palette-none">Nothing is on the board yet.</p> : null}
    </div>
  );
}
