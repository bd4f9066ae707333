import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { Icon } from '#renderer/ui/icon.tsx';
import { takeOver } from './holding.ts';
import './read-only-line.css';
import type { OpenTab } from './workspace.ts';

/** Why nothing can be changed in a pane, and the way out of it where there is one; nothing where all can be changed. */
export function ReadOnlyLine({ tab }: { tab: OpenTab }): ReactElement | null {
  const why = useStore(tab.document, (state) => state.readOnly);
  const role = useStore(tab.hold, (state) => state.role);
  const by = useStore(tab.hold, (state) => state.by);
  if (why === null) return null;
  return (
    <p className="read-only-line">
      <Icon name="lock" size={13} />
      <span>
        {role === 'follows' ? `Only ${by} can change this.` : role === 'free' ? 'Only to be read for now.' : `${why}.`}
      </span>
      {role === 'free' ? (
        <button type="button" className="link" onClick={() => takeOver(tab)}>
          Write here
        </button>
      ) : null}
    </p>
  );
}
