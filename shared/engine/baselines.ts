import type { ComponentSpec } from '#shared/contract/component.ts';
import type { StoredParams } from '#shared/contract/params.ts';
import type { PlannedNode, Source } from './plan.ts';

/** EASE inverts an items × items matrix: above this many items it would cost more than what it is compared with. */
const easeLimit = 2_000;

interface BaselineOptions {
  readonly specs: Readonly<Record<string, ComponentSpec>>;
  readonly items?: number;
}

/**
 * Adds popularity, and EASE where it fits, to every evaluation of lists: nodes of the plan like any other, shared by all
 * evaluations of the same split, reused between runs. An evaluation asks for them by an input port `baselines` and a
 * parameter of that name.
 */
export function addBaselines(nodes: readonly PlannedNode[], options: BaselineOptions): PlannedNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const asking = nodes.filter(
    (node) => Object.hasOwn(node.spec.inputs, 'baselines') && node.params['baselines'] === true,
  );
  const keep = Math.max(
    100,
    ...asking.flatMap((node) => (Array.isArray(node.params['k']) ? node.params['k'].map(Number) : [])),
  );
  const added = new Map<string, PlannedNode>();
  const wiredTo = new Map<string, Source[]>();
  for (const node of asking) {
    const split = splitOrigin(node, byId);
    if (split === undefined) continue;
    wiredTo.set(
      node.id,
      baselineIds(options).map((component) => baselineFor(component, split, keep, options, added)),
    );
  }
  const out: PlannedNode[] = [];
  const placed = new Set<string>();
  for (const node of nodes) {
    const baselines = wiredTo.get(node.id) ?? [];
    for (const { node: id } of baselines) {
      if (!placed.has(id)) out.push(added.get(id) as PlannedNode);
      placed.add(id);
    }
    out.push(baselines.length === 0 ? node : { ...node, inputs: { ...node.inputs, baselines } });
  }
  return out;
}

function baselineIds({ specs, items }: BaselineOptions): string[] {
  const fits = (component: string): boolean =>
    Object.hasOwn(specs, component) && (component !== 'ease' || (items !== undefined && items <= easeLimit));
  return ['popularity', 'ease'].filter(fits);
}

function baselineFor(
  component: string,
  split: Source,
  keep: number,
  options: BaselineOptions,
  added: Map<string, PlannedNode>,
): Source {
  const id = `baseline-${component}-${split.node}`;
  if (!added.has(id)) {
    const spec = options.specs[component];
    const params: Record<string, StoredParams[string]> = {};
    for (const [name, param] of Object.entries(spec.params)) params[name] = param.default;
    params['keep'] = keep;
    added.set(id, { id, title: component, spec, params, inputs: { split: [split] }, baseline: true });
  }
  return { node: id, port: 'candidates' };
}

/** The node upstream that first divided the data: what all lists of an evaluation were asked from. */
function splitOrigin(node: PlannedNode, byId: ReadonlyMap<string, PlannedNode>): Source | undefined {
  const seen = new Set<string>();
  const next = Object.values(node.inputs).flat();
  let found: Source | undefined;
  for (let source = next.shift(); source !== undefined; source = next.shift()) {
    if (seen.has(source.node)) continue;
    seen.add(source.node);
    const from = byId.get(source.node);
    if (from === undefined) continue;
    const takesSplit = Object.values(from.inputs)
      .flat()
      .some((one) => byId.get(one.node)?.spec.outputs[one.port]?.type === 'split');
    if (from.spec.outputs[source.port]?.type === 'split' && !takesSplit) found ??= source;
    next.push(...Object.values(from.inputs).flat());
  }
  return found;
}
