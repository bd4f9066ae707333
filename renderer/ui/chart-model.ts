import { metricValue } from './format.ts';
import { niceTicks, tickWords } from './ticks.ts';

export interface ChartSeries {
  readonly name: string;
  readonly x: readonly (number | string)[];
  readonly y: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

export interface ChartSpec {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly mark: 'line' | 'bar' | 'point' | 'area';
  readonly series: readonly ChartSeries[];
  /** What the axis of values reaches at least: 0 for changes, 0 and 1 for chances. */
  readonly reach?: readonly number[];
}

/** One value, and where it is drawn. */
export interface Datum {
  /** Place of its series. */
  readonly series: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Pixels along the axis of values. */
  readonly at: number;
  readonly lowAt: number | null;
  readonly highAt: number | null;
}

/** What is measured at one place of the other axis: what a tooltip tells. */
export interface Stop {
  readonly label: string;
  /** Pixels along the axis of places. */
  readonly at: number;
  readonly data: readonly Datum[];
}

export interface Tick {
  readonly label: string;
  readonly at: number;
}

export interface ChartModel {
  /** Bars that lie, one under another, so that their names can be read. */
  readonly lying: boolean;
  /** Bars for which there is no room; the table has them all. */
  readonly unshown: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly stops: readonly Stop[];
  readonly places: readonly Tick[];
  readonly values: readonly Tick[];
  /** Pixels of value 0, where it is in view: what bars and areas stand on. */
  readonly zero: number;
  /** Pixels that each place has to itself. */
  readonly band: number;
}

/** Rows of lying bars that are drawn; the table has them all. */
const mostLying = 14;

export function valueWord(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e6 ? value.toLocaleString('en') : metricValue(value);
}

function isNamed(spec: ChartSpec): boolean {
  return spec.series.some((series) => series.x.some((x) => typeof x === 'string'));
}

interface Place {
  readonly x: number | string;
  readonly values: readonly { series: number; value: number; low: number | null; high: number | null }[];
}

/** Everything by place: numbers ascending, names as they first come. */
export function placesOf(spec: ChartSpec): readonly Place[] {
  const places = new Map<number | string, Place['values'][number][]>();
  spec.series.forEach((series, at) =>
    series.x.forEach((x, i) => {
      const value = series.y[i];
      if (value == null || !Number.isFinite(value)) return;
      const [low, high] = [series.low?.[i], series.high?.[i]];
      const held = Number.isFinite(low) && Number.isFinite(high);
      const list = places.get(x) ?? [];
      list.push({ series: at, value, low: held ? (low as number) : null, high: held ? (high as number) : null });
      places.set(x, list);
    }),
  );
  const all = [...places].map(([x, values]) => ({ x, values }));
  return isNamed(spec) ? all : all.toSorted((a, b) => Number(a.x) - Number(b.x));
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.length === 0
    ? [0, 1]
    : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** The ends of the axis of values: bars and areas stand on zero, lines get a little room. */
function domainOf(spec: ChartSpec, places: readonly Place[]): readonly [number, number] {
  const { reach = [] } = spec;
  const [low, high] = extent([
    ...reach,
    ...places.flatMap(({ values }) =>
      values.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]),
    ),
  ]);
  if (spec.mark === 'bar' || spec.mark === 'area') return [Math.min(0, low), Math.max(0, high) || 1];
  // Shares are read against their ends.
  if (low >= 0 && high <= 1 && high - low > 0.5) return [0, 1];
  const room = high > low ? (high - low) * 0.06 : Math.max(1e-9, Math.abs(high) * 0.1);
  return [reach.includes(low) ? low : low - room, reach.includes(high) ? high : high + room];
}

function longest(words: readonly string[]): number {
  return words.reduce((most, word) => Math.max(most, word.length), 0);
}

function lies(spec: ChartSpec, places: readonly Place[], width: number): boolean {
  if (spec.mark !== 'bar' || !isNamed(spec)) return false;
  const letters = longest(places.map(({ x }) => String(x)));
  return places.length > 4 || places.length * (letters * 6 + 12) > width - 60;
}

interface Laid {
  readonly place: (index: number) => number;
  readonly band: number;
  readonly ticks: readonly Tick[];
}

/** How far apart the bins of a histogram are; null for bars that are no bins. */
function binWidth(places: readonly Place[]): number | null {
  const x = places.map((place) => Number(place.x));
  const step = (x[x.length - 1] - x[0]) / (x.length - 1);
  const even = x.every((one, at) => Math.abs(one - (x[0] + at * step)) <= 0.01 * step);
  return x.length >= 8 && step > 0 && even ? step : null;
}

/** Where places lie from left to right: numbers by size, names and bars side by side. */
function along(spec: ChartSpec, places: readonly Place[], left: number, right: number): Laid {
  const span = right - left;
  if (spec.mark === 'bar' || isNamed(spec)) {
    const band = span / Math.max(1, places.length);
    const place = (index: number): number => left + (index + 0.5) * band;
    const bin = isNamed(spec) ? null : binWidth(places);
    if (bin !== null) {
      const [first, last] = [Number(places[0].x) - bin / 2, Number(places[places.length - 1].x) + bin / 2];
      const whole = places.every(({ x }) => Number.isInteger(x));
      const round = niceTicks(first, last, Math.max(2, Math.floor(span / 64))).filter(
        (tick) => !whole || Number.isInteger(tick),
      );
      const words = tickWords(round);
      const at = (tick: number): number => left + ((tick - first) / (last - first)) * span;
      return { place, band, ticks: round.map((tick, index) => ({ label: words[index], at: at(tick) })) };
    }
    const words = isNamed(spec)
      ? places.map(({ x }) => String(x))
      : tickWords(places.map(({ x }) => Number(Number(x).toPrecision(6))));
    const every = Math.max(1, Math.ceil((longest(words) * 6.2 + 14) / band));
    const ticks = words.flatMap((label, at) => (at % every === 0 ? [{ label, at: place(at) }] : []));
    return { place, band, ticks };
  }
  const [low, high] = extent(places.map(({ x }) => Number(x)));
  const at = (x: number): number => (high > low ? left + ((x - low) / (high - low)) * span : left + span / 2);
  const whole = places.every(({ x }) => Number.isInteger(x));
  const ticks = niceTicks(low, high, Math.max(2, Math.floor(span / 64))).filter(
    (tick) => !whole || Number.isInteger(tick),
  );
  const words = tickWords(ticks);
  return {
    place: (index) => at(Number(places[index].x)),
    band: span / Math.max(1, places.length - 1),
    ticks: ticks.map((tick, index) => ({ label: words[index], at: at(tick) })),
  };
}

function stopsOf(
  places: readonly Place[],
  place: (index: number) => number,
  up: (value: number) => number,
): readonly Stop[] {
  return places.map(({ x, values }, index) => ({
    label: typeof x === 'number' ? valueWord(x) : x,
    at: place(index),
    data: values.map((one) => ({
      ...one,
      at: up(one.value),
      lowAt: one.low === null ? null : up(one.low),
      highAt: one.high === null ? null : up(one.high),
    })),
  }));
}

/** Where everything of a chart is drawn in a space that is so wide and, unless its bars lie, so high. */
export function chartModel(spec: ChartSpec, width: number, height: number): ChartModel {
  const all = placesOf(spec);
  const [low, high] = domainOf(spec, all);
  const share = (value: number): number => (high > low ? (value - low) / (high - low) : 0.5);
  if (lies(spec, all, width)) {
    const several = spec.series.length > 1;
    const shown = (several ? all : all.toSorted((a, b) => (b.values[0]?.value ?? 0) - (a.values[0]?.value ?? 0))).slice(
      0,
      mostLying,
    );
    const band = several ? spec.series.length * 9 + 8 : 17;
    const left = Math.min(Math.floor(width * 0.42), longest(shown.map(({ x }) => String(x))) * 6.2 + 14);
    const box = { left, right: width - 14, top: 4, bottom: 4 + shown.length * band };
    const across = (value: number): number => box.left + share(value) * (box.right - box.left);
    const place = (index: number): number => box.top + (index + 0.5) * band;
    const ticks = niceTicks(low, high, Math.max(2, Math.floor((box.right - box.left) / 70)));
    const words = tickWords(ticks);
    return {
      lying: true,
      unshown: all.length - shown.length,
      width,
      height: box.bottom + 34,
      ...box,
      stops: stopsOf(shown, place, across),
      places: shown.map(({ x }, index) => ({ label: String(x), at: place(index) })),
      values: ticks.map((tick, at) => ({ label: words[at], at: across(tick) })),
      zero: across(Math.max(low, Math.min(high, 0))),
      band,
    };
  }
  const bottom = height - 36;
  const top = 20;
  const ticks = niceTicks(low, high, Math.max(2, Math.floor((bottom - top) / 22)));
  const words = tickWords(ticks);
  const box = { left: Math.max(26, longest(words) * 6.2 + 12), right: width - 12, top, bottom };
  const up = (value: number): number => bottom - share(value) * (bottom - top);
  const laid = along(spec, all, box.left, box.right);
  return {
    lying: false,
    unshown: 0,
    width,
    height,
    ...box,
    stops: stopsOf(all, laid.place, up),
    places: laid.ticks,
    values: ticks.map((tick, at) => ({ label: words[at], at: up(tick) })),
    zero: up(Math.max(low, Math.min(high, 0))),
    band: laid.band,
  };
}

/** The stop that lies nearest to a place in pixels; -1 where there is none. */
export function nearestStop(stops: readonly Stop[], at: number): number {
  let best = -1;
  for (let one = 0; one < stops.length; one++)
    if (best < 0 || Math.abs(stops[one].at - at) < Math.abs(stops[best].at - at)) best = one;
  return best;
}

/** What is at a stop in one sentence, series by series. */
export function stopWords(spec: ChartSpec, stop: Stop): string {
  const values = stop.data.map(({ series, value, low, high }) => {
    const range = low === null || high === null ? '' : ` (${valueWord(low)} to ${valueWord(high)})`;
    return `${spec.series.length > 1 ? `${spec.series[series].name} ` : ''}${valueWord(value)}${range}`;
  });
  return `${spec.x} ${stop.label}: ${values.join(', ')}`;
}
