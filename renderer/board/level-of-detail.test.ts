import { describe, expect, it } from 'vitest';
import { detailAt } from './level-of-detail.ts';

describe('level of detail', () => {
  it('shows less the further away the board is', () => {
    expect([1.5, 0.55, 0.54, 0.38, 0.37, 0.22, 0.21, 0.08].map(detailAt)).toEqual([
      'full',
      'full',
      'title',
      'title',
      'large-title',
      'large-title',
      'shape',
      'shape',
    ]);
  });
});
