import { designLimits } from '#shared/contract/design.ts';
import type { Handlers, RestorePoint } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { readDesign } from '../designs/read.ts';
import type { Specs } from '../designs/repair.ts';
import { identityOf, readPointName, restorePointEnding, restorePointFolder } from './keep.ts';

/** Earlier states of a design. They are kept by `drafts.keep` while it changes and by `designs.save` before it replaces a file. */
export function restorePointHandlers(
  ports: Ports,
  specs: Specs,
): Pick<Handlers, 'restorePoints.list' | 'restorePoints.open'> {
  const { files } = ports;
  return {
    'restorePoints.list': async ({ path, draft }) => {
      const wanted = [
        path === null ? null : identityOf(ports, { path, draft: null }),
        draft === null ? null : identityOf(ports, { path: null, draft }),
      ];
      const found = (await files.list(restorePointFolder(ports), restorePointEnding)).flatMap(
        ({ name }) => readPointName(name) ?? [],
      );
      return found
        .filter(({ identity }) => wanted.includes(identity))
        .toSorted((a, b) => b.at - a.at)
        .map(({ id, keptAt, why }): RestorePoint => ({ id, keptAt, why }));
    },

    'restorePoints.open': async ({ id }) => {
      const path = files.resolve(restorePointFolder(ports), `${id}${restorePointEnding}`);
      const { text } = await files.read(path, designLimits.bytes);
      return { path: null, digest: null, ...readDesign(text, path, specs) };
    },
  };
}
