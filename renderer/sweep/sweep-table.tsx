import type { ReactElement } from 'react';
import type { Difference } from '#shared/contract/comparisons.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { GapBar, GapText, isClear, reachOf, verdictOf } from '#renderer/ui/difference.tsx';
import { duration, metricValue } from '#renderer/ui/format.ts';
import { lowerIsBetter, type Judged } from './judge.ts';
import type { Swept } from './rows.ts';
import type { Against } from './use-against.ts';

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
  const words =
    metric?.low == null || metric.high == null ? '' : `${metricValue(metric.low)} to ${metricValue(metric.high)}`;
  const at = (value: number): string => `${high > low ? 2 + ((value - low) / (high - low)) * 96 : 50}%`;
  return (
    <span className="sweep-track" title={words}>
      <span className="visually-hidden">{words}</span>
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
  readonly against: Against;
  /** Which rows lie within the brushes. */
  readonly kept: readonly boolean[];
  readonly pointed: string | null;
  onPoint(row: string | null): void;
  onShow(run: string): void;
}

function betterOf(metric: string | null): 'lower' | 'higher' {
  return metric !== null && lowerIsBetter(metric) ? 'lower' : 'higher';
}

/** How far a row is from the one that all are measured against. */
function Gap({ one, metric, against }: { one: Judged; metric: string | null; against: Against }): ReactElement | null {
  const { run } = one.outcome;
  if (run === null || run === against.reference || one.metric?.value == null) return null;
  const gap = against.differences.get(run);
  if (gap === undefined) return <span className="quiet">{against.loading ? '…' : ''}</span>;
  const better = betterOf(metric);
  return (
    <>
      <GapText gap={gap} better={better} />
      {isClear(gap) || verdictOf(gap, better) === 'none' ? null : <span className="sweep-level">within noise</span>}
    </>
  );
}

/** One row per run: what was set, what came out, and the way to the run itself. */
export function SweepTable(props: SweepTableProps): ReactElement {
  const { swept, judged, metric, against, kept, pointed, onPoint, onShow } = props;
  const ends = judged.flatMap((one) =>
    [one.metric?.low ?? one.metric?.value, one.metric?.high ?? one.metric?.value].filter(
      (value): value is number => typeof value === 'number',
    ),
  );
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const gapOf = (one: Judged): Difference | null =>
    one.outcome.run === null ? null : (against.differences.get(one.outcome.run) ?? null);
  const most = reachOf(judged.map(gapOf));
  return (
    <div className="sweep-rows" role="region" aria-label="Runs of this sweep" tabIndex={0}>
      <table className="table sweep-table">
        <thead>
          <tr>
            {swept.length === 0 ? (
              <th scope="col">board</th>
            ) : (
              swept.map(({ title }) => (
                <th key={title} scope="col" className="sweep-param truncate" title={title}>
                  {title}
                </th>
              ))
            )}
            <th scope="col" className="end">
              {metric === null ? 'metric' : metricTitle(metric)}
            </th>
            <th scope="col" className="end">
              {swept.length === 0 ? 'to as drawn' : 'to the best'}, paired 95 %
            </th>
            <th scope="col">{swept.length === 0 ? 'difference' : '95 % of each'}</th>
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
          {judged.map((one, place) => {
            const { row, outcome, metric: value, best } = one;
            return (
              <tr
                key={row.id}
                className={`${best ? 'sweep-best' : ''} ${kept[place] === false ? 'sweep-out' : ''} ${row.id === pointed ? 'sweep-row-pointed' : ''}`}
                onPointerEnter={() => onPoint(row.id)}
                onPointerLeave={() => onPoint(null)}
                onFocus={() => onPoint(row.id)}
                onBlur={() => onPoint(null)}
              >
                {swept.length === 0 ? (
                  <td className="sweep-board truncate" title={row.title}>
                    <bdi>{row.title}</bdi>
                  </td>
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
                <td className="end number">
                  <Gap one={one} metric={metric} against={against} />
                </td>
                <td>
                  {swept.length === 0 ? (
                    <GapBar gap={gapOf(one)} better={betterOf(metric)} most={most} />
                  ) : (
                    <Track one={one} low={low} high={high} />
                  )}
                </td>
                <td className="end quiet number">
                  {outcome.nodes === 0 ? '' : `${outcome.reused} of ${outcome.nodes}`}
                </td>
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
    </div>
  );
}
