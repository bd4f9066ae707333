import { createStore } from 'zustand/vanilla';
import { failureLine } from '#shared/contract/failure.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { say } from '#renderer/ui/toast.tsx';
import type { AppParts } from './app-context.ts';
import { openTab, unsaved } from './workspace.ts';

/** The template that is the sample of the first five minutes, and that the tour walks through. */
export const sample = 'video-recommendation';

const name = 'runboard-tour';

/** Whether the tour goes on. */
export const tour = createStore<{ readonly going: boolean }>(() => ({ going: false }));

/**
 * Whether the tour was seen or skipped before. The local page is at another port each time, hence another origin with a store
 * of its own; cookies know no ports.
 */
export function tourSeen(): boolean {
  return localStorage.getItem(name) === 'seen' || document.cookie.split('; ').includes(`${name}=seen`);
}

/** Ends the tour for good: it comes back only where somebody asks for it. */
export function endTour(): void {
  localStorage.setItem(name, 'seen');
  document.cookie = `${name}=seen; max-age=157680000; path=/; SameSite=Strict`;
  tour.setState({ going: false });
}

/** Begins the tour where it was never seen. */
export function offerTour(): void {
  if (!tourSeen()) tour.setState({ going: true });
}

/** Begins the tour on the board in front, or on the sample where there is none. */
export async function takeTour({ connection, workspace }: AppParts): Promise<void> {
  try {
    if (workspace.getState().current === null)
      await openTab(workspace, unsaved(await connection.call('templates.open', { template: sample })));
    workspace.setState({ screen: 'board' });
    tour.setState({ going: true });
  } catch (thrown) {
    say(failureLine(failureOf(thrown)));
  }
}
