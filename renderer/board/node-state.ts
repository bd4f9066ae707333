import type { Node } from '#shared/contract/design.ts';
import { kindOf, portsOf, specOf } from '#renderer/client/catalogue.ts';
import { headlineOf, type Headline, type NodePlan, type NodeRun } from '#renderer/client/run-store.ts';
import type { FurnitureIcon } from '#renderer/ui/icon-names.ts';
import type { indexOf } from './ports.ts';
import { inputOf } from './ports.ts';

export type Mark =
  | 'drawn'
  | 'needs'
  | 'ready'
  | 'queued'
  | 'running'
  | 'done'
  | 'reused'
  | 'stale'
  | 'failed'
  | 'cancelled'
  | 'skipped'
  | 'off'
  | 'bypass';

/** What a node says of its state: one mark, in words, and its headline number. */
export interface Saying {
  readonly mark: Mark;
  readonly words: string;
  readonly headline: Headline | null;
}

/** Shape beside colour: every state has its own icon. */
export const markIcons: Readonly<Record<Mark, FurnitureIcon | null>> = {
  drawn: null,
  needs: 'circle-alert',
  ready: 'circle',
  queued: 'clock',
  running: 'loader-circle',
  done: 'check',
  reused: 'recycle',
  stale: 'triangle-alert',
  failed: 'octagon-x',
  cancelled: 'ban',
  skipped: 'circle-dashed',
  off: 'power',
  bypass: 'step-forward',
};

/** What a bound node still needs before it can run: its required ports that nothing is wired to. */
export function missingInputs(node: Node, index: ReturnType<typeof indexOf>): readonly string[] {
  if (specOf(node.binding?.component) === undefined) return [];
  const wired = new Set((index.into.get(node.id) ?? []).map((edge) => inputOf(node, edge.toPort)?.id));
  return portsOf(node)
    .inputs.filter((port) => !port.optional && !wired.has(port.id))
    .map((port) => port.title);
}

function settled(run: NodeRun | undefined, plan: NodePlan | undefined): Omit<Saying, 'headline'> {
  if (plan?.leftOut === true && (run === undefined || run.result === null || run.state === 'skipped'))
    return { mark: 'skipped', words: `left out: ${plan.because}` };
  if (run === undefined || run.result === null) return { mark: 'ready', words: 'not run yet' };
  if (run.state === 'failed') return { mark: 'failed', words: run.result.error?.what ?? 'failed' };
  if (run.state === 'cancelled' || run.state === 'skipped')
    return {
      mark: run.state,
      words:
        run.state === 'skipped'
          ? `skipped: ${run.result.because === '' ? 'something before it did not finish' : run.result.because}`
          : 'cancelled',
    };
  if (plan !== undefined && !plan.reused) return { mark: 'stale', words: `stale: ${plan.because}` };
  if (run.state === 'reused') return { mark: 'reused', words: 'reused: nothing before it changed' };
  return {
    mark: 'done',
    words: `done${run.result.warnings.length > 0 ? `, with ${run.result.warnings.length === 1 ? 'a warning' : `${run.result.warnings.length} warnings`}` : ''}`,
  };
}

/** The state of a node from its drawing, the run that goes on or was last, and what the next run would do. */
export function sayingOf(
  node: Node,
  missing: readonly string[],
  run: NodeRun | undefined,
  plan: NodePlan | undefined,
): Saying {
  const headline =
    run === undefined
      ? null
      : headlineOf(run.state === 'running' && run.curve.length > 0 ? { ...run, result: null } : run);
  if (node.mode === 'off') return { mark: 'off', words: 'turned off', headline: null };
  if (node.mode === 'bypass') return { mark: 'bypass', words: 'bypassed: passes on what it receives', headline: null };
  if (node.binding === undefined) return { mark: 'drawn', words: 'drawn only', headline: null };
  if (specOf(node.binding.component) === undefined)
    return { mark: 'needs', words: `“${node.binding.component}” is not in the catalogue`, headline: null };
  if (run?.state === 'queued') return { mark: 'queued', words: 'waiting', headline };
  if (run?.state === 'running') {
    const left = run.secondsLeft === null ? '' : `, ${Math.ceil(run.secondsLeft)} s left`;
    return { mark: 'running', words: `${run.note === '' ? 'running' : run.note}${left}`, headline };
  }
  if (missing.length > 0) return { mark: 'needs', words: `needs ${missing.join(', ').toLowerCase()}`, headline };
  return { ...settled(run, plan), headline };
}

/** What a node is, for those who hear it. */
export function spoken(node: Node, saying: Saying): string {
  const bound = specOf(node.binding?.component)?.title;
  return `${node.title}, ${kindOf(node.kind).title}${bound === undefined ? '' : `, bound to ${bound}`}, ${saying.words}`;
}
