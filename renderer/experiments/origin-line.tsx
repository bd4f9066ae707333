import type { ReactElement } from 'react';

/** Where the numbers come from: always the first line. */
export function OriginLine({ says, tone = 'plain' }: { says: string; tone?: 'plain' | 'made-up' }): ReactElement {
  const [word, ...rest] = says.split(':');
  return (
    <p className={`origin-line origin-${tone}`}>
      <strong>{word}</strong>
      <span>{rest.join(':').trim()}</span>
    </p>
  );
}
