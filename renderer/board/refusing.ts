import type { BoardView } from './view.ts';

const shownMillis = 5_000;
const fades = new WeakMap<BoardView, ReturnType<typeof setTimeout>>();

/** Says why something was refused; it stays long enough to be read, wherever the pointer goes. Null takes it back at once. */
export function refuse(view: BoardView, reason: string | null): void {
  clearTimeout(fades.get(view));
  if (view.getState().refusal !== reason) view.setState({ refusal: reason });
  if (reason !== null)
    fades.set(
      view,
      setTimeout(() => view.setState({ refusal: null }), shownMillis),
    );
}
