import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { movedEnd, passing, type Axis, type Brush, type Brushes } from './axes.ts';
import { lowerIsBetter, metricOfKey, type Judged } from './judge.ts';

const pad = { top: 34, bottom: 14, side: 70 } as const;
const height = 250;
const inner = height - pad.top - pad.bottom;

/** From the worst to the best of the chosen metric, told apart by people of every kind of sight. */
export function shade(share: number): string {
  return `color-mix(in oklab, var(--series-1) ${Math.round(share * 100)}%, var(--series-2))`;
}

interface AxisViewProps {
  readonly axis: Axis;
  readonly x: number;
  readonly brush: Brush | undefined;
  onBrush(brush: Brush | undefined): void;
}

/** One end of a brush: dragged with the axis, moved with the arrow keys. */
function End({ axis, x, brush, end, onBrush }: AxisViewProps & { end: 'low' | 'high' }): ReactElement {
  const at = (brush ?? [0, 1])[end === 'low' ? 0 : 1];
  const press = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 0.2 : 0.05;
    const to = {
      ArrowUp: at + step,
      ArrowRight: at + step,
      ArrowDown: at - step,
      ArrowLeft: at - step,
      Home: 0,
      End: 1,
    }[event.key];
    if (to !== undefined) onBrush(movedEnd(brush, end, to));
    else if (event.key === 'Escape' || event.key === 'Delete') onBrush(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drag = (event: PointerEvent<SVGRectElement>): void => {
    if (event.buttons !== 1 || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (box !== undefined) onBrush(movedEnd(brush, end, 1 - (event.clientY - box.top - pad.top) / inner));
  };
  return (
    <rect
      className="parallel-end"
      role="slider"
      tabIndex={0}
      aria-label={`${axis.title}, ${end === 'low' ? 'from' : 'to'}`}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 100)}
      aria-valuetext={axis.word(at)}
      x={x - 8}
      y={pad.top + (1 - at) * inner - 2.5}
      width={16}
      height={5}
      rx={2.5}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  );
}

function AxisView(props: AxisViewProps): ReactElement {
  const { axis, x, brush, onBrush } = props;
  const from = useRef<number | null>(null);
  const place = (event: PointerEvent<SVGRectElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(1, 1 - (event.clientY - box.top) / box.height));
  };
  return (
    <g>
      <line x1={x} x2={x} y1={pad.top} y2={height - pad.bottom} stroke="var(--line-strong)" />
      {axis.ticks.map((tick) => (
        <text key={tick.at} x={x - 11} y={pad.top + (1 - tick.at) * inner + 3.5} textAnchor="end">
          {tick.label}
        </text>
      ))}
      <text x={x} y={14} textAnchor="middle" className={`parallel-title ${axis.metric ? 'parallel-metric' : ''}`}>
        {axis.title.length > 24 ? `${axis.title.slice(0, 23)}…` : axis.title}
        <title>{axis.title}</title>
      </text>
      {brush === undefined ? null : (
        <rect
          className="parallel-brush"
          x={x - 7}
          width={14}
          y={pad.top + (1 - brush[1]) * inner}
          height={Math.max(1, (brush[1] - brush[0]) * inner)}
        />
      )}
      <rect
        className="parallel-strip"
        x={x - 12}
        width={24}
        y={pad.top}
        height={inner}
        fill="transparent"
        onPointerDown={(event) => {
          from.current = place(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (from.current === null) return;
          const to = place(event);
          if (Math.abs(to - from.current) * inner > 3)
            onBrush([Math.min(from.current, to), Math.max(from.current, to)]);
        }}
        onPointerUp={(event) => {
          if (from.current !== null && Math.abs(place(event) - from.current) * inner <= 3) onBrush(undefined);
          from.current = null;
        }}
      />
      <End {...props} end="high" />
      <End {...props} end="low" />
    </g>
  );
}

function lineOf(axes: readonly Axis[], run: number, across: (at: number) => number): string {
  return axes
    .flatMap((axis, at) => {
      const place = axis.at[run];
      return place === null ? [] : [`${across(at)},${pad.top + (1 - place) * inner}`];
    })
    .join(' ');
}

interface ParallelProps {
  readonly axes: readonly Axis[];
  readonly judged: readonly Judged[];
  /** Key of the metric that colours. */
  readonly metric: string;
  readonly brushes: Brushes;
  /** Row that is pointed at, here or in the table. */
  readonly pointed: string | null;
  onBrushes(brushes: Brushes): void;
  onPoint(row: string | null): void;
}

/** Every run as one line over all its parameters and metrics. Brushes on the axes keep the runs that lie within all of them. */
export function Parallel(props: ParallelProps): ReactElement {
  const { axes, judged, metric, brushes, pointed, onBrushes, onPoint } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() => setWidth(Math.max(320, element.clientWidth)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const across = (at: number): number =>
    pad.side + (axes.length < 2 ? 0 : (at / (axes.length - 1)) * (width - pad.side - 40));
  const kept = passing(axes, brushes, judged.length);
  const last = axes.at(-1);
  const down = lowerIsBetter(metricOfKey(metric));
  const shareOf = (run: number): number | null => {
    const at = last?.at[run] ?? null;
    return at === null ? null : down ? 1 - at : at;
  };
  const order = judged
    .map((_, run) => run)
    .toSorted(
      (a, b) =>
        Number(judged[a].row.id === pointed) - Number(judged[b].row.id === pointed) ||
        Number(kept[a]) - Number(kept[b]),
    );
  const one = judged.findIndex(({ row }) => row.id === pointed);
  const brushed = Object.keys(brushes).length > 0;
  const count = kept.filter(Boolean).length;
  return (
    <div className="parallel" ref={box}>
      <svg
        width={width}
        height={height}
        role="group"
        aria-label="Parallel coordinates: a line for each run; two sliders on each axis keep the runs between them"
        onPointerLeave={() => onPoint(null)}
      >
        {order.map((run) => {
          const share = shareOf(run);
          return (
            <polyline
              key={judged[run].row.id}
              points={lineOf(axes, run, across)}
              fill="none"
              className={`parallel-line ${kept[run] ? '' : 'parallel-out'} ${run === one ? 'parallel-pointed' : ''}`}
              stroke={share === null ? 'var(--ink-faint)' : shade(share)}
              onPointerEnter={() => onPoint(judged[run].row.id)}
            />
          );
        })}
        {axes.map((axis, at) => (
          <AxisView
            key={axis.id}
            axis={axis}
            x={across(at)}
            brush={brushes[axis.id]}
            onBrush={(brush) => {
              const { [axis.id]: _gone, ...rest } = brushes;
              onBrushes(brush === undefined ? rest : { ...rest, [axis.id]: brush });
            }}
          />
        ))}
      </svg>
      <p className="parallel-said number">
        <span className="parallel-legend" aria-hidden="true">
          worst <i /> best {last?.title}
        </span>
        <span role="status">
          {brushed
            ? `${count} of ${judged.length} runs lie within`
            : 'Drag on an axis, or move its ends with the arrow keys'}
        </span>
        {brushed ? (
          <Button look="bare" onClick={() => onBrushes({})}>
            Show all
          </Button>
        ) : null}
      </p>
      <p className="parallel-one number truncate">
        {one < 0 ? '' : axes.map((axis) => `${axis.title} ${axis.said[one]}`).join(' · ')}
      </p>
    </div>
  );
}
