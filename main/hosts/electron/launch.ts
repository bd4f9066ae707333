import { isAbsolute, resolve } from 'node:path';

export const ending = '.runboard';

export interface Launch {
  /** Designs that were asked for, as absolute paths. */
  readonly designs: readonly string[];
  /** Where runs and data sets are kept, when it was said. */
  readonly workspace: string | null;
}

/** What a command line asks for. Options that are not ours, and everything that is no design, is left alone. */
export function launchOf(argv: readonly string[], folder: string): Launch {
  const workspace = argv.find((one) => one.startsWith('--workspace='))?.slice('--workspace='.length) ?? '';
  const designs = argv.filter(
    (one) => !one.startsWith('-') && one.toLowerCase().endsWith(ending) && !one.includes('\0'),
  );
  return {
    designs: designs.map((one) => absolute(folder, one)),
    workspace: workspace === '' ? null : absolute(folder, workspace),
  };
}

function absolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}

/** Names with which another program's settings would reach into the engine. */
const refused =
  /^(NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|ELECTRON_RUN_AS_NODE|LD_PRELOAD|LD_LIBRARY_PATH|DYLD_.*)$/;

/** The environment that the engine is given. */
export function engineEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !refused.test(entry[0]),
    ),
  );
}
