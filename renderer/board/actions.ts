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
  return [
    ...undoActions(ports),
    ...editingActions(ports),
    ...selectingActions(ports),
    ...addingActions(ports, hands),
    ...runningActions(ports),
    ...arrangingActions(ports, hands),
    ...lookingActions(hands),
  ];
}
