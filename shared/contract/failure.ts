/** What can go wrong, as a closed list: hosts turn it into exit codes, the window into remedies. */
export const failureCodes = [
  'bad-usage', // the command or call was put wrongly
  'bad-input', // a file or value from outside is not what it must be
  'not-found',
  'newer-version', // written by a newer Runboard
  'bad-board', // the board cannot be run as drawn
  'bad-parameter',
  'bad-data', // the data cannot serve what is asked of it
  'diverged', // a number became NaN or infinite while training
  'cancelled',
  'disk', // full, read-only or failing
  'too-large',
  'unavailable', // this machine lacks something
  'timeout', // no answer came in the time that it may take
  'interrupted', // the process that did the work is gone
  'internal', // a fault of ours
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** A failure as plain data: what crosses processes and is printed in one line. */
export interface Failure {
  readonly code: FailureCode;
  /** What is wrong, with the offending value; lower case, no full stop. */
  readonly what: string;
  /** Where: a file, a node, a parameter, a line. */
  readonly where?: string;
  /** What to do about it. */
  readonly remedy?: string;
  readonly stack?: string;
}

/** The only error thrown on purpose. Everything else that is thrown is a fault of ours. */
export class RunboardError extends Error {
  readonly code: FailureCode;
  readonly where: string | undefined;
  readonly remedy: string | undefined;

  constructor(code: FailureCode, what: string, place: { where?: string; remedy?: string } = {}) {
    super(what);
    this.name = 'RunboardError';
    this.code = code;
    this.where = place.where;
    this.remedy = place.remedy;
  }
}

/** Flattens anything thrown to a plain record that survives structured clone and JSON. Never throws. */
export function toFailure(thrown: unknown, where?: string): Failure {
  if (thrown instanceof RunboardError) {
    return { code: thrown.code, what: thrown.message, where: thrown.where ?? where, remedy: thrown.remedy };
  }
  if (thrown instanceof Error) {
    const code: FailureCode = /ENOSPC|SQLITE_FULL|EROFS|database or disk is full/.test(`${thrown.message}`)
      ? 'disk'
      : 'internal';
    return { code, what: thrown.message || thrown.name, where, stack: thrown.stack };
  }
  return { code: 'internal', what: String(thrown), where };
}

/** One line for a person: what, where, what to do. */
export function failureLine(failure: Failure): string {
  const where = failure.where === undefined ? '' : ` (${failure.where})`;
  const remedy = failure.remedy === undefined ? '' : `: ${failure.remedy}`;
  return `${failure.what}${where}${remedy}`.replace(/\s*\n\s*/g, ' ');
}
