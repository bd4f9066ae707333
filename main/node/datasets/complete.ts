import type { CancelSignal } from '#shared/contract/methods.ts';
import { CacheDraft } from './column-cache.ts';
import type { DatasetColumns } from './columns/dataset-columns.ts';
import { throwIfCancelled } from './failures.ts';
import type { ImportReport, Layout } from './layout.ts';
import { stateKey, type DatasetDraft, type Sqlite } from './store.ts';
import { surveyDataset, type Survey } from './survey.ts';
import type { Profile } from './profile.ts';

export interface Completed {
  readonly fingerprint: string;
  readonly profile: Profile;
}

export interface DraftContents {
  readonly layout: Layout;
  readonly name: string;
  /** What was imported; that of an attached file is known only once it was read. */
  readonly report: (survey: Survey) => ImportReport;
  /** The columns, where they were gathered while the rows were written. */
  readonly columns?: DatasetColumns;
  /** Where the tables are, where they are not in the draft: a connection, and what changes whenever they do. */
  readonly attached?: { readonly tables: Sqlite; readonly key: string };
}

export interface CompleteOptions {
  readonly signal: CancelSignal | undefined;
  /** Told how much is done, from 0 to 1. */
  readonly onShare?: (share: number) => void;
  /** Called when the data set is in its place. */
  readonly whenStored?: () => void;
}

/**
 * Makes a draft whose rows are written the data set, with fingerprint and profile in its `runboard_meta` and its columnar cache beside it.
 * Where it fails or is cancelled, only the draft is left.
 */
export async function completeDraft(
  draft: DatasetDraft,
  { layout, name, report, columns, attached }: DraftContents,
  { signal, onShare, whenStored }: CompleteOptions,
): Promise<Completed & { readonly report: ImportReport }> {
  const cache = new CacheDraft(draft.out);
  try {
    const tables = { db: attached?.tables ?? draft.db, layout, name, scratchBeside: draft.out, columns };
    const survey = await surveyDataset(tables, { sink: cache, signal, onShare });
    const { skeleton, description } = survey;
    const { fingerprint, profile } = description;
    const reported = report(survey);
    draft.db.exec('BEGIN');
    for (const [key, value] of Object.entries({
      layout,
      name,
      roles: survey.roles,
      fingerprint,
      profile,
      report: reported,
    }))
      draft.setMeta(key, value);
    draft.db.exec('COMMIT');
    cache.describe(skeleton, description);
    throwIfCancelled(signal);
    draft.finish();
    whenStored?.();
    cache.publish(stateKey(draft.out) + (attached === undefined ? '' : `+${attached.key}`));
    return { fingerprint, profile, report: reported };
  } catch (thrown) {
    cache.abandon();
    throw thrown;
  }
}
