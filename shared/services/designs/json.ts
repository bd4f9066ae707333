import { designLimits } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';

/** Keys that, copied into an object, change its prototype instead of its content. */
const hostileKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Parses the text of a design file. Says what is wrong and at which line; `where` names the file. */
export function parseJson(text: string, where: string): unknown {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (plain.trim() === '')
    throw new RunboardError('bad-input', 'the file is empty', {
      where,
      remedy: 'open another file or restore an older copy',
    });
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (thrown) {
    throw syntaxError(plain, String((thrown as Error).message), where);
  }
  refuseHostileKeys(value, where);
  return value;
}

function syntaxError(text: string, message: string, where: string): RunboardError {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') {
    return new RunboardError(
      'bad-input',
      `this is not a design: it starts with ${JSON.stringify(text.trimStart().slice(0, 12))}`,
      {
        where,
        remedy: 'give a .runboard file',
      },
    );
  }
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (/end of JSON|Unterminated/i.test(message) || position >= text.trimEnd().length) {
    const lines = text.trimEnd().split('\n').length;
    return new RunboardError('bad-input', `the file is cut short: it ends in the middle of line ${lines}`, {
      where,
      remedy: 'restore an older copy',
    });
  }
  const reason = message.replace(/ in JSON at position.*$/s, '').replace(/, ".*is not valid JSON$/s, '');
  if (Number.isNaN(position)) return new RunboardError('bad-input', `the file is not valid JSON: ${reason}`, { where });
  const before = text.slice(0, position).split('\n');
  return new RunboardError(
    'bad-input',
    `the file is not valid JSON at line ${before.length}, column ${before[before.length - 1].length + 1}: ${reason}`,
    {
      where,
      remedy: 'mend that line or restore an older copy',
    },
  );
}

/** Walks without recursion, so that a deep file cannot exhaust the stack. */
function refuseHostileKeys(value: unknown, where: string): void {
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const one = next.value;
    if (one === null || typeof one !== 'object') continue;
    if (next.depth > designLimits.depth) {
      throw new RunboardError(
        'bad-input',
        `the file nests deeper than ${designLimits.depth} levels at ${next.path.slice(0, 80)}`,
        { where },
      );
    }
    for (const [key, part] of Object.entries(one)) {
      const path = next.path === '' ? key : `${next.path}.${key}`;
      if (hostileKeys.has(key))
        throw new RunboardError('bad-input', `the file holds the key "${key}" at ${path}, which no design has`, {
          where,
          remedy: 'remove it',
        });
      if (part !== null && typeof part === 'object') open.push({ value: part, path, depth: next.depth + 1 });
    }
  }
}
