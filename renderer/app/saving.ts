import type { Connection } from '#renderer/client/connection.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { markSaved } from '#renderer/board/store/document.ts';
import { failureLine } from '#shared/contract/failure.ts';
import { say } from '#renderer/ui/toast.tsx';
import type { OpenTab } from './workspace.ts';

export type SaveOutcome = 'saved' | 'needs-name' | 'changed-outside' | 'failed';

/** Writes a design to its file. What to do where that is refused is for the person to say. */
export async function saveTab(
  connection: Connection,
  tab: OpenTab,
  to?: { path: string; expectedDigest: string | null },
): Promise<SaveOutcome> {
  const { path, digest, design, done, readOnly } = tab.document.getState();
  const target = to?.path ?? path;
  if (target === null || (readOnly !== null && to === undefined)) return 'needs-name';
  const command = done.at(-1) ?? null;
  try {
    const saved = await connection.call('designs.save', {
      path: target,
      design,
      expectedDigest: to === undefined ? digest : to.expectedDigest,
    });
    markSaved(tab.document, { path: target, digest: saved.digest, command });
    say(`Saved ${target.split(/[\\/]/).at(-1)}`);
    return 'saved';
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === 'bad-input' && to === undefined) return 'changed-outside';
    say(failureLine(failure));
    return 'failed';
  }
}

/** A file name for a title: "Video recommendation" → "video-recommendation.runboard". */
export function fileNameFor(title: string): string {
  const stem = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${stem === '' ? 'design' : stem}.runboard`;
}
