import type { ReactElement } from 'react';
import { metricTitle } from '#shared/contract/metric.ts';
import { metricValue } from '#renderer/ui/format.ts';
import { niceTicks, tickWords } from '#renderer/ui/ticks.ts';
import { byFactor } from './axes.ts';
import type { Judged } from './judge.ts';
import type { Swept } from './rows.ts';
import type { SweptValue } from './values.ts';

const pad = { left: 44, right: 16, top: 22, bottom: 34 } as const;

interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Room for every value and interval that was measured. */
function scaleOf(judged: readonly Judged[]): Scale | null {
  const values = judged.flatMap(({ metric }) =>
    [metric?.value, metric?.low, metric?.high].filter((value): value is number => typeof value === 'number'),
  );
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.1, 1e-6);
  return { low: low - room, high: high + room };
}

/** Where values lie from left to right: by factor where they grow so, else by size; words side by side. */
function placesOf(values: readonly SweptValue[]): (value: SweptValue) => number {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length || numbers.length < 2)
    return (value) => (values.indexOf(value) + 0.5) / values.length;
  const scaled = (value: number): number => (byFactor(numbers) ? Math.log(value) : value);
  const [low, high] = [scaled(Math.min(...numbers)), scaled(Math.max(...numbers))];
  return (value) => 0.03 + 0.94 * ((scaled(Number(value)) - low) / (high - low));
}

interface PanelProps {
  readonly title: string | null;
  readonly x: Swept;
  readonly judged: readonly Judged[];
  readonly scale: Scale;
  readonly width: number;
  readonly height: number;
  readonly metric: string;
  readonly pointed: string | null;
  onPoint(row: string | null): void;
}

function Panel({ title, x, judged, scale, width, height, metric, pointed, onPoint }: PanelProps): ReactElement {
  const place = placesOf(x.values);
  const across = (value: SweptValue): number => pad.left + place(value) * (width - pad.left - pad.right);
  const up = (value: number): number =>
    height - pad.bottom - ((value - scale.low) / (scale.high - scale.low)) * (height - pad.top - pad.bottom);
  const measured = judged
    .filter(({ metric }) => metric?.value != null)
    .toSorted((a, b) => across(a.row.values[0]) - across(b.row.values[0]));
  const ticks = niceTicks(scale.low, scale.high, 4);
  const words = tickWords(ticks);
  const shown = x.values.length <= 8 ? x.values : x.values.filter((_, at) => at % Math.ceil(x.values.length / 8) === 0);
  const line =
    typeof x.values[0] === 'number'
      ? measured.map((one) => `${across(one.row.values[0])},${up(one.metric?.value ?? 0)}`).join(' ')
      : '';
  return (
    <figure className="sweep-panel">
      {title === null ? null : <figcaption className="number">{title}</figcaption>}
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${x.title}${title === null ? '' : `, ${title}`}: ${measured.map((one) => `${one.row.values[0]} ${metricValue(one.metric?.value)}`).join(', ')}`}
      >
        <text x={6} y={11} className="sweep-axis">
          {metric}
        </text>
        {ticks.map((tick, at) => (
          <g key={tick}>
            <line x1={pad.left} x2={width - pad.right} y1={up(tick)} y2={up(tick)} stroke="var(--line)" />
            <text x={pad.left - 7} y={up(tick) + 3.5} textAnchor="end">
              {words[at]}
            </text>
          </g>
        ))}
        {shown.map((value) => (
          <text key={String(value)} x={across(value)} y={height - pad.bottom + 15} textAnchor="middle">
            {String(value)}
          </text>
        ))}
        <text x={(pad.left + width - pad.right) / 2} y={height - 4} textAnchor="middle" className="sweep-axis">
          {x.title}
        </text>
        <polyline points={line} fill="none" stroke="var(--series-1)" strokeWidth={1.6} />
        {measured.map(({ row, metric: found, best }) => {
          const [at, value] = [across(row.values[0]), found?.value ?? 0];
          return (
            <g
              key={row.id}
              className={best ? 'sweep-best-dot' : ''}
              onPointerEnter={() => onPoint(row.id)}
              onPointerLeave={() => onPoint(null)}
            >
              {found?.low == null || found.high == null ? null : (
                <line
                  x1={at}
                  x2={at}
                  y1={up(found.low)}
                  y2={up(found.high)}
                  stroke="var(--series-1)"
                  strokeOpacity={0.45}
                  strokeWidth={2}
                />
              )}
              {best ? (
                <circle cx={at} cy={up(value)} r={7.5} fill="none" stroke="var(--good)" strokeWidth={1.5} />
              ) : null}
              <circle cx={at} cy={up(value)} r={12} fill="transparent" />
              <circle
                cx={at}
                cy={up(value)}
                r={row.id === pointed ? 5.5 : 3.5}
                fill={best ? 'var(--good)' : 'var(--series-1)'}
              />
              {row.id === pointed ? (
                <text
                  x={Math.max(60, Math.min(width - 60, at))}
                  y={Math.max(12, up(value) - 12)}
                  textAnchor="middle"
                  className="sweep-pointed"
                >
                  {`${row.title}: ${metricValue(value)}`}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** The metric over the first parameter, in one panel for every combination of the others, all on one scale. */
export function SweepPlot({
  swept,
  judged,
  metric,
  pointed,
  onPoint,
}: {
  swept: readonly Swept[];
  judged: readonly Judged[];
  metric: string;
  pointed: string | null;
  onPoint(row: string | null): void;
}): ReactElement | null {
  const scale = scaleOf(judged);
  if (scale === null || swept.length === 0) return null;
  const [x, ...others] = swept;
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    const title = others.map((other, at) => `${other.title} ${one.row.values[at + 1]}`).join(', ');
    groups.set(title, [...(groups.get(title) ?? []), one]);
  }
  const [width, height] = others.length === 0 ? [620, 220] : [290, 170];
  return (
    <div className="sweep-panels">
      {[...groups].map(([title, ofGroup]) => (
        <Panel
          key={title}
          title={others.length === 0 ? null : title}
          x={x}
          judged={ofGroup}
          scale={scale}
          width={width}
          height={height}
          metric={metricTitle(metric)}
          pointed={pointed}
          onPoint={onPoint}
        />
      ))}
    </div>
  );
}
