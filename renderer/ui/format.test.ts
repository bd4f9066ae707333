import { describe, expect, it } from 'vitest';
import { metricTitle } from '#shared/contract/metric.ts';
import { duration, metricValue, moment, signed, unturned, withMetricTitle } from './format.ts';

describe('words and numbers', () => {
  it('writes metrics as people do', () => {
    expect(
      ['ndcg@10', 'pr-auc', 'user-auc', 'f1@0.5', 'log-loss', 'recall-capped@5', 'ndcg-exponential@10'].map(
        metricTitle,
      ),
    ).toEqual(['NDCG@10', 'PR AUC', 'user AUC', 'F1@0.5', 'log loss', 'Recall capped@5', 'NDCG exponential@10']);
    expect(withMetricTitle('ndcg@10 from user to user')).toBe('NDCG@10 from user to user');
    expect(withMetricTitle('share of the catalogue')).toBe('share of the catalogue');
    expect(metricTitle('precision@10')).toBe('Precision@10');
    expect(metricTitle('ctr-lift:mmr')).toBe('CTR lift: mmr');
  });

  it('rounds durations before it parts them', () => {
    expect([9.97, 999.7, 9960, 59_700, 119_600, 3_599_700, 7_380_000].map(duration)).toEqual([
      '10 ms',
      '1.0 s',
      '10 s',
      '1 min 0 s',
      '2 min 0 s',
      '1 h 0 min',
      '2 h 3 min',
    ]);
  });

  it('writes values and changes below zero with the same sign', () => {
    expect([-0.112, -1.39, -2500].map((value) => metricValue(value))).toEqual(['−.112', '−1.39', '−2,500']);
    expect([0.0005, 0.00012, -0.0042].map((value) => metricValue(value))).toEqual(['.0005', '.00012', '−.004']);
    expect(signed(-0.112)).toBe(metricValue(-0.112));
  });

  it('writes moments, also such as no calendar has', () => {
    expect(moment(1_700_000_000)).toBe('2023-11-14 22:13');
    expect(moment(1e300)).toBe('1e+300');
  });

  it('takes out of a sentence what would turn it', () => {
    expect(unturned('a\u202Eb\u2067c: 1 → 2')).toBe('abc: 1 → 2');
    expect(signed(-0.0042)).toBe('−.004');
  });
});
