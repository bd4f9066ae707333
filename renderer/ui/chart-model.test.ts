import { describe, expect, it } from 'vitest';
import { chartModel, nearestStop, placesOf, stopWords, type ChartSpec } from './chart-model.ts';

const line: ChartSpec = {
  title: 'ROC',
  x: 'false-positive rate',
  y: 'true-positive rate',
  mark: 'line',
  series: [
    { name: 'model', x: [1, 0, 0.5], y: [1, 0, 0.8], low: [1, 0, 0.7], high: [1, 0, 0.9] },
    { name: 'chance', x: [0, 1], y: [0, 1] },
  ],
};
const bars = (names: readonly (string | number)[], values: readonly number[]): ChartSpec => ({
  title: 'Gain',
  x: 'feature',
  y: 'share of gain',
  mark: 'bar',
  series: [{ name: 'gain', x: names, y: values }],
});

describe('a chart', () => {
  it('puts lines on round ticks that lie where their values do', () => {
    const model = chartModel(line, 300, 170);
    expect(model.values.map(({ label }) => label)).toEqual(['0', '.2', '.4', '.6', '.8', '1.0']);
    expect(model.values[0].at).toBeCloseTo(model.bottom);
    expect(model.values[5].at).toBeCloseTo(model.top);
    expect(model.places.map(({ label }) => label)).toEqual(['0', '.5', '1.0']);
    expect(model.stops.map(({ label }) => label)).toEqual(['0', '0.5', '1'].map((one) => one.replace('0.5', '.500')));
    expect(model.stops[1].data[0]).toMatchObject({ series: 0, value: 0.8, low: 0.7 });
    expect(model.stops[1].data[0].lowAt).toBeGreaterThan(model.stops[1].data[0].at);
    expect(stopWords(line, model.stops[0])).toBe('false-positive rate 0: model 0 (0 to 0), chance 0');
  });

  it('lays bars of many names down, the largest first, and stands few up from zero', () => {
    const many = chartModel(bars(['a', 'b', 'c', 'd', 'e'], [1, 5, 2, 4, 3]), 300, 170);
    expect(many.lying).toBe(true);
    expect(many.places.map(({ label }) => label)).toEqual(['b', 'd', 'e', 'c', 'a']);
    expect(many.zero).toBeCloseTo(many.left);
    const few = chartModel(bars([1, 2, 3], [10, -5, 0]), 300, 170);
    expect(few.lying).toBe(false);
    expect(few.zero).toBeGreaterThan(few.top);
    expect(few.zero).toBeLessThan(few.bottom);
  });

  it('reads a histogram against round numbers, not against the middles of its bins', () => {
    const middles = Array.from({ length: 20 }, (_, at) => 0.025 + at * 0.05);
    const model = chartModel(bars(middles, Array<number>(20).fill(1)), 400, 170);
    expect(model.places.map(({ label }) => label)).toEqual(['0', '.2', '.4', '.6', '.8', '1.0']);
    expect(model.places[0].at).toBeCloseTo(model.left);
    expect(model.places[5].at).toBeCloseTo(model.right);
    const counts = chartModel(bars([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Array<number>(10).fill(1)), 400, 170);
    expect(counts.places.map(({ label }) => label)).toEqual(['2', '4', '6', '8', '10']);
    expect(counts.places[0].at).toBeCloseTo(counts.stops[1].at);
  });

  it('reaches as far as it is asked to, and says how many bars it has no room for', () => {
    const lift: ChartSpec = { ...line, reach: [0], series: [{ name: 'lift', x: [1, 2], y: [-22, -20] }] };
    const model = chartModel(lift, 300, 170);
    expect(model.zero).toBeCloseTo(model.top);
    expect(model.values.map(({ label }) => label)).toEqual(['−20', '−15', '−10', '−5', '0']);
    expect(model.unshown).toBe(0);
    const names = Array.from({ length: 20 }, (_, at) => `feature ${at}`);
    expect(
      chartModel(
        bars(
          names,
          names.map((_, at) => at),
        ),
        300,
        170,
      ).unshown,
    ).toBe(6);
  });

  it('leaves out what is no number, and stands with one value or none', () => {
    const holes = bars(['a', 'b'], [Number.NaN, 3]);
    expect(placesOf(holes).map(({ x }) => x)).toEqual(['b']);
    for (const spec of [bars([], []), bars(['a'], [0]), { ...line, series: [{ name: 'one', x: [3], y: [7] }] }]) {
      const model = chartModel(spec, 200, 150);
      for (const stop of model.stops) for (const datum of stop.data) expect(Number.isFinite(datum.at)).toBe(true);
      expect(model.values.every(({ at }) => Number.isFinite(at))).toBe(true);
    }
  });

  it('finds the stop nearest to the pointer', () => {
    const { stops } = chartModel(line, 300, 170);
    expect(nearestStop(stops, -50)).toBe(0);
    expect(nearestStop(stops, stops[1].at + 5)).toBe(1);
    expect(nearestStop([], 3)).toBe(-1);
  });

  it('stays within its place with names of ten thousand letters', () => {
    const model = chartModel(bars(['x'.repeat(10_000), 'y', 'z', 'v', 'w'], [1, 2, 3, 4, 5]), 300, 170);
    expect(model.left).toBeLessThan(150);
    for (const { data } of model.stops) expect(data[0].at).toBeLessThanOrEqual(model.right + 0.01);
  });
});
