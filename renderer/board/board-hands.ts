import type { ReactFlowInstance } from '@xyflow/react';
import type { BoardEdge, BoardNode } from './projection.ts';

export type Flow = ReactFlowInstance<BoardNode, BoardEdge>;

/** What only the mounted board can do. */
export interface BoardHands {
  readonly flow: Flow;
  openQuickAdd(): void;
  openFind(): void;
  openConnect(): void;
  openWires(): void;
  toggleMap(): void;
  centre(): { x: number; y: number };
}
