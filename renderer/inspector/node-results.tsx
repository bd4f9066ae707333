import { useMemo, type ReactElement } from 'react';
import type { Node } from '#shared/contract/design.ts';
import type { CurvePoint, NodeResult } from '#shared/contract/results.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { metricHelp } from '#renderer/client/catalogue.ts';
import type { NodePlan, NodeRun } from '#renderer/client/run-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Chart } from '#renderer/ui/chart.tsx';
import type { ChartSpec } from '#renderer/ui/chart-model.ts';
import { bytes, duration, fullCount, metricValue } from '#renderer/ui/format.ts';

/** Learning curves: losses on one chart, every other measure on one of its own, because they have other scales. */
export function curveSpecs(points: readonly CurvePoint[]): readonly ChartSpec[] {
  if (points.length < 2) return [];
  const groups = new Map<string, string[]>();
  for (const name of new Set(points.flatMap((point) => Object.keys(point.values)))) {
    const group = /loss/i.test(name) ? 'loss' : name.replace(/^(training|train|validation|test) /i, '').toLowerCase();
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([group, names]) => ({
    title: `Learning: ${names.length === 1 ? metricTitle(names[0]) : metricTitle(group)}`,
    x: 'step',
    y: metricTitle(group),
    mark: 'line',
    series: names.map((name) => {
      const having = points.filter((point) => point.values[name] !== undefined);
      return { name, x: having.map((point) => point.step), y: having.map((point) => point.values[name]) };
    }),
  }));
}

function Row({ title, children }: { title: string; children: string }): ReactElement {
  return (
    <>
      <dt>{title}</dt>
      <dd className="number">{children}</dd>
    </>
  );
}

function Measured({ run }: { run: NodeRun }): ReactElement | null {
  const result = run.result;
  if (result === null) return null;
  const { latency } = result;
  return (
    <dl className="measured">
      {result.in === null ? null : <Row title="In">{fullCount(result.in)}</Row>}
      {result.out === null ? null : <Row title="Out">{`${fullCount(result.out)} ${result.unit}`}</Row>}
      {result.fitMillis === null ? null : (
        <Row title="Fit">{`${duration(result.fitMillis)}${result.stateBytes === null ? '' : ` · ${bytes(result.stateBytes)}`}`}</Row>
      )}
      {result.applyMillis === null ? null : <Row title="Apply, all requests">{duration(result.applyMillis)}</Row>}
      {latency === null ? null : (
        <>
          <Row title={`p50 of ${fullCount(latency.requests)} single requests`}>{duration(latency.p50)}</Row>
          <Row title="p99">{duration(latency.p99)}</Row>
        </>
      )}
      {Object.entries(result.measures).map(([name, value]) => (
        <Row key={name} title={name}>
          {metricValue(value)}
        </Row>
      ))}
    </dl>
  );
}

function MetricRows({ run }: { run: NodeRun }): ReactElement | null {
  const metrics = Object.entries(run.result?.metrics ?? {});
  if (metrics.length === 0) return null;
  return (
    <table className="table metric-table">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className="end">
            Value
          </th>
          <th scope="col" className="end">
            95 % interval
          </th>
        </tr>
      </thead>
      <tbody>
        {metrics.map(([name, metric]) => (
          <tr key={name}>
            <td title={metricHelp(name)}>{metricTitle(name)}</td>
            <td className="end">
              <b>{metricValue(metric.value)}</b>
            </td>
            <td className="end quiet">
              {metric.low === null || metric.high === null
                ? ''
                : `${metricValue(metric.low)} – ${metricValue(metric.high)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NodeResultsProps {
  readonly node: Node;
  readonly run: NodeRun | undefined;
  readonly plan: NodePlan | undefined;
  /** Only what fits under the parameters. */
  readonly short: boolean;
  onRun(): void;
}

/** Whether a node came far enough to have numbers. */
function hasNumbers(result: NodeResult | null): boolean {
  return result?.status === 'done' || result?.status === 'reused';
}

/** What was measured at a node in the last run, or what it is learning in the one that goes on. */
export function NodeResults({ node, run, plan, short, onRun }: NodeResultsProps): ReactElement {
  const curves = useMemo(() => curveSpecs(run?.curve ?? []), [run?.curve]);
  if (run === undefined || (run.result === null && run.curve.length === 0)) {
    return (
      <div className="empty">
        <strong>Nothing measured yet</strong>
        <span>
          {node.binding === undefined
            ? 'A drawn node is not run. Bind it to a component first.'
            : 'Run the board up to this node to see its numbers.'}
        </span>
        {node.binding === undefined ? null : (
          <Button icon="play" onClick={onRun}>
            Run to here
          </Button>
        )}
      </div>
    );
  }
  const result = run.result;
  return (
    <section className="inspector-section results">
      {result?.status === 'cancelled' ? (
        <p className="quiet">Cancelled before it was finished. Run again for its numbers.</p>
      ) : null}
      {result?.status === 'skipped' && result.because !== '' ? (
        <p className="quiet">Skipped: {result.because}.</p>
      ) : null}
      {result?.error === undefined || result.status === 'cancelled' ? null : (
        <div className="failure-box" role="alert">
          <strong>{result.error.what}</strong>
          {result.error.where === undefined ? null : <span className="mono quiet">{result.error.where}</span>}
          {result.error.remedy === undefined ? null : <span>{result.error.remedy}</span>}
        </div>
      )}
      {plan === undefined || plan.reused || !hasNumbers(result) ? null : (
        <p className="stale-line">Stale: {plan.because}. The numbers below are from before.</p>
      )}
      {curves.map((curve) => (
        <Chart key={curve.title} spec={curve} height={short ? 130 : 160} />
      ))}
      {result === null || !hasNumbers(result) ? null : (
        <h4>
          {result.origin === 'measured'
            ? 'Measured here'
            : `${result.origin.charAt(0).toUpperCase()}${result.origin.slice(1)} here`}
          <span className="quiet">{run.state === 'reused' ? 'reused' : ''}</span>
        </h4>
      )}
      <MetricRows run={run} />
      <Measured run={run} />
      {(result?.warnings ?? []).map((warning) => (
        <p key={warning} className="stale-line">
          {warning}
        </p>
      ))}
      {short ? null : (result?.plots ?? []).map((plot) => <Chart key={plot.id} spec={plot} />)}
    </section>
  );
}
