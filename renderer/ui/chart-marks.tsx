import type { ReactElement } from 'react';
import type { ChartModel, ChartSpec, Datum, Stop } from './chart-model.ts';
import { withMetricTitle } from './format.ts';

const colours = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)'];

/** The colour of the n-th series, in charts and in the words around them. */
export function seriesColour(at: number): string {
  return colours[at % colours.length];
}

interface Held {
  readonly stop: Stop;
  readonly datum: Datum;
}

function ofSeries(model: ChartModel, series: number): readonly Held[] {
  return model.stops.flatMap((stop) =>
    stop.data.filter((datum) => datum.series === series).map((datum) => ({ stop, datum })),
  );
}

function Band({ held, colour }: { held: readonly Held[]; colour: string }): ReactElement | null {
  const known = held.filter(({ datum }) => datum.lowAt !== null && datum.highAt !== null);
  if (known.length < 2) return null;
  const over = known.map(({ stop, datum }) => `${stop.at},${datum.highAt}`);
  const under = known.toReversed().map(({ stop, datum }) => `${stop.at},${datum.lowAt}`);
  return <polygon points={[...over, ...under].join(' ')} fill={colour} fillOpacity={0.14} />;
}

function Whisker({ held, colour, lying }: { held: Held; colour: string; lying: boolean }): ReactElement | null {
  const { lowAt, highAt } = held.datum;
  if (lowAt === null || highAt === null) return null;
  const at = held.stop.at;
  return lying ? (
    <line x1={lowAt} x2={highAt} y1={at} y2={at} stroke={colour} strokeWidth={1.5} />
  ) : (
    <line x1={at} x2={at} y1={lowAt} y2={highAt} stroke={colour} strokeWidth={1.5} />
  );
}

function Bars({ model, series, of }: { model: ChartModel; series: number; of: number }): ReactElement {
  const room = Math.min(model.band * (of > 1 ? 0.8 : model.lying ? 0.7 : 0.86), 46 * of);
  const thick = Math.max(1, room / of);
  return (
    <>
      {ofSeries(model, series).map((held, at) => {
        const { stop, datum } = held;
        const from = stop.at - room / 2 + series * thick;
        const [start, end] = [Math.min(model.zero, datum.at), Math.max(model.zero, datum.at)];
        const radius = Math.min(2, thick / 3);
        const box = model.lying
          ? { x: start, width: end - start, y: from, height: Math.max(1, thick - 1) }
          : { x: from, width: Math.max(1, thick - (model.band > 6 ? 1 : 0)), y: start, height: end - start };
        const middle = { ...held, stop: { ...stop, at: from + thick / 2 } };
        return (
          <g key={at}>
            <rect {...box} rx={radius} fill={seriesColour(series)} />
            <Whisker held={middle} colour="var(--ink)" lying={model.lying} />
          </g>
        );
      })}
    </>
  );
}

function Line({ model, spec, series }: { model: ChartModel; spec: ChartSpec; series: number }): ReactElement {
  const held = ofSeries(model, series);
  const colour = seriesColour(series);
  const points = held.map(({ stop, datum }) => `${stop.at},${datum.at}`).join(' ');
  const few = held.length <= 24;
  return (
    <>
      <Band held={held} colour={colour} />
      {spec.mark === 'area' && held.length > 1 ? (
        <polygon
          points={`${held[0].stop.at},${model.zero} ${points} ${held[held.length - 1].stop.at},${model.zero}`}
          fill={colour}
          fillOpacity={0.16}
        />
      ) : null}
      <polyline points={points} fill="none" stroke={colour} strokeWidth={1.8} strokeLinejoin="round" />
      {few && spec.mark === 'line'
        ? held.map(({ stop, datum }, at) => <circle key={at} cx={stop.at} cy={datum.at} r={2.2} fill={colour} />)
        : null}
    </>
  );
}

function Points({ model, series }: { model: ChartModel; series: number }): ReactElement {
  return (
    <>
      {ofSeries(model, series).map((held, at) => (
        <g key={at}>
          <Whisker held={held} colour={seriesColour(series)} lying={false} />
          <circle cx={held.stop.at} cy={held.datum.at} r={3} fill={seriesColour(series)} />
        </g>
      ))}
    </>
  );
}

export function Marks({ model, spec }: { model: ChartModel; spec: ChartSpec }): ReactElement {
  return (
    <>
      {spec.series.map((one, series) =>
        spec.mark === 'bar' ? (
          <Bars key={one.name} model={model} series={series} of={spec.series.length} />
        ) : spec.mark === 'point' ? (
          <Points key={one.name} model={model} series={series} />
        ) : (
          <Line key={one.name} model={model} spec={spec} series={series} />
        ),
      )}
    </>
  );
}

/** Axes whose grid lines are their ticks, each with its title. */
export function Axes({ model, spec }: { model: ChartModel; spec: ChartSpec }): ReactElement {
  const { lying, left, right, top, bottom, values, places, zero } = model;
  return (
    <>
      {values.map(({ at, label }) =>
        lying ? (
          <g key={at}>
            <line x1={at} x2={at} y1={top} y2={bottom} stroke="var(--line)" />
            <text x={at} y={bottom + 13} textAnchor="middle">
              {label}
            </text>
          </g>
        ) : (
          <g key={at}>
            <line x1={left} x2={right} y1={at} y2={at} stroke="var(--line)" />
            <text x={left - 7} y={at + 3.5} textAnchor="end">
              {label}
            </text>
          </g>
        ),
      )}
      {lying ? (
        <line x1={zero} x2={zero} y1={top} y2={bottom} stroke="var(--line-strong)" />
      ) : (
        <line
          x1={left}
          x2={right}
          y1={spec.mark === 'bar' || spec.mark === 'area' ? zero : bottom}
          y2={spec.mark === 'bar' || spec.mark === 'area' ? zero : bottom}
          stroke="var(--line-strong)"
        />
      )}
      {!lying && zero > top && zero < bottom - 1 ? (
        <line x1={left} x2={right} y1={zero} y2={zero} stroke="var(--line-strong)" />
      ) : null}
      {places.map(({ at, label }) =>
        lying ? (
          <text key={at} x={left - 8} y={at + 3.5} textAnchor="end">
            {label.length > Math.floor((left - 12) / 5.6) ? `${label.slice(0, Math.floor((left - 18) / 5.6))}…` : label}
          </text>
        ) : (
          <text key={at} x={at} y={bottom + 14} textAnchor="middle">
            {label}
          </text>
        ),
      )}
      {lying ? null : (
        <text x={2} y={9} className="chart-axis">
          {spec.y}
        </text>
      )}
      <text
        x={lying ? (left + right) / 2 : right}
        y={lying ? bottom + 28 : bottom + 29}
        textAnchor={lying ? 'middle' : 'end'}
        className="chart-axis"
      >
        {withMetricTitle(lying ? spec.y : spec.x)}
      </text>
    </>
  );
}

/** Marks what the tooltip tells of. */
export function Pointed({ model, stop }: { model: ChartModel; stop: Stop }): ReactElement {
  const { lying, left, right, top, bottom } = model;
  return (
    <g className="chart-pointed" aria-hidden="true">
      {lying ? (
        <rect x={left} width={right - left} y={stop.at - model.band / 2} height={model.band} />
      ) : (
        <line x1={stop.at} x2={stop.at} y1={top} y2={bottom} />
      )}
      {lying
        ? null
        : stop.data.map((datum) => (
            <circle key={datum.series} cx={stop.at} cy={datum.at} r={3.6} fill={seriesColour(datum.series)} />
          ))}
    </g>
  );
}
