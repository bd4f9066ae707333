// Routes the wires of large boards beside the page: there it would hold up a drag, or the opening of the board.
import { changedRoutes, type RoutesAsked, type RoutesFound } from './wire-rounds.ts';

globalThis.addEventListener('message', ({ data }: MessageEvent<RoutesAsked>) => {
  const found: RoutesFound = changedRoutes(data);
  globalThis.postMessage(found);
});
