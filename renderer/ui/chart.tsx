import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import {
  chartModel,
  nearestStop,
  placesOf,
  stopWords,
  valueWord,
  type ChartModel,
  type ChartSpec,
} from './chart-model.ts';
import { Axes, Marks, Pointed, seriesColour } from './chart-marks.tsx';
import { IconButton } from './button.tsx';
import './chart.css';
import { withMetricTitle } from './format.ts';

/** More rows than this are looked at in the chart. */
const mostRows = 400;

/** The numbers of a chart, for those who read rather than look. */
function ChartTable({ spec }: { spec: ChartSpec }): ReactElement {
  const places = placesOf(spec);
  const cell = (place: (typeof places)[number], series: number): string => {
    const found = place.values.find((one) => one.series === series);
    if (found === undefined) return '';
    const { value, low, high } = found;
    return `${valueWord(value)}${low === null || high === null ? '' : ` (${valueWord(low)} – ${valueWord(high)})`}`;
  };
  return (
    <div className="chart-table" role="region" aria-label={`${spec.title}, as a table`} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{spec.x}</th>
            {spec.series.map((series) => (
              <th key={series.name} scope="col" className="end">
                {spec.series.length === 1 ? spec.y || series.name : series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.slice(0, mostRows).map((place) => (
            <tr key={place.x}>
              <th scope="row">{typeof place.x === 'number' ? valueWord(place.x) : place.x}</th>
              {spec.series.map((series, at) => (
                <td key={series.name} className="end">
                  {cell(place, at)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {places.length > mostRows ? (
        <p className="quiet">
          The first {mostRows} of {places.length} rows.
        </p>
      ) : null}
    </div>
  );
}

function Tip({ spec, model, at }: { spec: ChartSpec; model: ChartModel; at: number }): ReactElement | null {
  const stop = model.stops[at];
  if (stop === undefined) return null;
  const x = model.lying ? (model.left + model.right) / 2 : stop.at;
  const y = model.lying ? stop.at + model.band / 2 : model.top;
  return (
    <div
      className="chart-tip number"
      style={{ left: x, top: y }}
      data-below={model.lying}
      data-side={x > model.width * 0.66 ? 'left' : x < model.width * 0.34 ? 'right' : 'middle'}
    >
      <b>
        {model.lying ? '' : `${spec.x} `}
        {stop.label}
      </b>
      {stop.data.map(({ series, value, low, high }) => (
        <span key={series}>
          {spec.series.length > 1 ? (
            <>
              <i style={{ background: seriesColour(series) }} />
              {spec.series[series].name}{' '}
            </>
          ) : null}
          {valueWord(value)}
          {low === null || high === null ? '' : ` (${valueWord(low)} – ${valueWord(high)})`}
        </span>
      ))}
    </div>
  );
}

function Drawing({ spec, width, height }: { spec: ChartSpec; width: number; height: number }): ReactElement {
  const model = useMemo(() => chartModel(spec, width, height), [spec, width, height]);
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = pointed === null ? null : Math.min(pointed, model.stops.length - 1);
  const last = model.stops.length - 1;
  const press = (event: KeyboardEvent): void => {
    const at = shown ?? 0;
    const leap = Math.max(1, Math.round(model.stops.length / 10));
    const to = {
      ArrowRight: at + 1,
      ArrowDown: model.lying ? at + 1 : at - 1,
      ArrowLeft: at - 1,
      ArrowUp: model.lying ? at - 1 : at + 1,
      PageUp: at - leap,
      PageDown: at + leap,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape' && pointed !== null) setPointed(null);
    else if (to !== undefined) setPointed(Math.max(0, Math.min(last, to)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = shown === null ? undefined : model.stops[shown];
  return (
    <>
      <div
        className="chart"
        style={{ height: model.height }}
        role="slider"
        tabIndex={0}
        aria-label={`${spec.title}: ${spec.y === '' ? spec.series.map(({ name }) => name).join(', ') : spec.y} by ${spec.x}`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={shown ?? 0}
        aria-valuetext={model.stops.length === 0 ? 'no data' : stopWords(spec, stop ?? model.stops[0])}
        onKeyDown={press}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setPointed((before) => before ?? 0)}
        onBlur={() => setPointed(null)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setPointed(nearestStop(model.stops, model.lying ? event.clientY - box.top : event.clientX - box.left));
        }}
        onPointerLeave={() => setPointed(null)}
      >
        <svg width={model.width} height={model.height} aria-hidden="true">
          <Axes model={model} spec={spec} />
          {stop !== undefined && model.lying ? <Pointed model={model} stop={stop} /> : null}
          <Marks model={model} spec={spec} />
          {stop !== undefined && !model.lying ? <Pointed model={model} stop={stop} /> : null}
        </svg>
        {shown === null ? null : <Tip spec={spec} model={model} at={shown} />}
      </div>
      {model.unshown === 0 ? null : (
        <p className="quiet chart-note">
          {model.stops.length} of {model.stops.length + model.unshown} are drawn; the table has all.
        </p>
      )}
    </>
  );
}

/** A chart as wide as its place: hovered or walked with the arrow keys it tells its numbers, and it can be read as a table. */
export function Chart({ spec, height = 150 }: { spec: ChartSpec; height?: number }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [table, setTable] = useState(false);
  const title = useId();
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  const empty = spec.series.every((series) => series.y.every((value) => value == null || !Number.isFinite(value)));
  return (
    <figure className="chart-figure" aria-labelledby={title}>
      <figcaption>
        <strong id={title}>{withMetricTitle(spec.title)}</strong>
        <IconButton
          icon="table-2"
          label={table ? `Draw ${spec.title}` : `${spec.title} as a table`}
          aria-pressed={table}
          className="chart-toggle"
          onClick={() => setTable(!table)}
        />
      </figcaption>
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
      <div ref={box} className="chart-place">
        {empty ? <p className="quiet">No values.</p> : null}
        {!empty && table ? <ChartTable spec={spec} /> : null}
        {!empty && !table && width >= 40 ? <Drawing spec={spec} width={width} height={height} /> : null}
      </div>
    </figure>
  );
}
