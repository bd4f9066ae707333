import type { ComponentSpec } from '#shared/contract/component.ts';
import type { Binding, Node } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Param, StoredParams } from '#shared/contract/params.ts';
import { paramFault } from '#shared/contract/params.ts';

/** Parameters of a binding, brought to the component's version, filled up with defaults, and checked. */
export function boundParams(node: Node, binding: Binding, spec: ComponentSpec): StoredParams {
  let stored: StoredParams = binding.params;
  if (binding.version > spec.version) {
    throw new RunboardError(
      'newer-version',
      `${spec.id} version ${binding.version} is newer than this Runboard's version ${spec.version}`,
      {
        where: `node ${node.id}`,
        remedy: 'update Runboard',
      },
    );
  }
  for (let version = binding.version; version < spec.version; version++)
    stored = spec.migrations?.[version]?.(stored) ?? stored;
  const complete: Record<string, StoredParams[string]> = {};
  for (const [name, param] of Object.entries(spec.params)) complete[name] = stored[name] ?? param.default;
  for (const [name, value] of Object.entries(stored)) {
    const param = Object.hasOwn(spec.params, name) ? spec.params[name] : undefined;
    const fault =
      param === undefined
        ? `is not a parameter of ${spec.id} (it has ${Object.keys(spec.params).join(', ')})`
        : paramFault(param, value);
    if (fault !== null) {
      throw new RunboardError('bad-parameter', `parameter ${name} ${fault}`, {
        where: `node ${node.id}`,
        remedy: 'change it in the design or with --set',
      });
    }
  }
  return complete;
}

/** A value given as text (`--set node.param=value`), read as the parameter's kind asks. */
function parseParam(name: string, param: Param, text: string): StoredParams[string] {
  const value = readText(param, text);
  const fault = paramFault(param, value);
  if (fault !== null) throw new RunboardError('bad-parameter', `parameter ${name} ${fault}`, { remedy: param.help });
  return value;
}

function readText(param: Param, text: string): StoredParams[string] {
  switch (param.kind) {
    case 'number':
      return text.trim() === '' ? text : Number.isNaN(Number(text)) ? text : Number(text);
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'numbers':
      return text.trim() === '' ? [] : text.split(',').map(Number);
    case 'texts':
      return text.trim() === '' ? [] : text.split(',').map((one) => one.trim());
    case 'choice':
    case 'text':
      return text;
  }
}

/** The design's nodes with some parameters replaced: keys are "node.param". */
export function withSettings(
  nodes: readonly Node[],
  specs: Readonly<Record<string, ComponentSpec>>,
  set: Readonly<Record<string, string>>,
): readonly Node[] {
  const changed = new Map(nodes.map((node) => [node.id, node]));
  for (const [key, text] of Object.entries(set)) {
    const dot = key.lastIndexOf('.');
    const node = changed.get(key.slice(0, dot));
    const name = key.slice(dot + 1);
    if (dot <= 0 || node === undefined) {
      throw new RunboardError('bad-usage', `no node ${JSON.stringify(key.slice(0, Math.max(dot, 0)))} in the design`, {
        where: `--set ${key}`,
        remedy: `write node.param=value with one of the nodes ${[...changed.keys()].join(', ')}`,
      });
    }
    const spec = node.binding === undefined ? undefined : specs[node.binding.component];
    if (node.binding === undefined || spec === undefined) {
      throw new RunboardError('bad-usage', `node ${node.id} is drawn only and has no parameters`, {
        where: `--set ${key}`,
        remedy: 'bind it to a component first',
      });
    }
    const param = Object.hasOwn(spec.params, name) ? spec.params[name] : undefined;
    if (param === undefined) {
      throw new RunboardError('bad-usage', `${spec.id} has no parameter ${name}`, {
        where: `--set ${key}`,
        remedy: `it has ${Object.keys(spec.params).join(', ')}`,
      });
    }
    const value = parseParam(name, param, text);
    changed.set(node.id, {
      ...node,
      binding: { ...node.binding, params: { ...node.binding.params, [name]: value as Binding['params'][string] } },
    });
  }
  return [...changed.values()];
}
