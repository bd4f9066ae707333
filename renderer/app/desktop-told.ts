import { useEffect } from 'react';
import type { Desktop } from '#renderer/client/desktop.ts';
import { failureOf } from '#renderer/client/connection.ts';
import type { Action } from '#renderer/ui/action.ts';
import { say } from '#renderer/ui/toast.tsx';
import { failureLine } from '#shared/contract/failure.ts';
import type { AppParts } from './app-context.ts';
import { openTab } from './workspace.ts';

/** Told to the window when one of its actions was chosen in the desktop's menu; `detail` is the action's id. */
const actionChosen = 'runboard-action-chosen';

/** Actions that were chosen in the desktop's menu. */
export function useChosen(actions: readonly Action[]): void {
  useEffect(() => {
    const choose = (event: Event): void => {
      const action = actions.find((one) => one.id === (event as CustomEvent<unknown>).detail);
      if (action !== undefined && action.disabled !== true) action.run();
    };
    window.addEventListener(actionChosen, choose);
    return () => window.removeEventListener(actionChosen, choose);
  }, [actions]);
}

/** Does what the desktop asks for: opens designs that were double-clicked, dropped or named, and passes on what the menu says. */
export function followDesktop(desktop: Desktop, { connection, workspace }: AppParts): void {
  desktop.onTold((told) => {
    if (told.kind === 'command') {
      window.dispatchEvent(new CustomEvent(actionChosen, { detail: told.action }));
      return;
    }
    void connection.call('designs.open', { path: told.path }).then(
      (opened) => void openTab(workspace, opened),
      (thrown: unknown) => say(failureLine(failureOf(thrown))),
    );
  });
}
