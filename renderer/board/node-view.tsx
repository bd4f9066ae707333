import type { NodeProps } from '@xyflow/react';
import { memo, useMemo, type ReactElement } from 'react';
import type { Node } from '#shared/contract/design.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { endsOf, iconOf, kindOf, laneOf, specOf } from '#renderer/client/catalogue.ts';
import { useNodePlan, useNodeRun } from '#renderer/client/run-context.ts';
import type { Headline, NodeRun } from '#renderer/client/run-store.ts';
import { metricValue, shortCount } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { useBoard, useDesign, useView } from './board-context.ts';
import { FailureCard } from './failure-card.tsx';
import { markIcons, missingInputs, sayingOf, spoken, type Saying } from './node-state.ts';
import { PortDots } from './port-dots.tsx';
import { setNode } from './store/commands.ts';
import { keptByPart } from './shown-parts.ts';
import './node.css';
import { TitleField } from './title-field.tsx';
import type { BoardNode } from './projection.ts';
import type { BoardState } from './view.ts';

function HeadlineText({ headline, stale }: { headline: Headline; stale: boolean }): ReactElement {
  return (
    <span className={`node-headline number ${stale ? 'node-headline-stale' : ''}`}>
      <b>{headline.kind === 'count' ? shortCount(headline.value) : metricValue(headline.value)}</b>{' '}
      {headline.kind === 'count' ? headline.title : metricTitle(headline.title)}
      {headline.origin === undefined ? '' : `, ${headline.origin}`}
    </span>
  );
}

/** What a node is: its component, or its kind where it is only drawn. */
function nameOf(node: Node): string {
  return specOf(node.binding?.component)?.title ?? node.binding?.component ?? kindOf(node.kind).title;
}

/** A node that is called what it is needs no second line to say so: its title has both. */
function isCalledSo(node: Node): boolean {
  return nameOf(node).toLowerCase() === node.title.toLowerCase();
}

/** The quiet words under the title: the component and, while it runs, what it is doing. */
function Subtitle({
  node,
  run,
  saying,
}: {
  node: Node;
  run: NodeRun | undefined;
  saying: Saying;
}): ReactElement | null {
  if (saying.mark === 'failed' || saying.mark === 'needs')
    return <span className={`node-sub node-sub-${saying.mark} truncate`}>{saying.words}</span>;
  if (saying.mark === 'running' && run !== undefined && run.note !== '')
    return <span className="node-sub truncate">{run.note}</span>;
  const name = nameOf(node);
  return isCalledSo(node) ? null : (
    <span className="node-sub truncate" title={name}>
      {name}
    </span>
  );
}

/**
 * How far a node is. A ring that fills, not one that turns: what turns keeps the whole board being put together anew,
 * sixty times a second, for as long as the run goes on.
 */
function Ring({ share }: { share: number }): ReactElement {
  return (
    <svg className="ring" width={13} height={13} viewBox="0 0 26 26" aria-hidden="true">
      <circle cx={13} cy={13} r={10} />
      <circle cx={13} cy={13} r={10} pathLength={100} strokeDasharray={`${Math.max(6, 100 * share)} 100`} />
    </svg>
  );
}

/** All that a node says; not drawn again where it is only selected. */
const Inside = memo(function Inside({
  node,
  saying,
  run,
  failing,
  editing,
}: {
  node: Node;
  saying: Saying;
  run: NodeRun | undefined;
  /** Whether what went wrong is told in full. */
  failing: boolean;
  editing: boolean;
}): ReactElement {
  const { document, view } = useBoard();
  const mark = markIcons[saying.mark];
  const finish = (title: string | null): void => {
    view.setState({ editing: null });
    if (title !== null && title !== node.title) setNode(document, node.id, 'Rename', { title });
  };
  return (
    <>
      <div className="node-head">
        <span className={`node-icon lane-ink-${laneOf(node)}`}>
          <Icon name={iconOf(node)} size={15} />
        </span>
        {editing ? (
          <TitleField value={node.title} onDone={finish} />
        ) : (
          <span className={`node-title ${isCalledSo(node) ? 'node-title-alone' : 'truncate'}`} title={node.title}>
            {node.title}
          </span>
        )}
        {mark === null ? null : (
          <span className={`node-mark mark-${saying.mark}`} title={saying.words}>
            {saying.mark === 'running' ? <Ring share={run?.share ?? 0} /> : <Icon name={mark} size={13} />}
          </span>
        )}
      </div>
      <div className="node-foot">
        <Subtitle node={node} run={run} saying={saying} />
        {saying.headline === null || saying.mark === 'failed' ? null : (
          <HeadlineText headline={saying.headline} stale={isOld(saying)} />
        )}
      </div>
      {saying.mark === 'running' ? (
        <span className="node-progress">
          <i style={{ width: `${Math.round((run?.share ?? 0) * 100)}%` }} />
        </span>
      ) : null}
      {failing && run?.result?.error !== undefined ? <FailureCard node={node.id} failure={run.result.error} /> : null}
    </>
  );
});

/** Whether the number shown is from before: greyed, not hidden. */
function isOld({ mark, headline }: Saying): boolean {
  return (
    mark === 'stale' ||
    mark === 'queued' ||
    mark === 'skipped' ||
    mark === 'cancelled' ||
    (mark === 'running' && headline?.kind !== 'curve')
  );
}

/** What is done with the board at the moment, as far as one node is concerned: one number to look at for each of many nodes. */
const touches = [
  { dim: false, editing: false },
  { dim: true, editing: false },
  { dim: false, editing: true },
] as const;

function touchOf({ editing, connectable }: BoardState, id: string): 0 | 1 | 2 {
  if (editing === id) return 2;
  return connectable === null || connectable.has(id) ? 0 : 1;
}

interface Needs {
  readonly node: Node | undefined;
  /** What is to be wired to it before it can run. */
  readonly missing: readonly string[];
}

const needsIn = keptByPart<Needs>(
  (index, id) => {
    const node = index.nodes.get(id);
    return { node, missing: node === undefined ? [] : missingInputs(node, index) };
  },
  (a, b) => a.node === b.node && a.missing.join() === b.missing.join(),
);

/** A box: what it stands for, what it is bound to, its state, its one number. */
function Box({ id, selected }: Pick<NodeProps<BoardNode>, 'id' | 'selected'>): ReactElement | null {
  const { node, missing } = useDesign(({ board }) => needsIn(board, id));
  const run = useNodeRun(id);
  const plan = useNodePlan(id);
  const { dim, editing } = touches[useView((view) => touchOf(view, id))];
  const saying = useMemo(
    () => (node === undefined ? null : sayingOf(node, missing, run, plan)),
    [node, missing, run, plan],
  );
  if (node === undefined || saying === null) return null;
  const { inputs, outputs } = endsOf(node);
  const look = [
    'node',
    `node-lane-${laneOf(node)}`,
    node.binding === undefined ? 'node-drawn' : 'node-bound',
    `node-is-${saying.mark}`,
    selected ? 'node-selected' : '',
    dim ? 'node-dim' : '',
  ].join(' ');
  return (
    <div className={look} role="group" aria-label={spoken(node, saying)} data-node={id}>
      <PortDots node={id} ports={inputs} side="input" />
      <Inside
        node={node}
        saying={saying}
        run={run}
        failing={saying.mark === 'failed' && selected === true}
        editing={editing}
      />
      <PortDots node={id} ports={outputs} side="output" />
    </div>
  );
}

/** Where a node lies is no matter of what is in it: a node that is dragged is moved, not drawn again. */
export const NodeView = memo(Box, (before, after) => before.id === after.id && before.selected === after.selected);
