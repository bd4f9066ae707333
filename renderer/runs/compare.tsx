import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { MetricComparison } from '#shared/contract/methods.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { metricTitle, metricValue, signed } from '#renderer/ui/format.ts';

function Difference({ one }: { one: MetricComparison }): ReactElement {
  const { difference: gap } = one;
  if (gap === null) {
    const plain = one.a.value === null || one.b.value === null ? null : one.b.value - one.a.value;
    return <span className="quiet">{plain === null ? '–' : signed(plain)}</span>;
  }
  const clear = gap.low > 0 || gap.high < 0;
  return (
    <span
      className={clear ? 'difference-clear' : ''}
      title={`paired over ${gap.users} users, p = ${gap.p.toPrecision(2)}, after Holm ${gap.pHolm.toPrecision(2)}`}
    >
      <b>{signed(gap.mean)}</b>{' '}
      <span className="quiet">
        {signed(gap.low)} to {signed(gap.high)}
      </span>
    </span>
  );
}

/** Where a difference lies on a line around zero, with its interval. */
function DifferenceBar({ one, most }: { one: MetricComparison; most: number }): ReactElement {
  const { difference: gap } = one;
  if (gap === null) return <span className="difference-bar" />;
  const at = (value: number): string => `${50 + (value / most) * 48}%`;
  return (
    <span className="difference-bar" aria-hidden="true">
      <i className="difference-zero" />
      <i
        className={`difference-range ${gap.low > 0 || gap.high < 0 ? 'difference-sure' : ''}`}
        style={{ left: at(gap.low), width: `calc(${at(gap.high)} - ${at(gap.low)})` }}
      />
      <i className="difference-dot" style={{ left: at(gap.mean) }} />
    </span>
  );
}

/** Two runs: what changed in the drawing beside what changed in the metrics. */
export function Compare({ a, b, titles }: { a: string; b: string; titles: ReadonlyMap<string, string> }): ReactElement {
  const connection = useConnection();
  const answer = useAnswer(`${a} ${b}`, () => connection.call('runs.compare', { a, b }));
  const [all, setAll] = useState(false);
  if (answer.failure !== null) return <p className="bad pad">{failureLine(answer.failure)}</p>;
  const comparison = answer.value;
  if (comparison === null) return <p className="quiet pad">Comparing …</p>;
  const moved = comparison.metrics.filter((one) => one.difference !== null || one.a.value !== one.b.value);
  const shown = all ? comparison.metrics : moved.slice(0, 40);
  const most = Math.max(
    1e-9,
    ...shown.map((one) => Math.max(Math.abs(one.difference?.low ?? 0), Math.abs(one.difference?.high ?? 0))),
  );
  return (
    <div className="compare">
      <section className="compare-changes">
        <h3>
          What changed, <span className="mono">{a}</span> to <span className="mono">{b}</span>
        </h3>
        {comparison.changes.length === 0 ? (
          <p className="quiet">Nothing in drawing, parameters, data or seed.</p>
        ) : null}
        <ul>
          {comparison.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </section>
      <section className="compare-metrics">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">node</th>
              <th scope="col">metric</th>
              <th scope="col" className="end">
                {a}
              </th>
              <th scope="col" className="end">
                {b}
              </th>
              <th scope="col" className="end">
                difference, 95 %
              </th>
              <th scope="col">
                <span className="visually-hidden">difference as a bar</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={`${one.node} ${one.metric}`}>
                <td className="truncate">{titles.get(one.node) ?? one.node}</td>
                <td>{metricTitle(one.metric)}</td>
                <td className="end">{metricValue(one.a.value)}</td>
                <td className="end">{metricValue(one.b.value)}</td>
                <td className="end">
                  <Difference one={one} />
                </td>
                <td>
                  <DifferenceBar one={one} most={most} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? <p className="quiet">No metric differs.</p> : null}
        {!all && moved.length < comparison.metrics.length ? (
          <button type="button" className="link" onClick={() => setAll(true)}>
            Show the {comparison.metrics.length - moved.length} metrics that are equal
          </button>
        ) : null}
      </section>
    </div>
  );
}
