import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Design } from '#shared/contract/design.ts';
import type { DocumentState, DocumentStore } from './store/document.ts';
import type { BoardState, BoardView } from './view.ts';

/** What the board asks of the window around it. */
export interface BoardPorts {
  readonly document: DocumentStore;
  readonly view: BoardView;
  /** Runs the whole board, or up to a node. */
  onRun(until?: string): void;
  onCancel(): void;
  /** Moves the keyboard to the inspector. */
  onInspect(): void;
  onShowLog(node: string): void;
  /** Shows what the run left at the outputs of a node; quietly: where it left anything. */
  onPreview(node: string, how?: 'quietly'): void;
  onSay(text: string): void;
}

export const BoardContext = createContext<BoardPorts | null>(null);

export function useBoard(): BoardPorts {
  const ports = useContext(BoardContext);
  if (ports === null) throw new Error('no design around this part of the board');
  return ports;
}

export function useDesign<T>(select: (design: Design) => T): T {
  return useStore(useBoard().document, (state: DocumentState) => select(state.design));
}

/** Whether the design can only be looked at here. */
export function useLookOnly(): boolean {
  return useStore(useBoard().document, ({ readOnly }) => readOnly !== null);
}

export function useView<T>(select: (view: BoardState) => T): T {
  return useStore(useBoard().view, select);
}
