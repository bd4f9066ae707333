import { createStore } from 'zustand/vanilla';
import { projector } from './projection.ts';
import type { DocumentStore } from './store/document.ts';
import { marked, type BoardState, type BoardView } from './view.ts';

/** The board as it is looked at: positions while dragging, selection, what is being edited. Never saved. */
export function createBoardView(document: DocumentStore): BoardView {
  const project = projector();
  const view = createStore<BoardState>(() => ({
    ...project(document.getState().design),
    selected: [],
    selectedEdges: [],
    connectable: null,
    refusal: null,
    editing: null,
  }));
  document.subscribe((state, before) => {
    if (state.design.board === before.design.board) return;
    const current = view.getState();
    const shown = project(state.design);
    view.setState(marked(shown.nodes, shown.edges, new Set(current.selected), new Set(current.selectedEdges), current));
  });
  return view;
}
