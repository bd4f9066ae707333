import { useCallback, useState } from 'react';
import { isDirty } from '#renderer/board/store/document.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { say } from '#renderer/ui/toast.tsx';
import { saveTab } from './saving.ts';
import type { OpenTab, WorkspaceStore } from './workspace.ts';

const name = 'runboard-autosave';

/** How long a design must have been left alone before it is saved by itself. */
const quietMillis = 1_500;

/** A cookie, because the local page is at another port each time; kept beside it for a desktop whose scheme has no cookies. */
function savesByItself(): boolean {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`));
  return (cookie ?? `${name}=${localStorage.getItem(name)}`) === `${name}=on`;
}

/** Whether changes go to their files by themselves, and how that is turned on and off. */
export function useAutosave(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(savesByItself);
  const turn = useCallback((wanted: boolean): void => {
    localStorage.setItem(name, wanted ? 'on' : 'off');
    document.cookie = `${name}=${wanted ? 'on' : 'off'}; max-age=157680000; path=/; SameSite=Strict`;
    setOn(wanted);
    say(
      wanted
        ? 'Changes go to their file by themselves from now on. What a save replaces stays as a restore point.'
        : 'Files are written when you save. Changes are kept in the workspace until then.',
    );
  }, []);
  return [on, turn];
}

/** Whether a design may be written without asking: it has a file, this window writes to it, and nothing else did. */
function maySave({ document, hold }: OpenTab): boolean {
  const state = document.getState();
  const { role, outside } = hold.getState();
  const untouched = outside === null || outside === state.digest;
  return state.path !== null && state.readOnly === null && role === 'holds' && untouched && isDirty(state);
}

/** Saves a tab's design whenever it was changed and left alone, where the person has turned that on. */
export function saveByItself(connection: Connection, workspace: WorkspaceStore, tab: OpenTab): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = [
    tab.document.subscribe((state, before) => {
      if (state.design === before.design) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (savesByItself() && maySave(tab)) void saveTab(connection, tab, undefined, () => {});
      }, quietMillis);
    }),
    workspace.subscribe(({ tabs }) => {
      if (tabs.includes(tab)) return;
      clearTimeout(timer);
      for (const one of leave) one();
    }),
  ];
}
