import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { analyse } from '../experiment-analysis.ts';
import { experimentMetrics } from '../experiment-metrics.ts';
import { outcomeColumns } from '../experiment-outcomes.ts';
import { readExperiment } from '../experiment-rows.ts';
import { warnOf } from '../experiment-warnings.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { log }, params, context) {
    if (log.roles['simulator'] !== undefined) {
      throw new RunboardError('bad-board', `${log.name} comes from a simulator, not from an experiment`, {
        remedy: 'use the A/B test component, which says so in its result',
      });
    }
    const rows = readExperiment(log, {
      variant: params.variantColumn === '' ? (log.roles['impression.variant'] ?? 'variant') : params.variantColumn,
      outcomes: outcomeNames(params.outcomes),
      control: params.control,
      faulty: params.faulty,
      refunds: params.refunds,
    });
    context.progress(0.4, 'comparing');
    const analysis = analyse(log, rows, params);
    warnOf(analysis, params, context);
    return { metrics: experimentMetrics(analysis, params, 'replayed') };
  },
});

/** "conversion=bought" says that conversions are in the column bought. */
function outcomeNames(said: readonly string[]): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const one of said) {
    const at = one.indexOf('=');
    const outcome = one.slice(0, Math.max(0, at));
    if (outcome !== 'click' && !outcomeColumns.includes(outcome)) {
      throw new RunboardError('bad-parameter', `${one} names no outcome`, {
        where: 'outcomes',
        remedy: `write outcome=column with one of click, ${outcomeColumns.join(', ')}`,
      });
    }
    names[outcome] = one.slice(at + 1);
  }
  return names;
}
