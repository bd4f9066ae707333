import type { Action } from '#renderer/ui/action.ts';
import { addingActions } from './adding-actions.ts';
import { arrangingActions } from './arranging-actions.ts';
import type { BoardPorts } from './board-context.ts';
import type { BoardHands } from './board-hands.ts';
import { editingActions, undoActions } from './editing-actions.ts';
import { lookingActions } from './looking-actions.ts';
import { runningActions } from './running-actions.ts';
import { selectingActions } from './selecting-actions.ts';

/** Everything that can be done on the board, as keys, menus and the command palette offer it. */
export function boardActions(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const changing = ports.document.getState().readOnly === null ? offered : notOffered;
  return [
    ...changing(undoActions(ports)),
    ...changing(editingActions(ports)),
    ...selectingActions(ports),
    ...changing(addingActions(ports, hands)),
    ...changing(runningActions(ports)),
    ...changing(arrangingActions(ports, hands)),
    ...lookingActions(ports, hands),
  ];
}

function offered(actions: readonly Action[]): readonly Action[] {
  return actions;
}

/** Running changes no design: it can be done where a design can only be read. */
function notOffered(actions: readonly Action[]): readonly Action[] {
  return actions.map((action) => (action.id === 'run-here' ? action : { ...action, disabled: true }));
}
