import type { ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import { useRuns } from '#renderer/client/run-context.ts';
import type { NodeRun } from '#renderer/client/run-store.ts';
import { fullCount } from '#renderer/ui/format.ts';
import './funnel.css';

export interface Stage {
  readonly id: string;
  readonly title: string;
  /** Share of the relevant items that is still there. */
  readonly share: number;
  /** Items per request that are left. */
  readonly items: number | null;
  /** Share of all relevant items lost since the stage before; null where several come before. */
  readonly lost: number | null;
  /** Relevant items counted, where the run counted them. */
  readonly count: number | null;
  /** What loses items here, in words. */
  readonly verb: string;
}

function recallOf(result: NodeResult | null | undefined): number | null {
  const name = Object.keys(result?.metrics ?? {}).find((one) => one.startsWith('recall@'));
  return name === undefined ? null : (result?.metrics[name].value ?? null);
}

/** Stage nodes before a node, through drawn nodes. */
function before(design: Design, id: string, stages: ReadonlySet<string>, seen = new Set<string>()): readonly string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  return design.board.edges
    .filter((edge) => edge.to === id && edge.kind !== 'feedback')
    .flatMap((edge) => (stages.has(edge.from) ? [edge.from] : before(design, edge.from, stages, seen)));
}

/** The stages of a run, from the recall that the engine measured at each of them. */
export function measuredStages(design: Design, nodes: Readonly<Record<string, NodeRun>>): readonly Stage[] {
  const shares = new Map(
    design.board.nodes.flatMap((node) => {
      const isStage = nodes[node.id]?.result?.unit.includes('per request') === true;
      const share = isStage ? recallOf(nodes[node.id]?.result) : null;
      return share === null ? [] : [[node.id, share] as const];
    }),
  );
  const stages = new Set(shares.keys());
  return design.board.nodes
    .filter((node) => stages.has(node.id))
    .toSorted((a, b) => a.x - b.x || a.y - b.y)
    .map((node) => {
      const share = shares.get(node.id) ?? 0;
      const previous = [...new Set(before(design, node.id, stages))];
      const first = previous.length === 0;
      const lost = first ? 1 - share : previous.length === 1 ? (shares.get(previous[0]) ?? share) - share : null;
      return {
        id: node.id,
        title: node.title,
        share,
        items: nodes[node.id].result?.out ?? null,
        lost,
        count: null,
        verb: first ? 'not retrieved' : 'lost here',
      };
    });
}

/** The stages as a funnel node on the board counted them. */
function countedStages(design: Design, nodes: Readonly<Record<string, NodeRun>>): readonly Stage[] {
  for (const [id, node] of Object.entries(nodes)) {
    const sheet = node.result?.sheets.find((one) => one.id === 'funnel');
    if (sheet === undefined) continue;
    const wired = design.board.edges.filter((edge) => edge.to === id).map((edge) => edge.from);
    const titleOf = (name: string, at: number): string =>
      /^stage \d+$/.test(name)
        ? (design.board.nodes.find((one) => one.id === wired[at - 1])?.title ?? name)
        : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return sheet.rows.map((row, at) => ({
      id: wired[at - 1] ?? `${id}-${at}`,
      title: titleOf(String(row[0]), at),
      items: Number(row[1]),
      count: Number(row[2]),
      share: Number(row[3]),
      lost: row[4] === null ? null : Number(row[4]),
      verb: at === 1 ? 'not retrieved' : 'lost here',
    }));
  }
  return [];
}

/** A stage in a sentence, for those who point at it. */
export function stageWords({ title, share, items, count }: Stage, all: number | null): string {
  return [
    `${title}: ${percent(share)} of what a user went on to choose is still there, mean over users`,
    count === null || all === null
      ? ''
      : `${fullCount(count)} of ${fullCount(all)} relevant test items over all requests`,
    items === null ? '' : `${fullCount(items)} items per request`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

interface RowProps {
  readonly stage: Stage;
  /** Relevant items before the first stage, where they were counted. */
  readonly all: number | null;
  readonly selected: boolean;
  onGo(id: string): void;
}

function Row({ stage, all, selected, onGo }: RowProps): ReactElement {
  const lost = stage.lost === null || Math.abs(stage.lost) < 5e-4 ? null : stage.lost;
  return (
    <li>
      <button
        type="button"
        className={`funnel-row ${selected ? 'funnel-selected' : ''}`}
        title={stageWords(stage, all)}
        onClick={() => onGo(stage.id)}
      >
        <span className="funnel-stage">
          <bdi className="truncate">{stage.title}</bdi>
          {stage.items === null ? null : <span className="quiet number">({fullCount(stage.items)})</span>}
        </span>
        <span className="funnel-track">
          <i style={{ width: `${Math.max(0, Math.min(1, stage.share)) * 100}%` }} />
          <b className="number">{percent(stage.share)}</b>
        </span>
        <span className="funnel-lost number">
          {lost === null ? null : (
            <>
              <b>
                {lost > 0 ? '−' : '+'}
                {(Math.abs(lost) * 100).toFixed(1)}
              </b>{' '}
              points {lost > 0 ? stage.verb : 'more'}
            </>
          )}
        </span>
      </button>
    </li>
  );
}

/** How much of what users went on to choose is left after each stage, and where it was lost. */
export function Funnel({
  design,
  selected,
  onGo,
}: {
  design: Design;
  selected: readonly string[];
  onGo(id: string): void;
}): ReactElement {
  const nodes = useRuns((state) => state.nodes);
  const ended = useRuns((state) => state.result !== null);
  const counted = countedStages(design, nodes);
  const stages = counted.length > 0 ? counted : measuredStages(design, nodes);
  if (stages.length === 0) {
    return (
      <div className="empty">
        <strong>{ended ? 'No funnel in this run' : 'No funnel yet'}</strong>
        <span>
          {ended
            ? 'No stage of it made lists for users with test items, so none could lose any.'
            : 'Run the board. Each stage then shows how many relevant items it kept.'}
        </span>
      </div>
    );
  }
  return (
    <div className="funnel">
      <p className="quiet">Share of the relevant test items left after each stage, mean over users</p>
      <ul>
        {stages.map((stage) => (
          <Row
            key={stage.id}
            stage={stage}
            all={counted[0]?.count ?? null}
            selected={selected.includes(stage.id)}
            onGo={onGo}
          />
        ))}
      </ul>
    </div>
  );
}
