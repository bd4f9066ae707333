import { designVersion } from '#shared/contract/design.ts';
import type { Design } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { OpenedDesign, Repair } from '#shared/contract/design-files.ts';
import { parseJson } from './json.ts';
import { migrate } from './migrations.ts';
import type { RawDesign } from './migrations.ts';
import { repair } from './repair.ts';
import type { Specs } from './repair.ts';
import { checkSchema } from './schema-faults.ts';

export interface ReadDesign {
  readonly design: Design;
  readonly repairs: readonly Repair[];
  readonly readOnly: string | null;
}

/** The design in a file's text; `where` names the file in what is said about it. */
export function readDesign(text: string, where: string, specs: Specs): ReadDesign {
  const raw = asDesignFile(parseJson(text, where), where);
  const version = raw['version'] as number;
  if (version <= designVersion) return { ...repair(checkSchema(migrate(raw, where), where), specs), readOnly: null };
  const newer = newerVersion(raw);
  let design: Design;
  try {
    design = checkSchema(raw, where);
  } catch {
    throw new RunboardError('newer-version', newer, { where, remedy: 'open it with a newer Runboard' });
  }
  return { ...repair(design, specs), readOnly: newer };
}

function asDesignFile(value: unknown, where: string): RawDesign {
  const remedy = 'give a .runboard file';
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new RunboardError(
      'bad-input',
      `this is not a design: it holds ${Array.isArray(value) ? 'a list' : JSON.stringify(value)} where an object should be`,
      { where, remedy },
    );
  }
  const raw = value as RawDesign;
  if (raw['format'] !== 'runboard') {
    const found = raw['format'] === undefined ? 'missing' : JSON.stringify(raw['format']).slice(0, 60);
    throw new RunboardError('bad-input', `this is not a design: "format" must be "runboard", is ${found}`, {
      where,
      remedy,
    });
  }
  const version = raw['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new RunboardError(
      'bad-input',
      `"version" must be a whole number from 1, is ${JSON.stringify(version) ?? 'missing'}`,
      { where, remedy },
    );
  }
  return raw;
}

function newerVersion(raw: RawDesign): string {
  const maker = typeof raw['createdBy'] === 'string' ? ` by ${raw['createdBy'].slice(0, 60)}` : '';
  return `made${maker} in version ${String(raw['version'])} of the file format; this Runboard reads up to version ${designVersion}`;
}

/** Why an opened design cannot be run with what this Runboard knows of it, or null. */
export function runFault({
  design,
  path,
}: {
  readonly design: Design;
  readonly path: string | null;
}): RunboardError | null {
  if ((design.minimumReader ?? design.version) <= designVersion) return null;
  return new RunboardError('newer-version', newerVersion(design), {
    where: path ?? design.title,
    remedy: 'run it with a newer Runboard',
  });
}

/**
 * Why a design that was mended on opening should not be run as it is, or null: numbers measured on a mended board
 * would not be those of the board that was drawn.
 */
export function mendingFault(opened: Pick<OpenedDesign, 'design' | 'repairs' | 'path'>): RunboardError | null {
  const remedies: Readonly<Record<string, string>> = {
    'duplicate-id': 'give one of them another id',
    'edge-dangling': 'connect it to a node or delete it',
    'unknown-component': 'choose one of `runboard components`, or remove the binding',
  };
  const blocking = opened.repairs.find((one) => Object.hasOwn(remedies, one.code));
  if (blocking === undefined) return null;
  return new RunboardError('bad-board', blocking.what, {
    where: opened.path ?? opened.design.title,
    remedy: remedies[blocking.code],
  });
}
