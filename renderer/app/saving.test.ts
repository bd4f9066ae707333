import { expect, it, vi } from 'vitest';
import { smallDesign } from '../../test/support/small-design.ts';
import { addNote } from '#renderer/board/store/layout-commands.ts';
import { isDirty } from '#renderer/board/store/document.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { newTab } from './new-tab.ts';
import { saveTab } from './saving.ts';

vi.mock('#renderer/ui/toast.tsx', () => ({ say: () => {} }));

it('does not take an earlier save of its own for a change by something else', async () => {
  const opened = { path: 'small.runboard', design: smallDesign(), repairs: [], readOnly: null, digest: 'first' };
  const tab = newTab(opened, 'draft');
  // What the file was found to be since: the save before.
  tab.hold.setState({ role: 'holds', outside: 'first' });
  addNote(tab.document, { x: 0, y: 0 });
  const connection = {
    call: () => Promise.resolve({ digest: 'second', path: '/home/me/small.runboard' }),
  } as unknown as Connection;
  expect(await saveTab(connection, tab, undefined, () => {})).toBe('saved');
  expect(isDirty(tab.document.getState())).toBe(false);
  expect(tab.document.getState().digest).toBe('second');
  expect(tab.hold.getState().outside).toBeNull();
  // As lists of designs name it: opened from one of them it is the same tab.
  expect(tab.document.getState().path).toBe('/home/me/small.runboard');
});
