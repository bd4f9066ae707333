import { useMemo, type ReactElement } from 'react';
import type { NodeResult } from '#shared/contract/results.ts';
import { Chart } from '#renderer/ui/chart.tsx';
import { fullCount, metricValue } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import {
  factsOf,
  guardrailsOf,
  liftsOf,
  originOf,
  segmentsOf,
  type Guardrail,
  type Judged,
  type Lift,
} from './experiment.ts';
import { EstimateCard } from './estimate-card.tsx';
import { Facts } from './facts.tsx';
import { LiftLine, reachOf } from './lift-line.tsx';
import { dayByDay, overTime } from './over-time.ts';
import { OriginLine } from './origin-line.tsx';
import { chance, change, changes } from './percent.ts';

function Warnings({ warnings }: { warnings: readonly string[] }): ReactElement | null {
  if (warnings.length === 0) return null;
  return (
    <ul className="experiment-warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning}>
          <Icon name="triangle-alert" size={14} />
          <span>{warning}</span>
        </li>
      ))}
    </ul>
  );
}

/** The title of a row, shown once where several rows in a row share it. */
function RowTitle({ title, before }: { title: string; before: string | undefined }): ReactElement {
  return <th scope="row">{before === title ? <span className="visually-hidden">{title}</span> : title}</th>;
}

function LiftTable({ lifts }: { lifts: readonly Lift[] }): ReactElement {
  const most = reachOf(lifts);
  const cuped = lifts.some((one) => one.cuped);
  return (
    <table className="table lift-table">
      <thead>
        <tr>
          <th scope="col">metric</th>
          <th scope="col">variant</th>
          <th scope="col" className="end">
            control
          </th>
          <th scope="col" className="end">
            variant
          </th>
          <th
            scope="col"
            className="end"
            title={cuped ? 'What users did before the experiment is taken out: same lift, less noise' : undefined}
          >
            {cuped ? 'lift, CUPED' : 'lift'}
          </th>
          <th scope="col">
            <span className="visually-hidden">lift as a line</span>
          </th>
          <th scope="col">fixed horizon</th>
          <th scope="col">always valid</th>
          <th scope="col" className="end">
            p adj.
          </th>
          <th scope="col" className="end">
            chance to win
          </th>
        </tr>
      </thead>
      <tbody>
        {lifts.map((one, at) => (
          <tr
            key={`${one.metric} ${one.variant}`}
            className={lifts[at - 1]?.metric === one.metric ? 'row-continued' : ''}
          >
            <RowTitle title={one.metric} before={lifts[at - 1]?.metric} />
            <td>{one.variant}</td>
            <td className="end">{metricValue(one.control)}</td>
            <td className="end">{metricValue(one.treated)}</td>
            {one.fault !== null ? (
              <td colSpan={6} className="quiet">
                {one.fault}
              </td>
            ) : (
              <>
                <td className="end">
                  <b>{change(one.value)}</b>
                </td>
                <td>
                  <LiftLine value={one.value} fixed={one.fixed} always={one.always} most={most} />
                </td>
                <td className="lift-span">{changes(one.fixed)}</td>
                <td className="lift-span quiet">{changes(one.always)}</td>
                <td className="end quiet">
                  {one.adjustedP === null ? '–' : one.adjustedP < 0.001 ? '< .001' : metricValue(one.adjustedP)}
                </td>
                <td className="end quiet">{chance(one.chance)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const guardrailTones: readonly (readonly [string, string])[] = [
  ['holds', 'good'],
  ['broken', 'bad'],
];

function Guardrails({ rows }: { rows: readonly Guardrail[] }): ReactElement {
  return (
    <table className="table guardrail-table">
      <thead>
        <tr>
          <th scope="col">guardrail</th>
          <th scope="col">variant</th>
          <th scope="col" className="end">
            change
          </th>
          <th scope="col">interval</th>
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one, at) => {
          const [word, ...rest] = one.verdict.split(':');
          return (
            <tr
              key={`${one.guardrail} ${one.variant}`}
              className={rows[at - 1]?.guardrail === one.guardrail ? 'row-continued' : ''}
            >
              <RowTitle title={one.guardrail} before={rows[at - 1]?.guardrail} />
              <td>{one.variant}</td>
              <td className="end">{change(one.change)}</td>
              <td className="lift-span">{one.fixed === null ? one.says : changes(one.fixed)}</td>
              <td>
                <b className={guardrailTones.find(([start]) => word.startsWith(start))?.[1] ?? 'unsure'}>{word}</b>{' '}
                <span className="quiet">{rest.join(':').trim()}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Segments({ result }: { result: NodeResult }): ReactElement | null {
  const segments = segmentsOf(result);
  if (segments.length === 0) return null;
  const most = reachOf(segments);
  return (
    <section aria-label="Segments">
      <h3>
        Segments <span className="quiet">not corrected for looking at many</span>
      </h3>
      <table className="table segment-table">
        <tbody>
          {segments.map((one, at) => (
            <tr
              key={`${one.segment} ${one.variant}`}
              className={segments[at - 1]?.segment === one.segment ? 'row-continued' : ''}
            >
              <RowTitle title={one.segment} before={segments[at - 1]?.segment} />
              <td>{one.variant}</td>
              <td className="end quiet">{fullCount(one.users)} users</td>
              <td className="end">
                <b>{change(one.value)}</b>
              </td>
              <td>
                <LiftLine value={one.value} fixed={one.fixed} most={most} />
              </td>
              <td className="lift-span">{changes(one.fixed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The experiment on one card; its first line says where the numbers come from. */
export function ExperimentCard({ judged, run }: { judged: Judged; run: string | null }): ReactElement {
  const { result, title } = judged;
  const lifts = useMemo(() => liftsOf(result), [result]);
  const charts = useMemo(() => [...overTime(result.plots), ...dayByDay(result.plots)], [result]);
  const facts = factsOf(result).filter(([what]) => what !== 'Origin');
  const goals = lifts.filter((one) => one.verdict === null);
  const guardrails = guardrailsOf(result, lifts);
  return (
    <article className="experiment-card" aria-label={title}>
      <OriginLine says={originOf(judged.result)} tone={judged.simulated ? 'made-up' : 'plain'} />
      <header>
        <h2>{title}</h2>
        <span className="quiet mono">{run}</span>
      </header>
      <Warnings warnings={result.warnings} />
      {facts.length === 0 ? null : <Facts facts={facts} />}
      {goals.length === 0 ? null : (
        <section aria-label="Lifts">
          <LiftTable lifts={goals} />
        </section>
      )}
      {charts.length === 0 ? null : (
        <section className="experiment-charts" aria-label="Lift over time">
          {charts.map((chart) => (
            <Chart key={chart.title} spec={chart} height={170} />
          ))}
        </section>
      )}
      {guardrails.length === 0 ? null : (
        <section aria-label="Guardrails">
          <h3>Guardrails</h3>
          <Guardrails rows={guardrails} />
        </section>
      )}
      <Segments result={result} />
      {lifts.length === 0 ? <EstimateCard result={result} /> : null}
    </article>
  );
}
