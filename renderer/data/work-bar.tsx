import type { ReactElement } from 'react';
import type { Work } from './use-work.ts';

/** How far long work is, with what is being done. */
export function WorkBar({ work, title }: { work: Work; title: string }): ReactElement | null {
  if (!work.busy) return work.note === '' ? null : <span className="quiet work-note">{work.note}</span>;
  const percent = work.share === null ? null : Math.round(work.share * 100);
  return (
    <span className="work-bar">
      <span
        className="work-track"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
      >
        <i style={{ width: `${percent ?? 4}%` }} />
      </span>
      <span className="quiet number truncate">{percent === null ? 'beginning …' : `${percent} % · ${work.note}`}</span>
    </span>
  );
}
