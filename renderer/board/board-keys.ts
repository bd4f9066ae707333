import type { KeyboardEvent } from 'react';
import { actionFor, isTyping, type Action } from '#renderer/ui/action.ts';
import { neighbour } from './align.ts';
import type { BoardPorts } from './board-context.ts';
import { sayingOf, spoken } from './node-state.ts';
import { place } from './store/layout-commands.ts';
import type { BoardNode } from './projection.ts';
import { select } from './view.ts';

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

function nudge(ports: BoardPorts, key: string, far: boolean): void {
  const by = far ? 40 : 8;
  const [dx, dy] = [
    key === 'ArrowLeft' ? -by : key === 'ArrowRight' ? by : 0,
    key === 'ArrowUp' ? -by : key === 'ArrowDown' ? by : 0,
  ];
  const { nodes, selected } = ports.view.getState();
  const chosen = new Set(selected);
  const places = new Map(
    nodes
      .filter((node) => chosen.has(node.id))
      .map((node) => [node.id, { x: node.position.x + dx, y: node.position.y + dy }]),
  );
  place(ports.document, 'Nudge', places, `nudge:${selected.join()}`);
}

function walk(ports: BoardPorts, key: string, onReach: (node: BoardNode) => void): void {
  const { nodes, selected } = ports.view.getState();
  const boxes = nodes.filter((node) => node.type !== 'frame');
  const from = nodes.find((node) => node.id === selected.at(-1));
  const next =
    from === undefined
      ? boxes.toSorted((a, b) => a.position.x - b.position.x || a.position.y - b.position.y)[0]
      : neighbour(boxes, from, key);
  if (next === undefined) return;
  select(ports.view, [next.id]);
  onReach(next);
}

/** What a key press does on the board: arrows walk, Alt with arrows moves, everything else is an action. */
export function boardKey(
  event: KeyboardEvent,
  ports: BoardPorts,
  actions: readonly Action[],
  onReach: (node: BoardNode) => void,
): void {
  if (isTyping(event.target)) return;
  const onControl =
    event.target instanceof HTMLElement && event.target.closest('button, [role="menu"], [role="option"]') !== null;
  if (onControl && (event.key === 'Tab' || event.key === 'Enter' || event.key === ' ')) return;
  if (arrows.includes(event.key) && !event.ctrlKey && !event.metaKey) {
    if (event.altKey) nudge(ports, event.key, event.shiftKey);
    else if (!event.shiftKey) walk(ports, event.key, onReach);
    if (event.altKey || !event.shiftKey) {
      event.preventDefault();
      return;
    }
  }
  const action = actionFor(event, actions);
  if (action === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  action.run();
}

/** What is selected, in words, for the live region. */
export function selectionInWords(
  ports: BoardPorts,
  selected: readonly string[],
  wires: readonly string[] = [],
): string {
  const { board } = ports.document.getState().design;
  if (selected.length === 0) {
    const edge = wires.length === 1 ? board.edges.find((one) => one.id === wires[0]) : undefined;
    if (edge === undefined) return '';
    const title = (id: string): string => board.nodes.find((one) => one.id === id)?.title ?? id;
    return `wire from ${title(edge.from)} to ${title(edge.to)}`;
  }
  if (selected.length > 1) return `${selected.length} parts selected`;
  const node = board.nodes.find((one) => one.id === selected[0]);
  const frame = board.frames?.find((one) => one.id === selected[0]);
  const note = board.notes?.find((one) => one.id === selected[0]);
  if (frame !== undefined) return `${frame.title}, frame`;
  if (note !== undefined) return `note: ${note.text.join(' ')}`;
  return node === undefined ? 'selected' : spoken(node, sayingOf(node, [], undefined, undefined));
}
