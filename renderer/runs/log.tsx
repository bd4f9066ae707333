import type { ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { useRuns } from '#renderer/client/run-context.ts';
import './log.css';

/** What nodes said while they ran: of the selected node, or of all. */
export function Log({ design, selected }: { design: Design; selected: readonly string[] }): ReactElement {
  const nodes = useRuns((state) => state.nodes);
  const failure = useRuns((state) => state.failure);
  const chosen = design.board.nodes.filter((node) => (selected.length === 0 ? true : selected.includes(node.id)));
  const entries = chosen.flatMap((node) => {
    const result = nodes[node.id]?.result;
    if (result == null) return [];
    return [
      ...result.log.map((text) => ({ node: node.title, text, look: '' })),
      ...result.warnings.map((text) => ({ node: node.title, text, look: 'log-warning' })),
      ...(result.error === undefined
        ? []
        : [
            {
              node: node.title,
              text: [result.error.what, result.error.where, result.error.remedy]
                .filter((part) => part !== undefined)
                .join(' · '),
              look: result.status === 'cancelled' ? '' : 'log-error',
            },
          ]),
    ];
  });
  return (
    <div className="log">
      {failure === null ? null : (
        <p className="log-line log-error">
          <span>run</span>
          <span>
            {failure.what}
            {failure.remedy === undefined ? '' : ` · ${failure.remedy}`}
          </span>
        </p>
      )}
      {entries.map((entry, at) => (
        <p key={at} className={`log-line ${entry.look}`}>
          <span className="truncate" title={entry.node}>
            <bdi>{entry.node}</bdi>
          </span>
          <span dir="auto">{entry.text}</span>
        </p>
      ))}
      {entries.length === 0 && failure === null ? (
        <div className="empty">
          <strong>Nothing was said</strong>
          <span>
            {selected.length > 0
              ? 'by what is selected. Select nothing to see the log of every node.'
              : 'Nodes write here while they run.'}
          </span>
        </div>
      ) : null}
    </div>
  );
}
