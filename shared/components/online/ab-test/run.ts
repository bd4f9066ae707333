import { implement } from '#shared/contract/component.ts';
import { analyse } from '../experiment-analysis.ts';
import { experimentMetrics } from '../experiment-metrics.ts';
import { readExperiment } from '../experiment-rows.ts';
import { warnOf } from '../experiment-warnings.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { log }, params, context) {
    const rows = readExperiment(log, {
      variant: params.variantColumn,
      control: params.control,
      faulty: params.faulty,
      refunds: false,
    });
    context.progress(0.4, 'comparing');
    const analysis = analyse(log, rows, params);
    // A log that no simulator made is the record of a real experiment: what comes of it is replayed.
    const origin = log.roles['simulator'] === undefined ? 'replayed' : 'simulated';
    warnOf(analysis, params, context);
    return { metrics: experimentMetrics(analysis, params, origin) };
  },
});
