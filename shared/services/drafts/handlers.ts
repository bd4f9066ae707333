import type { OpenedDesign, Repair } from '#shared/contract/design-files.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { DraftInfo } from '#shared/contract/work.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { readDesign } from '../designs/read.ts';
import type { Specs } from '../designs/repair.ts';
import { openPoint, pointsOf } from '../restore-points/handlers.ts';
import type { DesignIdentity } from '../restore-points/keep.ts';
import type { OpenDesigns } from '../designs/open-designs.ts';
import type { ReadJournal } from './journal.ts';
import { journalEnding, type Journals } from './journals.ts';

type Names = 'drafts.begin' | 'drafts.append' | 'drafts.list' | 'drafts.open' | 'drafts.drop';

/**
 * Unsaved work, kept beside the runs so that neither a closed tab nor a killed server loses it. The user's own file is
 * never touched: that is for saving. Windows that follow a design see what is kept of it.
 */
export function draftHandlers(
  ports: Ports,
  specs: Specs,
  { journals, openDesigns }: { readonly journals: Journals; readonly openDesigns: OpenDesigns },
): Pick<Handlers, Names> {
  return {
    'drafts.begin': async ({ id, ...start }) => {
      await journals.begin(id, start);
      openDesigns.begun(id, start.design);
      return { kept: true };
    },

    'drafts.append': async ({ id, after, changes }) => {
      const kept = await journals.append(id, after, changes);
      if (kept) openDesigns.changed(id, changes);
      return { kept };
    },

    'drafts.list': async () => {
      const found = await ports.files.list(journals.folder, journalEnding);
      return Promise.all(
        found.map(async ({ name, modifiedAt }): Promise<DraftInfo> => {
          const id = name.slice(0, -journalEnding.length);
          const { journal, path } = await journals.read(id).catch(() => ({ journal: null, path: null }));
          const title = journal?.design.title ?? path?.split(/[\\/]/).at(-1) ?? 'Damaged work';
          const damaged = journal === null || journal.lost > 0;
          return { id, path, title, keptAt: modifiedAt, damaged, open: openDesigns.isOpen(id) };
        }),
      );
    },

    'drafts.open': async ({ id }) => {
      const { journal, path } = await journals.read(id);
      if (journal === null || journal.lost > 0) await journals.setAside(id);
      if (journal !== null) return openKept(journal, journals.placeOf(id), specs);
      return openPointInstead(ports, specs, { path, draft: id }, journals.placeOf(id));
    },

    'drafts.drop': async ({ id }) => {
      const dropped = await journals.drop(id);
      if (dropped) await openDesigns.dropped(id);
      return { dropped };
    },
  };
}

function openKept(kept: ReadJournal, where: string, specs: Specs): OpenedDesign {
  const { path, digest, design, lost, sequence } = kept;
  const opened = readDesign(JSON.stringify(design), where, specs);
  const damage: Repair = {
    code: 'journal-damaged',
    where,
    what: `${lost === 1 ? 'one line' : `${lost} lines`} of what was kept cannot be read any more`,
    done: `opened as it was after change ${sequence}`,
  };
  return { path, digest, ...opened, repairs: lost === 0 ? opened.repairs : [damage, ...opened.repairs] };
}

/** Where a journal cannot be read at all: the newest restore point of the same work. */
async function openPointInstead(ports: Ports, specs: Specs, of: DesignIdentity, where: string): Promise<OpenedDesign> {
  const [newest] = await pointsOf(ports, of);
  if (newest === undefined)
    throw new RunboardError('bad-input', 'the kept work is damaged, and there is no restore point of it', {
      where,
      remedy: 'the damaged file stays where it is',
    });
  const opened = await openPoint(ports, specs, newest.id);
  const damage: Repair = {
    code: 'journal-damaged',
    where,
    what: 'what was kept cannot be read any more',
    done: `opened as it was at the restore point of ${newest.keptAt}`,
  };
  // Without the digest that it was opened with, saving asks before it replaces the file.
  return { ...opened, path: of.path, repairs: [damage, ...opened.repairs] };
}
