import { designLimits } from '#shared/contract/design.ts';
import type { OpenedDesign } from '#shared/contract/design-files.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { RestorePoint } from '#shared/contract/work.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { readDesign } from '../designs/read.ts';
import type { Specs } from '../designs/repair.ts';
import { identityOf, readPointName, restorePointEnding, restorePointFolder, type DesignIdentity } from './keep.ts';

/** Earlier states of a design. They are kept by its journal while it changes and by `designs.save` before it replaces a file. */
export function restorePointHandlers(
  ports: Ports,
  specs: Specs,
): Pick<Handlers, 'restorePoints.list' | 'restorePoints.open'> {
  return {
    'restorePoints.list': (of) => pointsOf(ports, of),
    'restorePoints.open': ({ id }) => openPoint(ports, specs, id),
  };
}

/** Restore points of a design's file and of the unsaved work that it began as, newest first. */
export async function pointsOf(ports: Ports, { path, draft }: DesignIdentity): Promise<readonly RestorePoint[]> {
  const wanted = [
    path === null ? null : identityOf(ports, { path, draft: null }),
    draft === null ? null : identityOf(ports, { path: null, draft }),
  ];
  const found = (await ports.files.list(restorePointFolder(ports), restorePointEnding)).flatMap(
    ({ name }) => readPointName(name) ?? [],
  );
  return found
    .filter(({ identity }) => wanted.includes(identity))
    .toSorted((a, b) => b.at - a.at)
    .map(({ id, keptAt, why }): RestorePoint => ({ id, keptAt, why }));
}

export async function openPoint(ports: Ports, specs: Specs, id: string): Promise<OpenedDesign> {
  const path = ports.files.resolve(restorePointFolder(ports), `${id}${restorePointEnding}`);
  const { text } = await ports.files.read(path, designLimits.bytes);
  return { path: null, digest: null, ...readDesign(text, path, specs) };
}
