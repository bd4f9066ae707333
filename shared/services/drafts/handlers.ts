import { designLimits, type Design } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { DraftInfo, Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { readDesign } from '../designs/read.ts';
import { keepWhileWorking } from '../restore-points/keep.ts';
import type { Specs } from '../designs/repair.ts';

/** Folder of the workspace that unsaved work is kept in, and the ending of its files. */
const folderName = 'drafts';
const ending = '.draft.json';

/** A draft as it lies on disk: the design with where it came from. */
interface KeptDraft {
  readonly path: string | null;
  readonly digest: string | null;
  readonly design: Design;
}

type Names = 'drafts.keep' | 'drafts.list' | 'drafts.open' | 'drafts.drop';

/**
 * Unsaved work, kept beside the runs so that neither a closed tab nor a killed server loses it. The user's own file is
 * never touched: that is for saving.
 */
export function draftHandlers(ports: Ports, specs: Specs): Pick<Handlers, Names> {
  const { files, places } = ports;
  const folder = files.resolve(places.workspace, folderName);
  const placeOf = (id: string): string => files.resolve(folder, `${id}${ending}`);

  async function readDraft(id: string): Promise<KeptDraft> {
    const { text } = await files.read(placeOf(id), designLimits.bytes + 4096);
    try {
      return JSON.parse(text) as KeptDraft;
    } catch {
      throw new RunboardError('bad-input', 'the kept work is damaged', { where: placeOf(id) });
    }
  }

  return {
    'drafts.keep': async ({ id, path, digest, design }) => {
      await files.makeFolder(folder);
      await files.save(placeOf(id), JSON.stringify({ path, digest, design } satisfies KeptDraft));
      // The draft is safe by now: a restore point that cannot be kept is no reason to say otherwise.
      await keepWhileWorking(ports, { path, draft: id }, design).catch(() => {});
      return { kept: true };
    },

    'drafts.list': async () => {
      const found = await files.list(folder, ending);
      const drafts = await Promise.all(
        found.map(async ({ name, modifiedAt }): Promise<DraftInfo | null> => {
          const id = name.slice(0, -ending.length);
          const kept = await readDraft(id).catch(() => null);
          return kept === null ? null : { id, path: kept.path, title: kept.design.title, keptAt: modifiedAt };
        }),
      );
      return drafts.filter((draft) => draft !== null);
    },

    'drafts.open': async ({ id }) => {
      const kept = await readDraft(id);
      return { path: kept.path, digest: kept.digest, ...readDesign(JSON.stringify(kept.design), placeOf(id), specs) };
    },

    'drafts.drop': async ({ id }) => ({ dropped: await files.remove(placeOf(id)) }),
  };
}
