import { designLimits, designSchema } from '#shared/contract/design.ts';
import type { Design } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';

type Step = string | number;

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly maximum?: unknown;
}

/** The value as a design, or one line that names the place ("x of node "ease" must be a number, is "12""). */
export function checkSchema(value: unknown, where: string): Design {
  const parsed = designSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues as readonly Issue[];
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more ${issues.length === 2 ? 'fault' : 'faults'})` : '';
  throw new RunboardError('bad-input', `${describe(value, issues[0])}${more}`, {
    where,
    remedy: 'mend the file by hand or restore an older copy',
  });
}

function describe(root: unknown, issue: Issue): string {
  const path = issue.path as readonly Step[];
  const at = placeOf(root, path);
  const found = valueAt(root, path);
  if (issue.code === 'invalid_type') return `${at} must be ${article(String(issue.expected))}, is ${show(found)}`;
  if (issue.code === 'invalid_value')
    return `${at} must be ${(issue.values ?? []).map((one) => show(one)).join(' or ')}, is ${show(found)}`;
  if (issue.code === 'too_big')
    return `${at} is too long: at most ${String(issue.maximum)} are allowed (${designLimits.nodes} nodes, ${designLimits.edges} edges)`;
  return `${at}: ${issue.message.replace(/^Invalid input: /, '')}, is ${show(found)}`;
}

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'record') return 'an object';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

const singular: Readonly<Record<string, string>> = {
  nodes: 'node',
  edges: 'edge',
  frames: 'frame',
  notes: 'note',
  sections: 'section',
  assumptions: 'assumption',
};

/** board.nodes[3].x → x of node "ease". */
function placeOf(root: unknown, path: readonly Step[]): string {
  const at = path.findIndex(
    (step, i) => typeof step === 'number' && i > 0 && singular[String(path[i - 1])] !== undefined,
  );
  if (at < 0) return path.length === 0 ? 'the design' : path.join('.');
  const one = valueAt(root, path.slice(0, at + 1));
  const id = one !== null && typeof one === 'object' ? (one as Record<string, unknown>)['id'] : undefined;
  const name = `${singular[String(path[at - 1])]} ${typeof id === 'string' ? JSON.stringify(id) : `number ${Number(path[at]) + 1}`}`;
  const rest = path.slice(at + 1).join('.');
  return rest === '' ? name : `${rest} of ${name}`;
}

function valueAt(root: unknown, path: readonly Step[]): unknown {
  let value = root;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<Step, unknown>)[step];
  }
  return value;
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
