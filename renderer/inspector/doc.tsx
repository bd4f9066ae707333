import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { ReactElement } from 'react';

const plugins = [remarkGfm];

/** What a component is for, how it works and how it fails: its own page. */
export function Doc({
  summary,
  text,
  references,
  cost,
}: {
  summary: string;
  text: string;
  references: readonly string[];
  cost: string;
}): ReactElement {
  return (
    <div className="doc">
      <p className="doc-summary">{summary}</p>
      <p className="quiet">
        Cost: <span className="mono">{cost}</span>
      </p>
      <Markdown remarkPlugins={plugins} skipHtml>
        {text}
      </Markdown>
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
