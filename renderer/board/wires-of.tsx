import type { ReactElement } from 'react';
import { iconOf, portsOf } from '#renderer/client/catalogue.ts';
import { useBoard } from './board-context.ts';
import type { Asked } from './overlays.tsx';
import { PickList, type Pick } from './pick-list.tsx';
import { indexOf, inputOf, outputOf } from './ports.ts';
import { select } from './view.ts';

/** Chooses a wire without the mouse, by what it joins the selected node to: then it can be deleted, or inspected. */
export function WiresOf({ asked, onClose }: { asked: Asked; onClose(): void }): ReactElement {
  const { document, view } = useBoard();
  const find = (text: string): readonly Pick[] => {
    const index = indexOf(document.getState().design.board);
    const here = index.nodes.get(view.getState().selected[0] ?? '');
    if (here === undefined) return [];
    const words = text.toLowerCase().split(/\s+/);
    return (['into', 'outOf'] as const)
      .flatMap((way) =>
        (index[way].get(here.id) ?? []).map((edge) => {
          const other = index.nodes.get(way === 'into' ? edge.from : edge.to);
          const port = way === 'into' ? inputOf(here, edge.toPort) : outputOf(here, edge.fromPort);
          const several = portsOf(here)[way === 'into' ? 'inputs' : 'outputs'].length > 1;
          return {
            id: edge.id,
            title: other?.title ?? edge.id,
            icon: other === undefined ? 'link' : iconOf(other),
            hint: edge.label ?? (several ? (port?.title ?? '') : ''),
            group: way === 'into' ? `To ${here.title}, from` : `From ${here.title}, to`,
          };
        }),
      )
      .filter((pick) => words.every((word) => `${pick.title} ${pick.hint}`.toLowerCase().includes(word)));
  };
  const pick = (edge: string): void => {
    onClose();
    select(view, [], [edge]);
  };
  return (
    <PickList
      label="Wires of this node"
      placeholder="Which wire?"
      none="No wire of this node is called that."
      at={asked.at}
      find={find}
      onPick={pick}
      onClose={onClose}
    />
  );
}
