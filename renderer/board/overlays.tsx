import { useCallback, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import type { PortType } from '#shared/contract/values.ts';
import {
  paletteEntries,
  portsOf,
  searchEntries,
  kindOf,
  iconOf,
  specOf,
  type PaletteEntry,
} from '#renderer/client/catalogue.ts';
import { useBoard } from './board-context.ts';
import { PickList, type Pick } from './pick-list.tsx';
import { indexOf, inputOf, judgeWire, portForEntry, typesFrom } from './ports.ts';
import { freePlace } from './free-place.ts';
import { sizeOf } from './node-size.ts';
import { addNode, connect, type End } from './store/commands.ts';
import { select } from './view.ts';

/** A wire that was dropped on empty canvas: where it came from. */
export interface LooseWire {
  readonly end: End;
  readonly side: 'source' | 'target';
}

export interface Asked {
  readonly what: 'add' | 'find' | 'connect' | 'wires';
  /** On the screen. */
  readonly at: { readonly x: number; readonly y: number } | null;
  /** On the board. */
  readonly place: { readonly x: number; readonly y: number };
  readonly wire: LooseWire | null;
}

function pickOf(entry: PaletteEntry): Pick {
  return {
    id: entry.id,
    title: entry.title,
    icon: entry.icon,
    hint: entry.component === undefined ? entry.kind : entry.summary,
    group: entry.group,
  };
}

/** Adds by name: every component and kind, or, for a wire dropped on empty canvas, those that it fits. */
export function QuickAdd({ asked, onClose }: { asked: Asked; onClose(): void }): ReactElement {
  const { document, view } = useBoard();
  const { wire, place } = asked;
  const side = wire?.side === 'target' ? 'output' : 'input';
  const types = wire === null ? [] : wantedTypes(document.getState().design, wire);
  const fitting =
    wire === null ? paletteEntries : paletteEntries.filter((entry) => portForEntry(entry, side, types) !== null);
  const pick = (id: string): void => {
    const entry = paletteEntries.find((one) => one.id === id);
    onClose();
    if (entry === undefined) return;
    const port = portForEntry(entry, side, types) ?? '';
    const size = sizeOf({
      binding: entry.component === undefined ? undefined : { component: entry.component, version: 1, params: {} },
    });
    const at =
      wire === null
        ? freePlace(document.getState().design.board, place, size)
        : { x: place.x - (side === 'output' ? 172 : 0), y: place.y - 28 };
    const made = addNode(document, entry, at, (node) => {
      if (wire === null) return null;
      return wire.side === 'source' ? { from: wire.end, to: { node, port } } : { from: { node, port }, to: wire.end };
    });
    select(view, [made]);
  };
  return (
    <PickList
      label="Add to the board"
      placeholder={
        wire === null
          ? 'Add to the board'
          : `Add what ${wire.side === 'source' ? 'takes' : 'gives'} ${types.join(' or ') || 'anything'}`
      }
      at={asked.at}
      find={(text) => searchEntries(text, fitting).map(pickOf)}
      onPick={pick}
      onClose={onClose}
    />
  );
}

function wantedTypes(design: Design, wire: LooseWire): readonly PortType[] {
  const index = indexOf(design.board);
  if (wire.side === 'source') return typesFrom(index, wire.end.node, wire.end.port);
  const node = index.nodes.get(wire.end.node);
  return node === undefined ? [] : (inputOf(node, wire.end.port)?.types ?? []);
}

/** Finds a node by title, kind or component, and goes there. */
export function Find({
  asked,
  onClose,
  onGo,
}: {
  asked: Asked;
  onClose(): void;
  onGo(id: string): void;
}): ReactElement {
  const { document } = useBoard();
  const find = useCallback(
    (text: string): readonly Pick[] => {
      const words = text.toLowerCase().split(/\s+/);
      const { nodes, notes = [], frames = [] } = document.getState().design.board;
      const all = [
        ...nodes.map((node) => ({
          id: node.id,
          title: node.title,
          icon: iconOf(node),
          hint: specOf(node.binding?.component)?.title ?? node.kind,
          group: kindOf(node.kind).title,
        })),
        ...frames.map((frame) => ({ id: frame.id, title: frame.title, icon: 'frame', hint: '', group: 'Frames' })),
        ...notes.map((note) => ({
          id: note.id,
          title: note.text.join(' ').slice(0, 80),
          icon: 'sticky-note',
          hint: '',
          group: 'Notes',
        })),
      ];
      return all
        .map((pick) => ({ ...pick, group: 'On this board' }))
        .filter((pick) => words.every((word) => `${pick.title} ${pick.hint} ${pick.id}`.toLowerCase().includes(word)));
    },
    [document],
  );
  return (
    <PickList
      label="Find on the board"
      placeholder="Find on the board"
      at={asked.at}
      find={find}
      onPick={(id) => {
        onClose();
        onGo(id);
      }}
      onClose={onClose}
    />
  );
}

/** Draws an edge without the mouse: every port that the selected node could lead to, and why the others refuse. */
export function ConnectTo({ asked, onClose }: { asked: Asked; onClose(): void }): ReactElement {
  const { document, view } = useBoard();
  const find = useCallback(
    (text: string): readonly Pick[] => {
      const { board } = document.getState().design;
      const source = board.nodes.find((node) => node.id === view.getState().selected[0]);
      if (source === undefined) return [];
      const words = text.toLowerCase().split(/\s+/);
      const picks = portsOf(source).outputs.flatMap((out) =>
        board.nodes
          .filter(
            (node) =>
              node.id !== source.id && words.every((word) => `${node.title} ${node.kind}`.toLowerCase().includes(word)),
          )
          .flatMap((node) =>
            portsOf(node).inputs.map((into) => {
              const verdict = judgeWire(board, { node: source.id, port: out.id }, { node: node.id, port: into.id });
              return {
                id: JSON.stringify([out.id, node.id, into.id, verdict.feedback]),
                title: node.title,
                icon: iconOf(node),
                hint:
                  portsOf(node).inputs.length > 1 ? into.title : (specOf(node.binding?.component)?.title ?? node.kind),
                group: verdict.refusal === null ? `${source.title} → ` : 'Refused',
                refusal: verdict.refusal ?? undefined,
              };
            }),
          ),
      );
      return picks.sort((a, b) => Number(a.refusal !== undefined) - Number(b.refusal !== undefined));
    },
    [document, view],
  );
  const pick = (id: string): void => {
    const [out, node, into, feedback] = JSON.parse(id) as [string, string, string, boolean];
    onClose();
    connect(document, {
      from: { node: view.getState().selected[0], port: out },
      to: { node, port: into },
      kind: feedback ? 'feedback' : undefined,
    });
  };
  return (
    <PickList label="Connect to" placeholder="Connect to …" at={asked.at} find={find} onPick={pick} onClose={onClose} />
  );
}
