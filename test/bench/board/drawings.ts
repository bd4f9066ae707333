import type { Design, Edge, Node } from '../../../shared/contract/design.ts';
import type { Lane } from '../../../shared/contract/kinds.ts';

/** One box of a pipeline: what it is bound to, or only its kind, and the boxes before it, by their place in the pipeline. */
interface Box {
  readonly kind: string;
  readonly component?: string;
  readonly lane: Lane;
  readonly from: readonly number[];
}

const pipeline: readonly Box[] = [
  { kind: 'source.table', component: 'source', lane: 'data', from: [] },
  { kind: 'split.time', component: 'split', lane: 'data', from: [0] },
  { kind: 'retrieve', component: 'ials', lane: 'train', from: [1] },
  { kind: 'retrieve', component: 'item-knn', lane: 'train', from: [1] },
  { kind: 'gateway', lane: 'serve', from: [2] },
  { kind: 'merge', component: 'merge', lane: 'serve', from: [2, 3, 4] },
  { kind: 'rank.heavy', component: 'dcn-v2', lane: 'serve', from: [5, 1] },
  { kind: 'rerank', component: 'mmr', lane: 'serve', from: [6] },
  { kind: 'eval.offline', component: 'evaluate-lists', lane: 'monitor', from: [7, 1] },
  { kind: 'monitor.model', lane: 'monitor', from: [8] },
];

const column = 236;
const row = 92;
const lanes: readonly Lane[] = ['data', 'train', 'serve', 'monitor'];

/** Pipelines one after the other until `nodes` boxes are there, then wires between them until there are `edges`. */
export function drawing(nodes: number, edges: number): Design {
  const boxes: Node[] = Array.from({ length: nodes }, (_, at) => boxAt(at));
  const wires: Edge[] = [];
  for (let at = 0; at < nodes; at++) {
    const start = at - (at % pipeline.length);
    for (const before of pipeline[at % pipeline.length].from) wires.push(wireOf(start + before, at));
  }
  for (let at = 0; wires.length < edges; at++) {
    const from = (at * 7 + 4) % nodes;
    const to = (from + 10 * (1 + (at % 3))) % nodes;
    if (!wires.some((one) => one.from === `n${from}` && one.to === `n${to}`)) wires.push(wireOf(from, to));
  }
  stack(boxes);
  return {
    format: 'runboard',
    version: 1,
    title: `${nodes} nodes`,
    seed: 1,
    // Runs are scripted: the window only wants to know that there is a data set.
    data: { path: 'events.db' },
    board: { nodes: boxes, edges: wires.slice(0, edges) },
  };
}

function boxAt(at: number): Node {
  const { kind, component, lane } = pipeline[at % pipeline.length];
  const title = `${component ?? kind} ${Math.floor(at / pipeline.length) + 1}`;
  const box: Node = { id: `n${at}`, kind, title, lane, x: 0, y: 0 };
  if (component !== undefined) box.binding = { component, version: 1, params: {} };
  return box;
}

function wireOf(from: number, to: number): Edge {
  return { id: `n${from}-n${to}-w`, from: `n${from}`, to: `n${to}` };
}

/** Every lane a block of rows, filled column by column, so that all are about equally wide. */
function stack(boxes: readonly Node[]): void {
  const columns = Math.ceil(Math.sqrt(boxes.length * 1.1));
  let top = 0;
  for (const lane of lanes) {
    const inLane = boxes.filter((box) => box.lane === lane);
    const rows = Math.max(1, Math.ceil(inLane.length / columns));
    inLane.forEach((box, at) => {
      box.x = Math.floor(at / rows) * column;
      box.y = top + (at % rows) * row;
    });
    top += rows * row + 60;
  }
}
