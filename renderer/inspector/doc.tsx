import { useMemo, type ReactElement } from 'react';
import { docs } from '#shared/components/docs.generated.ts';
import { proseBlocks } from '#shared/documents/prose.ts';
import { Prose } from '#renderer/prose/prose.tsx';

/** What a component is for, how it works and how it fails: its own page, loaded when it is first opened. */
export function Doc({
  component,
  summary,
  references,
  cost,
}: {
  component: string;
  summary: string;
  references: readonly string[];
  cost: string;
}): ReactElement {
  const blocks = useMemo(() => proseBlocks([docs[component] ?? '']), [component]);
  return (
    <div className="doc">
      <p className="doc-summary">{summary}</p>
      <p className="quiet">
        Cost: <span className="mono">{cost}</span>
      </p>
      <Prose blocks={blocks} />
      {references.length === 0 ? null : (
        <>
          <h2>Sources</h2>
          <ul>
            {references.map((reference) => (
              <li key={reference}>{reference}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
