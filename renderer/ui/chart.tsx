import type * as plotModule from '@observablehq/plot';
import { useEffect, useRef, useState, type ReactElement } from 'react';

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
}

interface Row {
  readonly x: number | string;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly series: string;
}

const colours = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];

/** The colour of the n-th series, in charts and in the words around them. */
export function seriesColour(at: number): string {
  return colours[at % colours.length];
}

function rowsOf(spec: ChartSpec): readonly Row[] {
  return spec.series.flatMap((series) =>
    series.x.map((x, at) => ({
      x,
      y: series.y[at],
      low: series.low?.[at] ?? null,
      high: series.high?.[at] ?? null,
      series: series.name,
    })),
  );
}

type PlotModule = typeof plotModule;

/** Bars of many names lie down, so that the names can be read. */
function isListing(spec: ChartSpec): boolean {
  return (
    spec.mark === 'bar' &&
    spec.series.length === 1 &&
    typeof spec.series[0].x[0] === 'string' &&
    spec.series[0].x.length > 4
  );
}

function marksOf(plot: PlotModule, spec: ChartSpec): unknown[] {
  const rows = rowsOf(spec);
  const channels = { x: 'x', y: 'y', stroke: 'series' } as const;
  const grid = [plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 })];
  const band = rows.some((row) => row.low !== null)
    ? [plot.areaY(rows, { x: 'x', y1: 'low', y2: 'high', fill: 'series', fillOpacity: 0.14 })]
    : [];
  switch (spec.mark) {
    case 'bar':
      if (isListing(spec)) {
        return [
          plot.barX(rows, { x: 'y', y: 'x', fill: 'series', rx: 2, sort: { y: 'x', reverse: true, limit: 12 } }),
          plot.ruleX([0], { stroke: 'var(--line-strong)' }),
        ];
      }
      return [
        ...grid,
        plot.barY(rows, {
          x: spec.series.length > 1 ? 'series' : 'x',
          fx: spec.series.length > 1 ? 'x' : undefined,
          y: 'y',
          fill: 'series',
          rx: 2,
        }),
        plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      ];
    case 'point':
      return [...grid, plot.dot(rows, { ...channels, r: 2.5 })];
    case 'area':
      return [
        ...grid,
        plot.areaY(rows, { x: 'x', y: 'y', fill: 'series', fillOpacity: 0.18 }),
        plot.lineY(rows, { ...channels, strokeWidth: 1.6 }),
      ];
    case 'line':
      return [
        ...grid,
        ...band,
        plot.lineY(rows, { ...channels, strokeWidth: 1.8 }),
        ...(rows.length <= 24 ? [plot.dot(rows, { x: 'x', y: 'y', fill: 'series', r: 2 })] : []),
      ];
  }
}

/** How many ticks fit; bars stand one beside another, so of theirs every n-th is named. */
function ticksOf(spec: ChartSpec, width: number): number | (number | string)[] {
  if (spec.mark !== 'bar') return Math.max(2, Math.floor(width / 70));
  const names = spec.series[0]?.x ?? [];
  const every = Math.max(1, Math.ceil((names.length * 44) / width));
  return names.filter((_, at) => at % every === 0);
}

function draw(plot: PlotModule, spec: ChartSpec, width: number, height: number): Element {
  const facets = spec.mark === 'bar' && spec.series.length > 1;
  const svg = plot.plot({
    width,
    height,
    marginLeft: isListing(spec) ? 120 : 42,
    marginBottom: isListing(spec) ? 22 : 32,
    marginTop: 10,
    marginRight: 12,
    style: { background: 'none', color: 'var(--ink-3)' },
    x: facets
      ? { axis: null }
      : isListing(spec)
        ? { label: null, ticks: 4, tickSize: 0, grid: true }
        : { label: spec.x, labelArrow: 'none', ticks: ticksOf(spec, width), tickSize: 0 },
    fx: facets ? { label: spec.x } : undefined,
    y: isListing(spec)
      ? { label: null, tickSize: 0 }
      : { label: null, ticks: Math.max(2, Math.floor(height / 42)), tickSize: 0, zero: spec.mark === 'bar' },
    color: { domain: spec.series.map((series) => series.name), range: colours },
    marks: marksOf(plot, spec) as never,
  });
  // The page's policy takes no inline style sheets; what they say is in ui.css.
  for (const style of svg.querySelectorAll('style')) style.remove();
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${spec.title}: ${spec.y} by ${spec.x}`);
  return svg;
}

/** A chart as wide as its place. The drawing library is loaded when the first chart is shown. */
export function Chart({ spec, height = 150 }: { spec: ChartSpec; height?: number }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (width < 40) return undefined;
    let live = true;
    void import('@observablehq/plot').then((plot) => {
      if (live) box.current?.replaceChildren(draw(plot, spec, width, height));
    });
    return () => {
      live = false;
    };
  }, [spec, width, height]);
  return (
    <figure className="chart-figure">
      <figcaption>
        <strong>{spec.title}</strong>
        <span className="quiet">{spec.y}</span>
      </figcaption>
      <div ref={box} className="chart" style={{ height }} />
      {spec.series.length < 2 ? null : (
        <div className="chart-legend">
          {spec.series.map((series, at) => (
            <span key={series.name}>
              <i style={{ background: seriesColour(at) }} />
              {series.name}
            </span>
          ))}
        </div>
      )}
    </figure>
  );
}
