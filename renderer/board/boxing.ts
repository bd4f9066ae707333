import type { NodeChange } from '@xyflow/react';
import type { Flow } from './board-hands.ts';
import type { BoardNode } from './projection.ts';
import { edgeWith, type BoardView } from './view.ts';

/** How a node is marked while a box is drawn around it. */
const mark = 'data-boxed';

/**
 * Selecting by drawing a box: nodes are marked on the page as the box grows, and selected when it is let go, wherever that
 * happens, with the wires between them. Selecting at every step would draw each of them, and their wires, again and again.
 */
export class Boxing {
  readonly #view: BoardView;
  readonly #flow: Flow;
  readonly #boxed = new Map<string, boolean>();
  #elements: ReadonlyMap<string, Element> = new Map();
  #on = false;

  constructor(view: BoardView, flow: Flow) {
    this.#view = view;
    this.#flow = flow;
  }

  get on(): boolean {
    return this.#on;
  }

  start(board: HTMLElement | null): void {
    const nodes = [...(board?.querySelectorAll('.react-flow__node') ?? [])];
    this.#elements = new Map(nodes.map((element) => [element.getAttribute('data-id') ?? '', element]));
    this.#boxed.clear();
    this.#on = true;
    board?.setAttribute('data-boxing', '');
    const over = new AbortController();
    const settle = (): void => {
      over.abort();
      board?.removeAttribute('data-boxing');
      this.#settle();
    };
    for (const end of ['pointerup', 'pointercancel'] as const)
      globalThis.addEventListener(end, settle, { signal: over.signal });
  }

  /** Takes what React Flow says lies in the box now, or no longer. */
  take(changes: readonly NodeChange<BoardNode>[]): void {
    for (const change of changes) {
      if (change.type !== 'select') continue;
      this.#boxed.set(change.id, change.selected);
      this.#elements.get(change.id)?.toggleAttribute(mark, change.selected);
      // React Flow tells what has changed since, and looks for it here.
      const known = this.#flow.getInternalNode(change.id);
      if (known !== undefined) known.selected = change.selected;
    }
  }

  #settle(): void {
    this.#on = false;
    const { nodes: before, edges: wires } = this.#view.getState();
    const nodes = before.map((node) => {
      const selected = this.#boxed.get(node.id) ?? node.selected === true;
      return selected === (node.selected === true) ? node : { ...node, selected };
    });
    const inside = new Set(nodes.filter((node) => node.selected === true).map((node) => node.id));
    const edges = wires.map((edge) => {
      const selected = inside.has(edge.source) && inside.has(edge.target);
      return selected === (edge.selected === true) ? edge : edgeWith(edge, selected, false);
    });
    this.#view.setState({
      nodes,
      edges,
      selected: [...inside],
      selectedEdges: edges.filter((edge) => edge.selected === true).map((edge) => edge.id),
    });
    const marked = this.#elements;
    this.#elements = new Map();
    requestAnimationFrame(() => {
      for (const element of marked.values()) element.removeAttribute(mark);
    });
  }
}
