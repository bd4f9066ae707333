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
  type Segment,
} from './experiment.ts';
import { EstimateCard } from './estimate-card.tsx';
import { Facts } from './facts.tsx';
import { GroupedTable, type Head } from './grouped-table.tsx';
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

function liftHeads(cuped: boolean): readonly Head[] {
  return [
    { title: 'metric' },
    { title: 'variant' },
    { title: 'control', end: true },
    { title: 'treated', end: true },
    {
      title: cuped ? 'lift, CUPED' : 'lift',
      end: true,
      help: cuped ? 'What users did before the experiment is taken out: same lift, less noise' : undefined,
    },
    { title: 'lift as a line', hidden: true },
    { title: 'fixed horizon', help: 'Valid once, at the planned end' },
    { title: 'always valid', help: 'Valid however often one looks' },
    { title: 'p adj.', end: true },
    { title: 'chance to win', end: true },
  ];
}

function LiftTable({ lifts }: { lifts: readonly Lift[] }): ReactElement {
  const most = reachOf(lifts);
  const cells = (one: Lift): ReactElement => (
    <>
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
    </>
  );
  return (
    <GroupedTable
      className="lift-table"
      heads={liftHeads(lifts.some((one) => one.cuped))}
      rows={lifts.map((one) => ({ key: `${one.metric} ${one.variant}`, group: one.metric, cells: cells(one) }))}
    />
  );
}

const guardrailTones: readonly (readonly [string, string])[] = [
  ['holds', 'good'],
  ['broken', 'bad'],
];

const guardrailHeads: readonly Head[] = [
  { title: 'guardrail' },
  { title: 'variant' },
  { title: 'change', end: true },
  { title: 'interval' },
  { title: 'verdict' },
];

function Guardrails({ rows }: { rows: readonly Guardrail[] }): ReactElement {
  const cells = (one: Guardrail): ReactElement => {
    const [word, ...rest] = one.verdict.split(':');
    return (
      <>
        <td>{one.variant}</td>
        <td className="end">{change(one.change)}</td>
        <td className="lift-span">{one.fixed === null ? one.says : changes(one.fixed)}</td>
        <td>
          <b className={guardrailTones.find(([start]) => word.startsWith(start))?.[1] ?? 'unsure'}>{word}</b>{' '}
          <span className="quiet">{rest.join(':').trim()}</span>
        </td>
      </>
    );
  };
  return (
    <GroupedTable
      className="guardrail-table"
      heads={guardrailHeads}
      rows={rows.map((one) => ({ key: `${one.guardrail} ${one.variant}`, group: one.guardrail, cells: cells(one) }))}
    />
  );
}

function Segments({ result }: { result: NodeResult }): ReactElement | null {
  const segments = segmentsOf(result);
  if (segments.length === 0) return null;
  const most = reachOf(segments);
  const cells = (one: Segment): ReactElement => (
    <>
      <td>{one.variant}</td>
      <td className="end quiet">{fullCount(one.users)} users</td>
      <td className="end">
        <b>{change(one.value)}</b>
      </td>
      <td>
        <LiftLine value={one.value} fixed={one.fixed} most={most} />
      </td>
      <td className="lift-span">{changes(one.fixed)}</td>
    </>
  );
  return (
    <section aria-label="Segments">
      <h3>
        Segments <span className="quiet">not corrected for looking at many</span>
      </h3>
      <GroupedTable
        className="segment-table"
        rows={segments.map((one) => ({ key: `${one.segment} ${one.variant}`, group: one.segment, cells: cells(one) }))}
      />
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
