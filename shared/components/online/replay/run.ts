import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import { analyse } from '../experiment-analysis.ts';
import { experimentMetrics } from '../experiment-metrics.ts';
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
      variant: params.variantColumn,
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
