import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WireRoute } from '#shared/documents/wires/wire.ts';
import { useBoard } from './board-context.ts';
import type { DocumentStore } from './store/document.ts';
import { routesOf } from './wires.ts';

type Routes = ReturnType<typeof routesOf>;

/** With more wires than this, routes are found after what is new has been shown, when nothing changes for a moment. */
const manyWires = 150;
const restMillis = 120;

const known = new WeakMap<DocumentStore, StoreApi<{ readonly routes: Routes }>>();

/** The routes of a document's wires. Of a large board they follow its opening and each change, they hold up neither. */
function routesIn(document: DocumentStore): StoreApi<{ readonly routes: Routes }> {
  const found = known.get(document);
  if (found !== undefined) return found;
  const boardNow = (): Parameters<typeof routesOf>[0] => document.getState().design.board;
  const isLarge = (): boolean => boardNow().edges.length > manyWires;
  const store = createStore<{ readonly routes: Routes }>(() => ({ routes: new Map() }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    clearTimeout(timer);
    if (isLarge()) timer = setTimeout(() => store.setState({ routes: routesOf(boardNow()) }), restMillis);
    else store.setState({ routes: routesOf(boardNow()) });
  };
  follow();
  document.subscribe((state, before) => {
    if (state.design.board !== before.design.board) follow();
  });
  known.set(document, store);
  return store;
}

/** The way that a wire takes around what is on the board; undefined while it is not known. */
export function useRoute(id: string): WireRoute | undefined {
  return useStore(routesIn(useBoard().document), ({ routes }) => routes.get(id));
}
