import type { Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';

/** Ending of the files that hold data sets. */
const datasetEnding = '.db';

/** Folder of the workspace that generated data sets lie in. */
const dataFolder = 'data';

type Names =
  'datasets.peek' | 'datasets.import' | 'datasets.generate' | 'datasets.inspect' | 'datasets.page' | 'datasets.list';

export function datasetHandlers({ files, places, datasets }: Ports): Pick<Handlers, Names> {
  return {
    'datasets.peek': async (options, call) => (await datasets()).peek(options, call),
    'datasets.import': async (options, call) => (await datasets()).import(options, call),
    'datasets.generate': async (options, call) => (await datasets()).generate(options, call),
    'datasets.inspect': async ({ path }, call) => (await datasets()).inspect(path, call),
    'datasets.page': async (options) => (await datasets()).page(options),
    'datasets.list': async () => {
      const folders = [files.folderOf(places.workspace), files.resolve(places.workspace, dataFolder)];
      const found = (await Promise.all(folders.map((folder) => files.list(folder, datasetEnding)))).flat();
      return found.map(({ path, name, bytes }) => ({ path, name: name.slice(0, -datasetEnding.length), bytes }));
    },
  };
}
