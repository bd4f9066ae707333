import { useState, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { failureLine } from '#shared/contract/failure.ts';
import { specOf } from '#renderer/client/catalogue.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useNodeRun, useRuns } from '#renderer/client/run-context.ts';
import { usePages } from '#renderer/client/use-pages.ts';
import { fullCount, shortCount } from '#renderer/ui/format.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { Rows } from './rows.tsx';
import './preview.css';

function Port({ run, node, port }: { run: string; node: string; port: string }): ReactElement {
  const [table, setTable] = useState<string | null>(null);
  const connection = useConnection();
  const pages = usePages(JSON.stringify([run, node, port, table]), (offset, limit) =>
    connection.call('runs.preview', { run, node, port, table: table ?? undefined, offset, limit }),
  );
  const { about, failure } = pages;
  if (failure !== null) return <p className="preview-failure">{failureLine(failure)}</p>;
  if (about === null) return <p className="quiet">Reading what {run} left here …</p>;
  return (
    <>
      <div className="preview-about">
        {about.tables.length < 2 ? null : (
          <Tabs
            label="Tables of this value"
            items={about.tables.map(({ id, title, rows }) => ({ id, title: `${title} ${shortCount(rows)}` }))}
            current={about.table}
            onChoose={setTable}
          />
        )}
        <dl className="preview-facts" title={about.facts.map(([name, value]) => `${name} ${value}`).join(', ')}>
          {about.facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="number">{typeof value === 'number' ? fullCount(value) : value}</dd>
            </div>
          ))}
          {about.counted < about.total ? (
            <div>
              <dt>distributions of</dt>
              <dd className="number">{fullCount(about.counted)} evenly spaced rows</dd>
            </div>
          ) : null}
        </dl>
      </div>
      {about.table === '' ? (
        <p className="quiet">This value has no rows to read: it is what its component learned.</p>
      ) : (
        <Rows
          key={about.table}
          pages={pages}
          label={`${about.tables.find(({ id }) => id === about.table)?.title ?? 'Rows'} at ${port}`}
        />
      )}
    </>
  );
}

/** What the shown run left at the ports of the selected node: rows, columns, distributions. */
export function Preview({ design, selected }: { design: Design; selected: readonly string[] }): ReactElement {
  const node = design.board.nodes.find(({ id }) => id === selected[0]);
  const run = useRuns((state) => state.result?.run ?? null);
  const nodeRun = useNodeRun(node?.id ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const outputs = Object.entries(specOf(nodeRun?.result?.component ?? node?.binding?.component)?.outputs ?? {});
  if (node === undefined || run === null || nodeRun?.result == null || outputs.length === 0) {
    return (
      <div className="empty">
        <strong>{node === undefined ? 'Select a node' : 'No data here yet'}</strong>
        <span>
          {node === undefined
            ? 'Its tables, lists or scores in the shown run appear here.'
            : node.binding === undefined
              ? 'A drawn node passes on what it receives.'
              : 'Run the board: what this node gives is then here, row by row.'}
        </span>
      </div>
    );
  }
  const port = outputs.find(([id]) => id === chosen)?.[0] ?? outputs[0][0];
  return (
    <div className="preview">
      {outputs.length < 2 ? null : (
        <Tabs
          look="line"
          label={`Ports of ${node.title}`}
          items={outputs.map(([id, { title }]) => ({ id, title }))}
          current={port}
          onChoose={setChosen}
        />
      )}
      <Port key={`${run} ${node.id} ${port}`} run={run} node={node.id} port={port} />
    </div>
  );
}
