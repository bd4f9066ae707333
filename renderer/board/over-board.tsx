import type { ReactElement } from 'react';
import { Menu } from '#renderer/ui/menu.tsx';
import { boardActions } from './actions.ts';
import type { Asking, Point } from './asking.ts';
import { useBoard, useDesign, useView } from './board-context.ts';
import { selectionInWords } from './board-keys.ts';
import { contextMenu } from './board-menu.ts';
import { clipboardItems } from './clipboard.ts';
import { ConnectTo, Find, QuickAdd } from './overlays.tsx';
import { WiresOf } from './wires-of.tsx';

/** What is selected, for those who hear it. */
function SelectionInWords(): ReactElement {
  const ports = useBoard();
  const selected = useView((state) => state.selected);
  const wires = useView((state) => state.selectedEdges);
  return (
    <p className="visually-hidden" aria-live="polite">
      {selectionInWords(ports, selected, wires)}
    </p>
  );
}

function Refusal(): ReactElement | null {
  const refusal = useView((state) => state.refusal);
  return refusal === null ? null : (
    <p className="refusal" role="alert">
      {refusal}
    </p>
  );
}

function Hint(): ReactElement | null {
  const empty = useDesign((design) => design.board.nodes.length === 0 && (design.board.notes ?? []).length === 0);
  return empty ? <p className="board-hint">Double-click to add the first node, or drag one from the left.</p> : null;
}

interface OverBoardProps {
  readonly asking: Asking;
  readonly menuAt: Point | null;
  onMenu(at: null): void;
  onGo(id: string): void;
}

/** Everything that lies over the board: hint, refusal, lists, menu, and what is selected in words. */
export function OverBoard({ asking, menuAt, onMenu, onGo }: OverBoardProps): ReactElement {
  const ports = useBoard();
  const { asked, close } = asking;
  const anything = useView(({ selected, selectedEdges }) => selected.length + selectedEdges.length > 0);
  return (
    <>
      <Hint />
      <Refusal />
      <SelectionInWords />
      {asked?.what === 'add' ? <QuickAdd asked={asked} onClose={close} /> : null}
      {asked?.what === 'find' ? <Find asked={asked} onClose={close} onGo={onGo} /> : null}
      {asked?.what === 'connect' ? <ConnectTo asked={asked} onClose={close} /> : null}
      {asked?.what === 'wires' ? <WiresOf asked={asked} onClose={close} /> : null}
      {menuAt === null ? null : (
        <Menu
          label="Board"
          at={menuAt}
          items={contextMenu(
            boardActions(ports, asking.hands),
            clipboardItems(ports, asking.hands.flow.screenToFlowPosition(menuAt)),
            anything ? 'selection' : 'board',
          )}
          onClose={() => onMenu(null)}
        />
      )}
    </>
  );
}
