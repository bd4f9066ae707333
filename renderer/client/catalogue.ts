import type { ComponentSpec, InputPort, OutputPort, Stage } from '#shared/contract/component.ts';
import type { Node } from '#shared/contract/design.ts';
import { kinds, type Kind, type Lane } from '#shared/contract/kinds.ts';
import { metricSpecs } from '#shared/contract/metrics.generated.ts';
import type { MetricSpec } from '#shared/contract/metric.ts';
import type { StoredParams } from '#shared/contract/params.ts';
import type { PortType } from '#shared/contract/values.ts';
import { specs } from '#shared/components/specs.generated.ts';

export const stageTitles: Readonly<Record<Stage, string>> = {
  data: 'Data',
  retrieval: 'Retrieval',
  ranking: 'Ranking',
  reranking: 'Re-ranking',
  evaluation: 'Evaluation',
  online: 'Online',
};

export const laneTitles: Readonly<Record<Lane, string>> = {
  actors: 'Actors',
  data: 'Data',
  train: 'Training',
  serve: 'Serving',
  monitor: 'Monitoring',
};

/** Something that can be put on the board: a component, or a kind that is only drawn. */
export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly summary: string;
  readonly group: string;
  readonly kind: string;
  readonly component?: string;
  readonly words: string;
}

export function specOf(component: string | undefined): ComponentSpec | undefined {
  return component !== undefined && Object.hasOwn(specs, component) ? specs[component] : undefined;
}

function metricSpecOf(metric: string): MetricSpec | undefined {
  const id = metric.split('@')[0];
  return Object.hasOwn(metricSpecs, id) ? metricSpecs[id] : undefined;
}

/** What a metric tells, which way is better, and whose definition it is; undefined for numbers that only one component knows. */
export function metricHelp(metric: string): string | undefined {
  const spec = metricSpecOf(metric);
  if (spec === undefined) return undefined;
  const better = spec.better === 'neither' ? '' : ` ${spec.better === 'higher' ? 'Higher' : 'Lower'} is better.`;
  return `${spec.help}${better} Definition: ${spec.dialect}.`;
}

/** Whether a metric counts scored rows rather than users. */
export function isOfRows(metric: string): boolean {
  return metricSpecOf(metric)?.family === 'prediction';
}

export function kindOf(kind: string): Kind {
  return Object.hasOwn(kinds, kind) ? kinds[kind] : { title: kind, lane: 'serve', icon: 'box' };
}

export function laneOf(node: Pick<Node, 'lane' | 'kind'>): Lane {
  return node.lane ?? kindOf(node.kind).lane;
}

export function iconOf(node: Pick<Node, 'kind' | 'binding'>): string {
  const known = Object.hasOwn(kinds, node.kind);
  return known ? kinds[node.kind].icon : (specOf(node.binding?.component)?.icon ?? 'box');
}

/** Every parameter at its default, ready to be stored in a binding. */
export function defaultParams(spec: ComponentSpec): Record<string, number | boolean | string | number[] | string[]> {
  return Object.fromEntries(
    Object.entries(spec.params).map(([name, param]) => [
      name,
      Array.isArray(param.default) ? [...param.default] : (param.default as number),
    ]),
  );
}

export interface Port {
  readonly id: string;
  readonly title: string;
  /** The types taken or given; empty where anything goes (a drawn node). */
  readonly types: readonly PortType[];
  readonly many: boolean;
  readonly training: boolean;
  readonly optional: boolean;
  readonly help: string;
}

const drawnIn: Port = {
  id: 'in',
  title: 'In',
  types: [],
  many: true,
  training: false,
  optional: true,
  help: 'Takes anything.',
};
const drawnOut: Port = {
  id: 'out',
  title: 'Out',
  types: [],
  many: true,
  training: false,
  optional: true,
  help: 'Passes on what comes in.',
};

function inputPort([id, port]: readonly [string, InputPort]): Port {
  return {
    id,
    title: port.title,
    types: port.types,
    many: port.many === true,
    training: port.training === true,
    optional: port.optional === true,
    help: port.help,
  };
}

function outputPort([id, port]: readonly [string, OutputPort]): Port {
  return { id, title: port.title, types: [port.type], many: true, training: false, optional: true, help: '' };
}

const portsOfSpecs = new Map<string, { inputs: readonly Port[]; outputs: readonly Port[] }>();

/** The ports of a node: those of its component, or one on each side of a drawn node. */
export function portsOf(node: Pick<Node, 'binding'>): {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
} {
  const spec = specOf(node.binding?.component);
  if (spec === undefined) return drawnPorts;
  const known = portsOfSpecs.get(spec.id);
  if (known !== undefined) return known;
  const made = {
    inputs: Object.entries(spec.inputs).map(inputPort),
    outputs: Object.entries(spec.outputs).map(outputPort),
  };
  portsOfSpecs.set(spec.id, made);
  return made;
}

const drawnPorts = { inputs: [drawnIn], outputs: [drawnOut] };

/** Where a wire that is only drawn ends at a node whose component has no port on that side: nothing can be joined to it. */
export const bareSide: Port = {
  id: 'side',
  title: '',
  types: [],
  many: true,
  training: false,
  optional: true,
  help: '',
};

/** The places at which wires end on both sides of a node: its ports, or the bare side. */
export function endsOf(node: Pick<Node, 'binding'>): ReturnType<typeof portsOf> {
  const { inputs, outputs } = portsOf(node);
  return { inputs: inputs.length === 0 ? [bareSide] : inputs, outputs: outputs.length === 0 ? [bareSide] : outputs };
}

/**
 * Within each stage, components come in the order in which a design is put together: what the others work on first
 * (sources before what changes them, models before what corrects them), and by title where that says nothing.
 */
const kindsInUse: readonly string[] = [
  'source.table',
  'filter',
  'split.time',
  'feature.batch',
  'label.join',
  'retrieve',
  'store.text',
  'store.vector',
  'merge',
  'rank.light',
  'rank.heavy',
  'model.calibrator',
  'rerank',
  'explore',
  'eval.offline',
  'eval.errors',
  'log.exposure',
  'experiment',
];

/** Every component, by stage and in the order in which it is needed there. */
const specsInUse: readonly ComponentSpec[] = (Object.keys(stageTitles) as Stage[]).flatMap((stage) =>
  Object.values(specs)
    .filter((spec) => spec.stage === stage)
    .sort((a, b) => kindsInUse.indexOf(a.kind) - kindsInUse.indexOf(b.kind) || a.title.localeCompare(b.title, 'en')),
);

/** All that can be added, components first, in the order of the stages, then the kinds by lane. */
export const paletteEntries: readonly PaletteEntry[] = [
  ...specsInUse.map((spec) => ({
    id: `component:${spec.id}`,
    title: spec.title,
    icon: spec.icon,
    summary: spec.summary,
    group: stageTitles[spec.stage],
    kind: spec.kind,
    component: spec.id,
    words: `${spec.id} ${spec.title} ${spec.kind} ${stageTitles[spec.stage]}`.toLowerCase(),
  })),
  ...Object.keys(laneTitles).flatMap((lane) =>
    Object.entries(kinds)
      .filter(([, kind]) => kind.lane === lane)
      .map(([id, kind]) => ({
        id: `kind:${id}`,
        title: kind.title,
        icon: kind.icon,
        summary: `Drawn only, in the ${laneTitles[kind.lane].toLowerCase()} lane. Bind it to a component later.`,
        group: `Draw: ${laneTitles[kind.lane]}`,
        kind: id,
        words: `${id} ${kind.title} draw ${laneTitles[kind.lane]}`.toLowerCase(),
      })),
  ),
];

/** Entries whose words hold every word that was typed; titles that start with it come first. */
export function searchEntries(
  text: string,
  entries: readonly PaletteEntry[] = paletteEntries,
): readonly PaletteEntry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return entries;
  const found = entries.filter((entry) => words.every((word) => entry.words.includes(word)));
  const starts = (entry: PaletteEntry): number => (entry.title.toLowerCase().startsWith(words[0]) ? 0 : 1);
  return [...found].sort((a, b) => starts(a) - starts(b));
}

/** Components that could stand behind a node of this kind: those made for it first, then those of kinds that start alike. */
export function componentsFor(kind: string): readonly ComponentSpec[] {
  const family = kind.split('.')[0];
  return specsInUse
    .filter((spec) => spec.kind === kind || spec.kind.split('.')[0] === family)
    .sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
}

/** Parameters of a binding over the defaults of its component. */
export function paramsOf(spec: ComponentSpec, stored: StoredParams): StoredParams {
  return { ...defaultParams(spec), ...stored };
}
