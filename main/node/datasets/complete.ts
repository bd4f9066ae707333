import type { CancelSignal } from '#shared/contract/methods.ts';
import { writeCache } from './column-cache.ts';
import type { ImportReport, Layout } from './layout.ts';
import { stateKey } from './load.ts';
import { pauses } from './pauses.ts';
import { profileDataset, type Profile } from './profile.ts';
import { readRowsOfDataset } from './read-dataset.ts';
import { withTruth } from './read-truth.ts';
import type { DatasetDraft, Sqlite } from './store.ts';

export interface Completed {
  readonly fingerprint: string;
  readonly profile: Profile;
}

export interface DraftContents {
  readonly layout: Layout;
  readonly report: ImportReport;
  readonly name: string;
  /** Where the tables are, where they are not in the draft. */
  readonly tables?: Sqlite;
}

/** Reads a finished draft once: fingerprint and profile go into its `runboard_meta`. */
export async function completeDraft(
  draft: DatasetDraft,
  contents: DraftContents,
  signal?: CancelSignal,
): Promise<Completed & { writeCache(): void }> {
  const { layout, report, name } = contents;
  const read = await readRowsOfDataset(contents.tables ?? draft.db, layout, name, signal);
  const dataset = await withTruth(read, contents.tables === undefined ? draft.db : null, signal);
  const profile = await profileDataset(dataset, pauses(signal));
  const { fingerprint, roles } = dataset;
  draft.db.exec('BEGIN');
  for (const [key, value] of Object.entries({ layout, name, roles, fingerprint, profile, report }))
    draft.setMeta(key, value);
  draft.db.exec('COMMIT');
  return {
    fingerprint,
    profile,
    writeCache() {
      if (layout.attached === undefined) writeCache(draft.out, stateKey(draft.out), dataset);
    },
  };
}
