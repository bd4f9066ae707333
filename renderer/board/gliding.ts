import { useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect, useMemo, type RefObject } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** How long the board must have stood still before everything learns where it lies. */
const restMillis = 120;

/** How the board is looked at, step by step. */
export type Look = StoreApi<Viewport>;

export interface Gliding {
  readonly look: Look;
  readonly viewport: Viewport;
  onViewportChange(viewport: Viewport): void;
  /** Told by what a motion begins: null where the program moves the board. */
  begin(event: unknown): void;
}

type FlowStore = ReturnType<typeof useStoreApi>;

/**
 * While the board is moved or zoomed, only the sheet that all lies on is: React Flow's store, which would ask each of
 * thousands of nodes, ports and wires at every step, learns where the board lies when it stands still, or before
 * anything is pressed. It is told at once while something else goes on, such as a drag that moves the board at its edge.
 */
class Glide {
  readonly look: Look;
  readonly #flow: FlowStore;
  readonly #board: RefObject<HTMLElement | null>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pressed = false;
  /** Whether a hand moves the board; the program sets it down somewhere at once. */
  #byHand = false;
  #panned = false;
  /** Where parts come and go with the view each step counts. */
  thorough = false;

  constructor(flow: FlowStore, board: RefObject<HTMLElement | null>, first: Viewport) {
    this.#flow = flow;
    this.#board = board;
    this.look = createStore<Viewport>(() => first);
  }

  begin(event: unknown): void {
    this.#byHand = event instanceof Event;
    this.#panned = event instanceof Event && (event.type === 'mousedown' || event.type === 'touchstart');
  }

  press(on: boolean): void {
    this.rest();
    this.#pressed = on;
    if (!on) this.#panned = false;
  }

  move(viewport: Viewport): void {
    this.look.setState(viewport, true);
    const { nodesSelectionActive, userSelectionActive } = this.#flow.getState();
    const sheet = this.#board.current?.querySelector<HTMLElement>('.react-flow__viewport') ?? null;
    const free = !this.thorough && this.#byHand && !nodesSelectionActive && !userSelectionActive;
    if (!free || (this.#pressed && !this.#panned) || sheet === null) return this.#tell();
    const { x, y, zoom } = viewport;
    this.#board.current?.setAttribute('data-gliding', '');
    sheet.style.transform = `translate(${x}px,${y}px) scale(${zoom})`;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.rest(), restMillis);
  }

  rest(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#board.current?.removeAttribute('data-gliding');
    this.#tell();
  }

  #tell(): void {
    const { x, y, zoom } = this.look.getState();
    const { transform } = this.#flow.getState();
    if (transform[0] !== x || transform[1] !== y || transform[2] !== zoom)
      this.#flow.setState({ transform: [x, y, zoom] });
  }
}

const presses = ['pointerdown', 'pointerup', 'pointercancel', 'keydown', 'blur'] as const;

/** Moving the board about, from where it lies at `first`: see Glide. `thorough` where what is in view must be known at every step. */
export function useGliding(board: RefObject<HTMLElement | null>, first: Viewport, thorough: boolean): Gliding {
  const flow = useStoreApi();
  const glide = useMemo(() => new Glide(flow, board, first), [flow, board, first]);
  useEffect(() => {
    glide.thorough = thorough;
  }, [glide, thorough]);
  useEffect(() => {
    const listen = (event: Event): void => {
      if (event.type === 'keydown') glide.rest();
      else glide.press(event.type === 'pointerdown');
    };
    for (const name of presses) globalThis.addEventListener(name, listen, { capture: true });
    return () => {
      glide.rest();
      for (const name of presses) globalThis.removeEventListener(name, listen, { capture: true });
    };
  }, [glide]);
  return useMemo(
    () => ({
      look: glide.look,
      viewport: first,
      onViewportChange: (viewport) => glide.move(viewport),
      begin: (event) => glide.begin(event),
    }),
    [glide, first],
  );
}
