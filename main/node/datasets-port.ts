import type { Call } from '#shared/contract/methods.ts';
import type { Datasets } from '#shared/contract/ports.ts';
import { datasetsHere } from './datasets/datasets-here.ts';
import { describeDataset as describeHere, type Description } from './datasets/describe.ts';
import { isDescribed } from './datasets/load.ts';
import { inThread } from './datasets/thread/in-thread.ts';

/** Data sets in the words of the contract. What may take long is done in a thread of its own. */
export function datasetsPort(): Datasets {
  const here = datasetsHere();
  return {
    // A SQLite file may be large, and its rows are counted; of other files only the beginning is read.
    peek: (options, call) => (options.format === 'sqlite' ? inThread('peek', options, call) : here.peek(options, call)),
    import: (options, call) => inThread('import', options, call),
    generate: (options, call) => inThread('generate', options, call),
    inspect: async (path, call) => (isDescribed(path) ? here.inspect(path, call) : inThread('inspect', path, call)),
    page: (options) => here.page(options),
  };
}

/** Name and fingerprint of a data set, which is read where that is not known. */
export async function describeDataset(path: string, call: Call): Promise<Description> {
  return isDescribed(path) ? describeHere(path) : inThread('describe', path, call);
}
