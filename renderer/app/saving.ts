import type { Connection } from '#renderer/client/connection.ts';
import type { Desktop } from '#renderer/client/desktop.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { markSaved } from '#renderer/board/store/document.ts';
import { failureLine } from '#shared/contract/failure.ts';
import { say } from '#renderer/ui/toast.tsx';
import type { OpenTab } from './workspace.ts';

export type SaveOutcome = 'saved' | 'needs-name' | 'changed-outside' | 'exists' | 'failed';

/** Writes a design to its file. What to do where that is refused is for the person to say. */
export async function saveTab(
  connection: Connection,
  tab: OpenTab,
  to?: { path: string; expectedDigest: string | null; replace?: boolean },
  tell: (text: string) => void = say,
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
      replace: to?.replace,
    });
    // The file was what was expected: what was heard of it was an earlier save of one's own, and is not told as another's.
    tab.hold.setState({ outside: null });
    markSaved(tab.document, { path: saved.path, digest: saved.digest, command });
    // What was read here only becomes a design of its own under its new name.
    tab.document.setState({ readOnly: null });
    tell(`Saved ${target.split(/[\\/]/).at(-1)}`);
    return 'saved';
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === 'bad-input' && to === undefined) return 'changed-outside';
    if (to !== undefined && failure.what === 'there is a file already') return 'exists';
    say(failureLine(failure));
    return 'failed';
  }
}

/** Asks with the desktop's own dialog, which has asked by itself whether a file that is there is to be replaced. */
export async function saveByDialog(connection: Connection, desktop: Desktop, tab: OpenTab): Promise<SaveOutcome> {
  const { path, design } = tab.document.getState();
  const proposed = path?.split(/[\\/]/).at(-1) ?? fileNameFor(design.title);
  const chosen = await desktop.choose('save-design', proposed);
  if (chosen === null) return 'failed';
  const named = chosen.endsWith('.runboard');
  const target = named ? chosen : `${chosen}.runboard`;
  const outcome = await saveTab(connection, tab, { path: target, expectedDigest: null, replace: named });
  if (outcome === 'exists') say(`There is ${target} already: choose it by its whole name to replace it`);
  return outcome;
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
