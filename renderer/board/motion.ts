import type { BoardEdge, BoardNode } from './projection.ts';
import type { BoardView } from './view.ts';
import { wirePath } from './wire-path.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A wire with an end on something that moves. */
interface MovingWire {
  readonly edge: BoardEdge;
  readonly from: Point;
  readonly to: Point;
  readonly paths: readonly SVGPathElement[];
  readonly label: HTMLElement | null;
}

interface Moving {
  readonly starts: ReadonlyMap<string, BoardNode>;
  readonly elements: ReadonlyMap<string, HTMLElement>;
  readonly wires: readonly MovingWire[];
  /** The dashed box around what is selected. */
  readonly rim: HTMLElement | null;
  /** Puts the page back to what React knows of it. */
  readonly restore: () => void;
  places: ReadonlyMap<string, Point>;
}

/** Where a wire ends, from the corner of its node: the middle of the outer side of its port. */
function endOn(node: BoardNode, type: 'source' | 'target', handle: string | null | undefined): Point {
  const ports = (node.handles ?? []).filter((one) => one.type === type);
  const port = ports.find((one) => one.id === handle) ?? ports[0];
  if (port === undefined) return { x: 0, y: 0 };
  const { x, y, width = 0, height = 0 } = port;
  return { x: type === 'source' ? x + width : x, y: y + height / 2 };
}

function elementsById<E extends Element>(board: HTMLElement, selector: string, name: string): ReadonlyMap<string, E> {
  return new Map(
    [...board.querySelectorAll<E>(selector)].map((element) => [element.getAttribute(name) ?? '', element]),
  );
}

function wiresOf(board: HTMLElement, view: BoardView, moving: ReadonlySet<string>): readonly MovingWire[] {
  const { nodes, edges } = view.getState();
  const touched = edges.filter((edge) => moving.has(edge.source) || moving.has(edge.target));
  if (touched.length === 0) return [];
  const known = new Map(nodes.map((node) => [node.id, node]));
  const drawn = elementsById<SVGGElement>(board, '.react-flow__edge', 'data-id');
  const labels = elementsById<HTMLElement>(board, '.wire-label', 'data-wire');
  return touched.flatMap((edge) => {
    const [source, target] = [known.get(edge.source), known.get(edge.target)];
    if (source === undefined || target === undefined) return [];
    return [
      {
        edge,
        from: endOn(source, 'source', edge.sourceHandle),
        to: endOn(target, 'target', edge.targetHandle),
        paths: [...(drawn.get(edge.id)?.querySelectorAll('path') ?? [])],
        label: labels.get(edge.id) ?? null,
      },
    ];
  });
}

/** Notes how parts of the page are written now, and answers what writes them so again. */
function restorer(elements: Iterable<HTMLElement>, wires: readonly MovingWire[], rim: HTMLElement | null): () => void {
  const labels = wires.flatMap(({ label }) => (label === null ? [] : [label]));
  const moved = [...elements, ...labels].map((element) => [element, element.style.transform] as const);
  const drawn = wires.flatMap(({ paths }) => paths.map((path) => [path, path.getAttribute('d') ?? ''] as const));
  return () => {
    for (const [element, transform] of moved) element.style.transform = transform;
    for (const [path, d] of drawn) path.setAttribute('d', d);
    // React moves the box with the nodes, still before the next picture.
    if (rim !== null) requestAnimationFrame(() => rim.style.removeProperty('translate'));
  };
}

/**
 * What is dragged moves on the page itself, with its wires and labels, and nothing else is touched: no component is
 * rendered and nobody told until it is let go. Through React every step would ask each of a thousand nodes and wires
 * whether it has changed.
 */
export class Motion {
  readonly #view: BoardView;
  #moving: Moving | null = null;

  constructor(view: BoardView) {
    this.#view = view;
  }

  /** Shows parts at these places. */
  move(board: HTMLElement, places: ReadonlyMap<string, Point>): void {
    const same =
      this.#moving?.places.size === places.size && [...places.keys()].every((id) => this.#moving?.places.has(id));
    const moving = same && this.#moving !== null ? this.#moving : this.#begin(board, places);
    moving.places = places;
    for (const [id, { x, y }] of places) {
      const element = moving.elements.get(id);
      if (element !== undefined) element.style.transform = `translate(${x}px,${y}px)`;
    }
    for (const wire of moving.wires) this.#draw(wire, moving);
    const [first] = places;
    const start = moving.starts.get(first?.[0] ?? '')?.position;
    if (moving.rim !== null && start !== undefined)
      moving.rim.style.translate = `${first[1].x - start.x}px ${first[1].y - start.y}px`;
  }

  /** It was let go: the board's state learns where things are. Nothing happens where nothing was moved. */
  settle(): void {
    const moving = this.#moving;
    this.#moving = null;
    if (moving === null) return;
    moving.restore();
    this.#view.setState(({ nodes }) => ({
      nodes: nodes.map((node) => {
        const at = moving.places.get(node.id);
        const there = at === undefined || (at.x === node.position.x && at.y === node.position.y);
        return there ? node : { ...node, position: at };
      }),
    }));
  }

  #begin(board: HTMLElement, places: ReadonlyMap<string, Point>): Moving {
    this.#moving?.restore();
    const ids = new Set(places.keys());
    const starts = new Map(this.#view.getState().nodes.map((node) => [node.id, node]));
    const all = elementsById<HTMLElement>(board, '.react-flow__node', 'data-id');
    const elements = new Map([...all].filter(([id]) => ids.has(id)));
    const wires = wiresOf(board, this.#view, ids);
    const rim = board.querySelector<HTMLElement>('.react-flow__nodesselection-rect');
    const restore = restorer(elements.values(), wires, rim);
    this.#moving = { starts, elements, wires, rim, restore, places };
    return this.#moving;
  }

  #draw({ edge, from, to, paths, label }: MovingWire, { starts, places }: Moving): void {
    const source = places.get(edge.source) ?? starts.get(edge.source)?.position;
    const target = places.get(edge.target) ?? starts.get(edge.target)?.position;
    if (source === undefined || target === undefined) return;
    const ends = {
      sourceX: source.x + from.x,
      sourceY: source.y + from.y,
      targetX: target.x + to.x,
      targetY: target.y + to.y,
    };
    const { path } = wirePath(ends, undefined);
    for (const one of paths) one.setAttribute('d', path);
    if (label === null) return;
    const [x, y] = [(ends.sourceX + ends.targetX) / 2, (ends.sourceY + ends.targetY) / 2];
    label.style.transform = `translate(-50%, -50%) translate(${x}px, ${y}px)`;
  }
}
