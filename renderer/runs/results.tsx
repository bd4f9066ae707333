import { useState, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { failureLine } from '#shared/contract/failure.ts';
import type { NodeResult } from '#shared/contract/results.ts';
import type { Sheet } from '#shared/contract/values.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { isOfRows, metricHelp, specOf } from '#renderer/client/catalogue.ts';
import { useRuns } from '#renderer/client/run-context.ts';
import { Chart } from '#renderer/ui/chart.tsx';
import { fullCount, metricValue } from '#renderer/ui/format.ts';
import { IntervalBars, type IntervalBar } from '#renderer/ui/interval-bars.tsx';
import './results.css';

function barsOf(result: NodeResult, metric: string, title: string): readonly IntervalBar[] {
  const own = result.metrics[metric];
  const others = Object.entries(result.baselines).flatMap(([name, metrics]) =>
    metrics[metric] === undefined ? [] : [{ name: specOf(name)?.title ?? name, ...metrics[metric], strong: false }],
  );
  return [{ name: title, ...own, strong: true }, ...others];
}

/** More rows than this of a table are in the preview and in what is exported. */
const mostRows = 60;

export function SheetTable({ sheet }: { sheet: Sheet }): ReactElement {
  // A column of words with a number among them is read from the left, all of it.
  const numbers = sheet.columns.map((_, at) =>
    sheet.rows.every((row) => row[at] === null || typeof row[at] === 'number'),
  );
  return (
    <figure className={`sheet ${sheet.columns.length > 4 ? 'sheet-wide' : ''}`} aria-label={sheet.title} tabIndex={0}>
      <figcaption>
        <strong>{sheet.title}</strong>
      </figcaption>
      <table className="table">
        <thead>
          <tr>
            {sheet.columns.map((column, at) => (
              <th key={column} scope="col" className={numbers[at] ? 'end' : ''}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.slice(0, mostRows).map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} className={numbers[column] ? 'end' : ''}>
                  {cell === null
                    ? ''
                    : typeof cell === 'number'
                      ? Number.isInteger(cell)
                        ? fullCount(cell)
                        : metricValue(cell)
                      : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.rows.length > mostRows ? (
        <p className="quiet">
          The first {mostRows} of {fullCount(sheet.rows.length)} rows.
        </p>
      ) : null}
    </figure>
  );
}

/** How many users or rows the metrics of a node rest on. */
function counted({ metrics }: NodeResult): string {
  const most = Math.max(0, ...Object.values(metrics).map(({ n }) => n));
  if (most === 0) return '';
  const ofRows = Object.keys(metrics).filter(isOfRows).length;
  return `, ${fullCount(most)} ${ofRows === 0 ? 'users' : 'rows'}`;
}

/** Metrics that are shown before one asks for the others. */
const firstMetrics = 12;

function NodeReport({ title, result }: { title: string; result: NodeResult }): ReactElement {
  const [all, setAll] = useState(false);
  const ended = result.status === 'done' || result.status === 'reused';
  const metrics = Object.keys(result.metrics);
  const shown = all || metrics.length <= firstMetrics + 2 ? metrics : metrics.slice(0, firstMetrics);
  return (
    <section className="report">
      <h3>
        <bdi>{title.length > 120 ? `${title.slice(0, 120)}…` : title}</bdi>{' '}
        <span className="quiet number">
          {ended ? result.origin : result.status}
          {counted(result)}
        </span>
      </h3>
      {result.error === undefined || result.status === 'cancelled' ? null : (
        <p className="bad" dir="auto">
          {failureLine(result.error)}
        </p>
      )}
      {ended || result.status === 'failed' ? null : (
        <p className="quiet">
          {result.status === 'cancelled' ? 'Cancelled before it was finished' : `Skipped: ${result.because}`}.
        </p>
      )}
      {ended && metrics.length + result.plots.length + result.sheets.length === 0 ? (
        <p className="quiet">This node has no metric, curve or table of its own.</p>
      ) : null}
      <div className="report-grid">
        {shown.map((metric) => (
          <IntervalBars
            key={metric}
            title={metricTitle(metric)}
            about={metricHelp(metric)}
            help={result.metrics[metric].low === null ? '' : '95 % interval'}
            bars={barsOf(result, metric, title)}
          />
        ))}
      </div>
      {shown.length === metrics.length ? null : (
        <button type="button" className="link report-more" onClick={() => setAll(true)}>
          Show the {metrics.length - shown.length} other metrics
        </button>
      )}
      <div className="report-grid">
        {result.plots.map((plot) => (
          <Chart key={plot.id} spec={plot} height={170} />
        ))}
        {result.sheets.map((sheet) => (
          <SheetTable key={sheet.id} sheet={sheet} />
        ))}
      </div>
    </section>
  );
}

/** Everything that was measured: metrics with intervals beside their baselines, curves, tables. */
export function Results({ design, selected }: { design: Design; selected: readonly string[] }): ReactElement {
  const nodes = useRuns((state) => state.nodes);
  const reporting = design.board.nodes.filter((node) => {
    const result = nodes[node.id]?.result;
    if (result == null) return false;
    if (selected.length > 0) return selected.includes(node.id);
    return result.plots.length > 0 || result.sheets.length > 0 || Object.keys(result.baselines).length > 0;
  });
  const rank = (id: string): number =>
    Object.keys(nodes[id].result?.baselines ?? {}).length > 0
      ? 0
      : Object.keys(nodes[id].result?.metrics ?? {}).length > 0
        ? 1
        : 2;
  const ordered = reporting.toSorted((a, b) => rank(a.id) - rank(b.id) || b.x - a.x);
  if (reporting.length === 0) {
    return (
      <div className="empty">
        <strong>Nothing measured yet</strong>
        <span>Run a board that has an evaluation, or select a node that ran.</span>
      </div>
    );
  }
  return (
    <div className="reports">
      {ordered.map((node) => (
        <NodeReport key={node.id} title={node.title} result={nodes[node.id].result as NodeResult} />
      ))}
    </div>
  );
}
