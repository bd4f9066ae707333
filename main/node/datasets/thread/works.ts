import type { GenerateOptions, ImportOptions } from '#shared/contract/datasets.ts';
import type { Call } from '#shared/contract/methods.ts';
import type { Datasets } from '#shared/contract/ports.ts';
import { datasetsHere } from '../datasets-here.ts';
import { describeDataset, type Description } from '../describe.ts';

const { peek, import: importHere, generate, inspect } = datasetsHere();

/** The work on data sets that may take long, by name. */
export const works = {
  peek: (options: Parameters<Datasets['peek']>[0], call: Call) => peek(options, call),
  import: (options: ImportOptions, call: Call) => importHere(options, call),
  generate: (options: GenerateOptions, call: Call) => generate(options, call),
  inspect: (path: string, call: Call) => inspect(path, call),
  describe: (path: string, { signal }: Call): Promise<Description> => describeDataset(path, signal),
} as const;

export type Works = typeof works;
