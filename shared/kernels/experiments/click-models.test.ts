import { describe, expect, it } from 'vitest';
import { Xoshiro } from '../random.ts';
import { clickByCascadeInto, clickByPositionInto, examinationCurve, fitPositionModel } from './click-models.ts';

const places = 10;
const items = 50;

/** Lists of ten out of fifty items, shuffled, clicked by the position-based model. */
function positionLog(lists: number, examination: Float64Array, seed: number) {
  const random = new Xoshiro(seed, 'clicks');
  const truth = Float64Array.from({ length: items }, () => 0.05 + 0.6 * random.next());
  const item = new Int32Array(lists * places);
  const position = new Int32Array(lists * places);
  const click = new Float32Array(lists * places);
  const attraction = new Float64Array(lists * places);
  for (let list = 0; list < lists; list++) {
    const start = random.integer(items);
    for (let k = 0; k < places; k++) {
      const at = list * places + k;
      item[at] = (start + k * 7) % items;
      position[at] = k;
      attraction[at] = truth[item[at]];
    }
    clickByPositionInto(click, attraction, list * places, examination, random);
  }
  return { log: { item, position, click }, truth };
}

describe('position-based model', () => {
  it('recovers the examination of every place within 5 %', () => {
    const curve = examinationCurve(places, 0.7);
    const { log, truth } = positionLog(60_000, curve, 5);
    const fitted = fitPositionModel(log, places, items);
    for (let k = 0; k < places; k++) expect(Math.abs(fitted.examination[k] / curve[k] - 1)).toBeLessThan(0.05);
    for (let i = 0; i < items; i++) expect(Math.abs(fitted.attraction[i] - truth[i])).toBeLessThan(0.03);
  });
  it('is the click-through rate where every place is examined alike', () => {
    const item = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const position = Int32Array.of(0, 0, 1, 1, 0, 0, 1, 1);
    const click = Float32Array.of(1, 0, 1, 0, 1, 1, 1, 1);
    const fitted = fitPositionModel({ item, position, click }, 2, 2, 20_000);
    expect(fitted.examination[1]).toBeCloseTo(1, 6);
    expect(fitted.attraction[0]).toBeCloseTo(0.5, 3);
    expect(fitted.attraction[1]).toBeCloseTo(1, 3);
  });
  it('the curve is 1 / k^decay', () => {
    expect([...examinationCurve(3, 1)]).toEqual([1, 0.5, 1 / 3]);
    expect([...examinationCurve(3, 0)]).toEqual([1, 1, 1]);
  });
});

describe('cascade', () => {
  it('clicks fall off as the attraction above rises, and nothing is clicked below where it stopped', () => {
    const random = new Xoshiro(6, 'cascade');
    const lists = 40_000;
    const attraction = new Float64Array(3).fill(0.3);
    const clicks = new Float32Array(3);
    const seen = new Float64Array(3);
    for (let list = 0; list < lists; list++) {
      const looked = clickByCascadeInto(
        clicks,
        attraction,
        { from: 0, count: 3 },
        { afterClick: 0, afterLook: 1 },
        random,
      );
      for (let k = 0; k < 3; k++) {
        seen[k] += clicks[k];
        if (k >= looked) expect(clicks[k]).toBe(0);
      }
    }
    // P(click at k) = 0.7^k · 0.3 when a click ends the search and nothing else does
    for (let k = 0; k < 3; k++) expect(Math.abs(seen[k] / lists - 0.7 ** k * 0.3)).toBeLessThan(0.01);
  });
});
