import type { ReactElement } from 'react';
import { duration, metricTitle, metricValue, signed } from '#renderer/ui/format.ts';
import type { Judged } from './judge.ts';
import type { Swept } from './rows.ts';

function State({ one }: { one: Judged }): ReactElement {
  const { state, failure } = one.outcome;
  if (state === 'failed')
    return (
      <span className="bad" title={failure?.remedy}>
        {failure?.what ?? 'failed'}
      </span>
    );
  return (
    <span className={state === 'running' ? 'sweep-going' : 'quiet'}>
      {state === 'running' ? 'running …' : state === 'done' ? 'no such metric' : state}
    </span>
  );
}

/** The interval as a stroke, the value as a dot, all rows on one scale. */
function Track({ one, low, high }: { one: Judged; low: number; high: number }): ReactElement {
  const { metric } = one;
  const at = (value: number): string => `${high > low ? 2 + ((value - low) / (high - low)) * 96 : 50}%`;
  return (
    <span className="sweep-track" aria-hidden="true">
      {metric?.low == null || metric.high == null ? null : (
        <i
          className="sweep-whisker"
          style={{ left: at(metric.low), width: `calc(${at(metric.high)} - ${at(metric.low)})` }}
        />
      )}
      {metric?.value == null ? null : (
        <i className={`sweep-dot ${one.best ? 'sweep-dot-best' : ''}`} style={{ left: at(metric.value) }} />
      )}
    </span>
  );
}

interface SweepTableProps {
  readonly swept: readonly Swept[];
  readonly judged: readonly Judged[];
  readonly metric: string | null;
  onShow(run: string): void;
}

/** One row per run: what was set, what came out, and the way to the run itself. */
export function SweepTable({ swept, judged, metric, onShow }: SweepTableProps): ReactElement {
  const ends = judged.flatMap((one) =>
    [one.metric?.low ?? one.metric?.value, one.metric?.high ?? one.metric?.value].filter(
      (value): value is number => typeof value === 'number',
    ),
  );
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const base = swept.length === 0 ? (judged[0]?.metric?.value ?? null) : null;
  return (
    <table className="table sweep-table">
      <thead>
        <tr>
          {swept.length === 0 ? (
            <th scope="col">board</th>
          ) : (
            swept.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))
          )}
          <th scope="col" className="end">
            {metric === null ? 'metric' : metricTitle(metric)}
          </th>
          {base === null ? null : (
            <th scope="col" className="end">
              to as drawn
            </th>
          )}
          <th scope="col">95 % interval</th>
          <th scope="col">
            <span className="visually-hidden">interval as a bar</span>
          </th>
          <th scope="col" className="end">
            reused
          </th>
          <th scope="col" className="end">
            took
          </th>
          <th scope="col">run</th>
        </tr>
      </thead>
      <tbody>
        {judged.map((one) => {
          const { row, outcome, metric: value, best, level } = one;
          return (
            <tr key={row.id} className={best ? 'sweep-best' : ''}>
              {swept.length === 0 ? (
                <td>{row.title}</td>
              ) : (
                row.values.map((set, at) => (
                  <td key={at} className="number">
                    {String(set)}
                  </td>
                ))
              )}
              <td className="end number">
                {value?.value == null ? <State one={one} /> : <b>{metricValue(value.value)}</b>}{' '}
                {best ? <span className="sweep-mark">best</span> : null}
              </td>
              {base === null ? null : (
                <td className="end number quiet">
                  {value?.value == null || one === judged[0] ? '' : signed(value.value - base)}
                </td>
              )}
              <td className="quiet number" title={level ? 'The best lies within this interval' : undefined}>
                {value?.low == null || value.high == null
                  ? ''
                  : `${metricValue(value.low)} – ${metricValue(value.high)}`}
              </td>
              <td>
                <Track one={one} low={low} high={high} />
              </td>
              <td className="end quiet number">{outcome.nodes === 0 ? '' : `${outcome.reused} of ${outcome.nodes}`}</td>
              <td className="end quiet number">{outcome.seconds === null ? '' : duration(outcome.seconds * 1000)}</td>
              <td>
                {outcome.run === null ? null : (
                  <button
                    type="button"
                    className="sweep-open mono"
                    onClick={() => outcome.run !== null && onShow(outcome.run)}
                  >
                    {outcome.run}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
