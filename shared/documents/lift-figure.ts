import type { Plot } from '#shared/contract/values.ts';
import { fonts, paper } from './board/palette.ts';
import { textWidth } from './board/text-width.ts';
import { escapeHtml } from './html.ts';
import type { Block } from './tree.ts';

type Series = Plot['series'][number];

const size = { width: 860, height: 260 };
const margin = { left: 58, right: 150, top: 16, bottom: 34 };

/** The lift of an experiment day by day, a figure per variant: the always-valid interval around the fixed-horizon one. */
export function liftFigures(plot: Plot, node: string): Block[] {
  const byVariant = new Map<string, Series[]>();
  for (const series of plot.series) {
    const [variant] = series.name.includes(', ') ? series.name.split(', ') : [''];
    byVariant.set(variant, [...(byVariant.get(variant) ?? []), series]);
  }
  return [...byVariant].flatMap(([variant, pair], at): Block[] => {
    const fixed = pair.find((series) => series.name.includes('fixed'));
    const always = pair.find((series) => series.name.includes('always'));
    if (fixed === undefined || always === undefined || fixed.x.length < 2) return [];
    const title = `${plot.title}${variant === '' ? '' : `: ${variant}`}`;
    return [
      {
        type: 'figure',
        file: `lift-${node.replace(/[^\w-]/g, '_')}-${at + 1}.svg`,
        svg: drawn(title, fixed, always),
        caption: title,
      },
    ];
  });
}

interface Frame {
  x(day: number): number;
  y(lift: number): number;
  readonly low: number;
  readonly high: number;
  readonly first: number;
  readonly last: number;
}

/** Days whose interval is far wider than the last would flatten all others: they run off the frame. */
function frameOf(fixed: Series, always: Series): Frame {
  const ends = [...(fixed.low ?? []), ...(fixed.high ?? []), 0];
  const end = (values: readonly number[] | undefined): number => values?.at(-1) ?? 0;
  const reach = Math.max(...[end(always.low), end(always.high), end(fixed.y)].map(Math.abs), 0.001);
  const low = Math.max(Math.min(...ends, end(always.low)), -3 * reach);
  const high = Math.min(Math.max(...ends, end(always.high)), 3 * reach);
  const first = Number(fixed.x[0]);
  const last = Number(fixed.x.at(-1));
  const inner = { width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom };
  const inside = (lift: number): number => Math.max(low, Math.min(high, lift));
  return {
    low,
    high,
    first,
    last,
    x: (day) => margin.left + ((day - first) / (last - first)) * inner.width,
    y: (lift) => margin.top + ((high - inside(lift)) / (high - low)) * inner.height,
  };
}

function drawn(title: string, fixed: Series, always: Series): string {
  const frame = frameOf(fixed, always);
  const end = frame.y(fixed.y.at(-1) ?? 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="${escapeHtml(fonts.text)}" font-size="12" role="img" aria-label="${escapeHtml(title)}">`,
    `<rect width="${size.width}" height="${size.height}" fill="${paper.ground}"/>`,
    ...gridOf(frame),
    band(frame, always, paper.border, 0.55),
    band(frame, fixed, paper.path, 0.28),
    `<polyline points="${fixed.x.map((day, at) => `${place(frame.x(Number(day)))},${place(frame.y(fixed.y[at]))}`).join(' ')}" fill="none" stroke="${paper.path}" stroke-width="2"/>`,
    text(size.width - margin.right + 8, end, 'lift so far', paper.path),
    text(size.width - margin.right + 8, end + 15, 'fixed horizon: valid at', paper.soft),
    text(size.width - margin.right + 8, end + 29, 'the planned end only', paper.soft),
    text(size.width - margin.right + 8, end + 43, 'pale: always valid', paper.faint),
    '</svg>',
  ].join('\n');
}

/** Round steps of the lift, the line of no effect, and the days. */
function gridOf({ x, y, low, high, first, last }: Frame): string[] {
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((one) => one * power >= raw) ?? 10);
  const lines: string[] = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) {
    const height = place(y(at * step));
    const label = `${at > 0 ? '+' : at < 0 ? '−' : ''}${Math.abs(100 * at * step).toFixed(step < 0.01 ? 1 : 0)} %`;
    lines.push(
      `<line x1="${margin.left}" x2="${size.width - margin.right}" y1="${height}" y2="${height}" stroke="${at === 0 ? paper.faint : '#e9e5dc'}"/>`,
      text(margin.left - 8 - textWidth(label, 12), y(at * step) + 4, label, paper.soft),
    );
  }
  const every = Math.max(1, Math.ceil((last - first) / 10));
  for (let day = first; day <= last; day += every)
    lines.push(
      text(x(day) - textWidth(String(day), 12) / 2, size.height - margin.bottom + 18, String(day), paper.soft),
    );
  lines.push(text(size.width - margin.right + 8, size.height - margin.bottom + 18, 'day', paper.soft));
  return lines;
}

function band({ x, y }: Frame, series: Series, colour: string, opacity: number): string {
  const upper = series.x.map((day, at) => `${place(x(Number(day)))},${place(y(series.high?.[at] ?? series.y[at]))}`);
  const lower = series.x.map((day, at) => `${place(x(Number(day)))},${place(y(series.low?.[at] ?? series.y[at]))}`);
  return `<polygon points="${[...upper, ...lower.toReversed()].join(' ')}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

const place = (value: number): string => value.toFixed(1);

function text(x: number, y: number, words: string, colour: string): string {
  return `<text x="${place(x)}" y="${place(y)}" fill="${colour}">${escapeHtml(words)}</text>`;
}
