import { describe, expect, it } from 'vitest';
import { metricTitle, moment, signed, unturned, withMetricTitle } from './format.ts';

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
