import { describe, expect, it } from 'vitest';
import { metricIds, metricOfKey, wantedMetrics } from './wanted-metrics.ts';

const ids = metricIds(['accuracy', 'beyond', 'prediction']);

describe.each(ids)('%s', (id) => {
  const metric = metricOfKey(`${id}@10`);
  it('says what it is, whose definition, and in a sentence what it tells', () => {
    expect(metric?.id).toBe(id);
    expect(metric?.title.length).toBeGreaterThan(1);
    expect(metric?.dialect.length).toBeGreaterThan(3);
    expect(metric?.help).toMatch(/^[A-Z].* .*\.$/);
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
  });
  it('can be asked for by its family only', () => {
    if (metric === undefined) throw new Error('missing');
    expect(wantedMetrics([id, id], [metric.family])).toEqual([metric]);
    const others = (['accuracy', 'beyond', 'prediction'] as const).filter((family) => family !== metric.family);
    expect(() => wantedMetrics([id], others)).toThrow(`there is no metric ${id}`);
  });
});

it('has titles that tell metrics apart', () => {
  const titles = ids.map((id) => metricOfKey(id)?.title);
  expect(new Set(titles).size).toBe(ids.length);
});

it('knows nothing of names that only look like metrics', () => {
  expect(metricOfKey('toString')).toBeUndefined();
  expect(metricOfKey('ndgc@10')).toBeUndefined();
});
