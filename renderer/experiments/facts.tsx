import type { ReactElement } from 'react';

/** Pairs of what and says; an alarm stands out. */
export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }): ReactElement {
  return (
    <dl className="experiment-facts">
      {facts.map(([what, says]) => (
        <div key={what} className={says.includes('ALARM') || what === 'No result' ? 'fact-alarm' : ''}>
          <dt>{what}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
