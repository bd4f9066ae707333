import { RunboardError } from '#shared/contract/failure.ts';
import type { MetricSpec } from '#shared/contract/metric.ts';
import type { AccuracyMetric, ExposureMetric, GroupAucMetric, ListMetric, RowsMetric } from './metric-shapes.ts';
import { metrics } from './metrics.generated.ts';

export type Metric = AccuracyMetric | ListMetric | ExposureMetric | RowsMetric | GroupAucMetric;

const table: Readonly<Record<string, Metric>> = metrics;

/** A metric by its id; undefined where there is none. */
function metricCalled(id: string): Metric | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined;
}

/** The metric that a key such as "ndcg@10" names; undefined where there is none. */
export function metricOfKey(key: string): Metric | undefined {
  return metricCalled(key.split('@')[0]);
}

/** Ids of the metrics of some families, in order. */
export function metricIds(families: readonly MetricSpec['family'][]): string[] {
  return Object.keys(table).filter((id) => families.includes(table[id].family));
}

/** Metrics by their ids; throws bad-parameter on an id that is unknown or of another family. */
export function wantedMetrics(ids: readonly string[], families: readonly MetricSpec['family'][]): Metric[] {
  return [...new Set(ids)].map((id) => {
    const metric = metricCalled(id);
    if (metric !== undefined && families.includes(metric.family)) return metric;
    throw new RunboardError('bad-parameter', `there is no metric ${id} to be measured here`, {
      where: 'metrics',
      remedy: `take some of ${metricIds(families).join(', ')}`,
    });
  });
}
