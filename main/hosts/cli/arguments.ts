import { RunboardError } from '#shared/contract/failure.ts';
import { resolve } from 'node:path';

/** A path as typed, made absolute. */
export function pathOf(text: string): string {
  if (text.trim() === '') throw new RunboardError('bad-usage', 'the path is empty');
  return resolve(text);
}

/** A whole number of at least `least`, or undefined where the option was not given. */
export function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) {
    throw new RunboardError('bad-usage', `${option} must be a whole number from ${least}, is ${JSON.stringify(text)}`);
  }
  return value;
}

/** Collects a repeatable option. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** ["a=1", "b=2"] → {a: "1", b: "2"}. */
export function pairs(option: string, form: string, texts: readonly string[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at <= 0) throw new RunboardError('bad-usage', `${option} is written ${form}, is ${JSON.stringify(text)}`);
    const key = text.slice(0, at);
    if (Object.hasOwn(found, key)) throw new RunboardError('bad-usage', `${option} gives ${JSON.stringify(key)} twice`);
    Object.defineProperty(found, key, { value: text.slice(at + 1), enumerable: true });
  }
  return found;
}
