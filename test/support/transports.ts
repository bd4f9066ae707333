import { memoryTransports } from '../../shared/client/memory-transport.ts';
import type { Transport } from '../../shared/contract/methods.ts';

/** A kind of line between client and handlers, for the suite that runs over all of them. */
export interface Line {
  readonly name: string;
  /** The client's end and the handlers' end, and how to let go of what lies between. */
  open(): Promise<{ readonly near: Transport; readonly far: Transport; release(): Promise<void> }>;
}

/** Every line that the product speaks over. */
export const lines: readonly Line[] = [
  {
    name: 'memory',
    open: async () => {
      const [near, far] = memoryTransports();
      return { near, far, release: async () => near.close() };
    },
  },
];
