import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '#shared/contract/design.ts';
import type { Wire, WireRoute } from '#shared/documents/wires/wire.ts';
import { useBoard } from './board-context.ts';
import type { DocumentStore } from './store/document.ts';
import { mergedRoutes, type RoutesAsked, type RoutesFound } from './wire-rounds.ts';
import { routable, routesOf } from './wires.ts';

type Board = Design['board'];

interface Routes {
  readonly routes: ReadonlyMap<string, WireRoute>;
  /** Whether the wires have been routed since the board was opened. */
  readonly known: boolean;
}

/** With more wires than this they are routed beside the page, and follow each change of the board. */
const manyWires = 150;

interface Waiting {
  onFound(found: RoutesFound): void;
  onFailure(): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let broken = false;
let boards = 0;

function startWorker(): Worker {
  const started = new Worker(new URL('./wire-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<RoutesFound>) => waiting.get(data.board)?.onFound(data));
  started.addEventListener('error', () => {
    broken = true;
    for (const one of waiting.values()) one.onFailure();
  });
  return started;
}

/** Routes the states of one large board, one after the other; of those that come meanwhile only the last. */
class Routing implements Waiting {
  readonly #store: StoreApi<Routes>;
  /** What the worker knows it by: it answers what changed since the last state under this number. */
  #number = -1;
  #asked: { readonly board: Board; readonly wires: readonly Wire[] } | null = null;
  #next: Board | null = null;

  constructor(store: StoreApi<Routes>) {
    this.#store = store;
  }

  route(board: Board): void {
    this.#next = board;
    if (this.#asked === null) this.#ask();
  }

  /** The board is routed on the page from now on: what the worker knows of it is not continued. */
  leave(): void {
    waiting.delete(this.#number);
    this.#number = -1;
    this.#asked = this.#next = null;
  }

  onFound(found: RoutesFound): void {
    const wires = this.#asked?.wires ?? [];
    this.#store.setState(({ routes }) => ({ routes: mergedRoutes(routes, found, wires), known: true }));
    this.#ask();
  }

  onFailure(): void {
    const board = this.#next ?? this.#asked?.board;
    if (board !== undefined) this.#store.setState({ routes: routesOf(board), known: true });
    this.leave();
  }

  #ask(): void {
    const board = this.#next;
    this.#next = this.#asked = null;
    if (board === null) return;
    const { boxes, wires } = routable(board);
    this.#asked = { board, wires };
    if (broken) return this.onFailure();
    if (this.#number < 0) waiting.set((this.#number = boards++), this);
    worker ??= startWorker();
    worker.postMessage({ board: this.#number, boxes, wires } satisfies RoutesAsked);
  }
}

const known = new WeakMap<DocumentStore, StoreApi<Routes>>();

/** The routes of a document's wires. Of a large board they follow its opening and each change, they hold up neither. */
function routesIn(document: DocumentStore): StoreApi<Routes> {
  const found = known.get(document);
  if (found !== undefined) return found;
  const store = createStore<Routes>(() => ({ routes: new Map(), known: false }));
  const large = new Routing(store);
  const follow = (board: Board): void => {
    if (board.edges.length > manyWires) return large.route(board);
    large.leave();
    store.setState({ routes: routesOf(board), known: true });
  };
  follow(document.getState().design.board);
  document.subscribe(({ design }, before) => {
    if (design.board !== before.design.board) follow(design.board);
  });
  known.set(document, store);
  return store;
}

/** The way that a wire takes around what is on the board; undefined while it is not known. */
export function useRoute(id: string): WireRoute | undefined {
  return useStore(routesIn(useBoard().document), ({ routes }) => routes.get(id));
}

/** Whether the wires have been routed since the board was opened: then they are drawn, once, where they stay. */
export function useRouted(): boolean {
  return useStore(routesIn(useBoard().document), (state) => state.known);
}
