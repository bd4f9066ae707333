import type { ComponentPorts } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { nodeTensorHost } from '#main/node/tensor-host.ts';
import { openTextIndex } from '#main/node/text-index.ts';
import { loadDataset } from '#main/node/datasets/load.ts';

/** What components are given on this host. */
export function componentPorts(dataPath: string | null): ComponentPorts {
  return {
    ...nodeTensorHost,
    dataset() {
      if (dataPath === null)
        throw new RunboardError('bad-data', 'the run is bound to no data set', {
          remedy: 'name one with --data, or in the design',
        });
      return loadDataset(dataPath);
    },
    textIndex: openTextIndex,
  };
}
