import type { DesignChange } from './change-schema.ts';
import type { Design } from './design.ts';
import { RunboardError } from './failure.ts';

type Path = DesignChange['path'];
type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * What makes `after` out of `before`. Both share the parts that are equal, as copies on write do: only what is not the
 * same object is looked at, so the cost goes with the change and not with the design.
 */
export function differenceOf(before: Design, after: Design): DesignChange[] {
  const found: DesignChange[] = [];
  compare(before, after, [], found);
  return found;
}

function compare(before: unknown, after: unknown, path: Path, found: DesignChange[]): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path, found);
  else if (isRecord(before) && isRecord(after)) {
    for (const name of Object.keys(before))
      if (before[name] !== undefined && after[name] === undefined) found.push({ op: 'remove', path: [...path, name] });
    for (const [name, value] of Object.entries(after)) {
      if (value === undefined) continue;
      if (Object.hasOwn(before, name) && before[name] !== undefined)
        compare(before[name], value, [...path, name], found);
      else found.push({ op: 'set', path: [...path, name], value });
    }
  } else found.push({ op: 'set', path, value: after });
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: Path, found: DesignChange[]): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && Object.is(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && Object.is(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  const remove = before.length - start - end;
  const insert = after.slice(start, after.length - end);
  if (remove === insert.length)
    insert.forEach((one, i) => compare(before[start + i], one, [...path, start + i], found));
  else found.push({ op: 'splice', path, at: start, remove, insert });
}

/**
 * The design after changes; the one before stays as it is and shares what is equal. Throws 'bad-input' where a change
 * does not fit.
 */
export function applyChanges(design: Design, changes: readonly DesignChange[]): Design {
  return changes.reduce((value: unknown, change) => applied(value, change, 0), design) as Design;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

function applied(value: unknown, change: DesignChange, depth: number): unknown {
  if (depth === change.path.length) {
    if (change.op === 'set') return change.value;
    if (change.op !== 'splice' || !Array.isArray(value) || change.at + change.remove > value.length)
      throw misfit(change);
    return [...value.slice(0, change.at), ...change.insert, ...value.slice(change.at + change.remove)];
  }
  const key = change.path[depth];
  if (Array.isArray(value)) {
    if (typeof key !== 'number' || key >= value.length) throw misfit(change);
    return value.with(key, applied(value[key], change, depth + 1));
  }
  if (!isRecord(value) || typeof key !== 'string' || forbidden.has(key)) throw misfit(change);
  if (depth === change.path.length - 1 && change.op === 'remove') {
    const { [key]: _, ...rest } = value;
    return rest;
  }
  return { ...value, [key]: applied(Object.hasOwn(value, key) ? value[key] : undefined, change, depth + 1) };
}

function misfit({ path }: DesignChange): RunboardError {
  return new RunboardError('bad-input', 'a change does not fit the design', { where: path.join('/').slice(0, 200) });
}
