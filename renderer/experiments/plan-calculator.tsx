import { useEffect, useId, useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { ExperimentPlan, ExperimentPlanOptions } from '#shared/contract/experiments.ts';
import { paramFault, type Param } from '#shared/contract/params.ts';
import { metricTitle } from '#shared/contract/metric.ts';
import { specOf } from '#renderer/client/catalogue.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Chart } from '#renderer/ui/chart.tsx';
import { fullCount, metricValue } from '#renderer/ui/format.ts';
import { OriginLine } from './origin-line.tsx';
import { percent } from './percent.ts';
import { planCharts } from './plan-charts.ts';

type Settings = ExperimentPlanOptions['params'];

export interface Pilot {
  readonly run: string;
  readonly node: string;
  readonly title: string;
}

/** What can be set, with what a pilot makes superfluous. */
const byHand = ['mean', 'deviation', 'usersPerDay'];
const always = ['lift', 'days', 'arms', 'alpha', 'power', 'sequential'];

interface FieldProps {
  readonly param: Param;
  readonly value: Settings[string];
  /** What the value means, where it does not say so. */
  readonly note: string | null;
  onChange(value: Settings[string]): void;
}

/** One parameter of the plan; what is no valid value stays on screen with its reason and is not asked for. */
function Field({ param, value, note, onChange }: FieldProps): ReactElement {
  const id = useId();
  const [text, setText] = useState(String(value));
  const [fault, setFault] = useState<string | null>(null);
  if (param.kind === 'flag') {
    return (
      <label className="plan-field" title={param.help}>
        <span>{param.title}</span>
        <input
          type="checkbox"
          role="switch"
          className="switch"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      </label>
    );
  }
  if (param.kind === 'choice') {
    return (
      <label className="plan-field" title={param.help}>
        <span>{param.title}</span>
        <select className="select" value={String(value)} onChange={(event) => onChange(event.target.value)}>
          {param.choices.map((choice) => (
            <option key={choice} value={choice}>
              {metricTitle(choice)}
            </option>
          ))}
        </select>
      </label>
    );
  }
  const take = (typed: string): void => {
    setText(typed);
    const next = typed.trim() === '' ? Number.NaN : Number(typed);
    const wrong = paramFault(param, next);
    setFault(wrong);
    if (wrong === null) onChange(next);
  };
  return (
    <label className="plan-field" htmlFor={id} title={param.help}>
      <span>{param.title}</span>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => take(event.target.value)}
      />
      {fault === null ? (
        note === null ? null : (
          <small className="quiet">{note}</small>
        )
      ) : (
        <small id={`${id}-fault`} className="bad">
          {fault}
        </small>
      )}
    </label>
  );
}

/** What a setting means where the number alone does not say so. */
function noteOn(name: string, value: Settings[string]): string | null {
  if (name === 'deviation' && value === 0) return '0 takes the mean for a share: √(p (1 − p))';
  return name === 'lift' ? `${percent(Number(value)).replace('.0 ', ' ')} of the mean` : null;
}

/** What is asked settles for a moment before it is computed. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 200);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Headlines({ plan, settings }: { plan: ExperimentPlan; settings: Settings }): ReactElement {
  const of = (name: string): number | null => plan.metrics[name]?.value ?? null;
  const count = (value: number | null): string => (value === null ? 'never' : fullCount(value));
  const days = Number(settings['days']);
  return (
    <dl className="plan-headlines">
      <div>
        <dt>Users per variant</dt>
        <dd>{count(of('users-per-variant'))}</dd>
        <dd>
          <small>to find a lift of {percent(Number(settings['lift'])).replace('.0 ', ' ')}</small>
        </dd>
      </div>
      <div>
        <dt>Days</dt>
        <dd>{count(of('days-needed'))}</dd>
        <dd>
          <small>at {fullCount(of('users-per-day') ?? 0)} new users a day</small>
        </dd>
      </div>
      <div>
        <dt>Power in {days} days</dt>
        <dd>{percent(of('power-at-hand'))}</dd>
        <dd>
          <small>chance of finding that lift</small>
        </dd>
      </div>
      <div>
        <dt>Smallest lift in {days} days</dt>
        <dd>{percent(of('smallest-lift-at-hand'))}</dd>
        <dd>
          <small>found with power {percent(Number(settings['power'])).replace('.0 ', ' ')}</small>
        </dd>
      </div>
      <div>
        <dt>Mean per user</dt>
        <dd>{metricValue(of('baseline-mean'))}</dd>
        <dd>
          <small>standard deviation {metricValue(of('baseline-deviation'))}</small>
        </dd>
      </div>
    </dl>
  );
}

function Answer({ plan, settings }: { plan: ExperimentPlan; settings: Settings }): ReactElement {
  const card = plan.sheets.find((sheet) => sheet.id === 'plan');
  const origin = card?.rows.find((row) => row[0] === 'Origin')?.[1];
  return (
    <>
      <OriginLine says={String(origin ?? 'Estimated: by formula')} />
      <Headlines plan={plan} settings={settings} />
      {plan.warnings.map((warning) => (
        <p key={warning} className="plan-warning">
          {warning}
        </p>
      ))}
      <div className="experiment-charts">
        {planCharts(plan.plots, Number(settings['power'])).map((chart) => (
          <Chart key={chart.title} spec={chart} height={190} />
        ))}
      </div>
    </>
  );
}

/** How many users and days an experiment needs, or what it can find in the time there is. */
export function PlanCalculator({ pilots }: { pilots: readonly Pilot[] }): ReactElement {
  const connection = useConnection();
  const params = specOf('power')?.params ?? {};
  const [settings, setSettings] = useState<Settings>(() =>
    Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default as Settings[string]])),
  );
  const [chosen, setChosen] = useState('');
  const pilot = pilots.find((one) => one.node === chosen);
  const asked = useSettled(
    JSON.stringify({
      params: settings,
      ...(pilot === undefined ? {} : { pilot: { run: pilot.run, node: pilot.node } }),
    }),
  );
  const answer = useAnswer(asked, () =>
    connection.call('experiments.plan', JSON.parse(asked) as ExperimentPlanOptions),
  );
  const names = [...(pilot === undefined ? byHand : ['metric']), ...always];
  return (
    <div className="plan">
      <form className="plan-form" aria-label="Plan" onSubmit={(event) => event.preventDefault()}>
        <label className="plan-field plan-field-wide">
          <span>Variance and traffic</span>
          <select
            className="select"
            value={pilot === undefined ? '' : chosen}
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value="">given by hand</option>
            {pilots.map((one) => (
              <option key={one.node} value={one.node}>
                {one.title}, {one.run}
              </option>
            ))}
          </select>
        </label>
        {names.map((name) => (
          <Field
            key={name}
            param={params[name]}
            value={settings[name]}
            note={noteOn(name, settings[name])}
            onChange={(value) => setSettings((before) => ({ ...before, [name]: value }))}
          />
        ))}
        {pilots.length === 0 ? (
          <p className="quiet plan-hint">Run a board with a user simulator to plan from its variance.</p>
        ) : null}
      </form>
      <div className="plan-answer" aria-live="polite">
        {answer.failure === null ? null : <p className="bad">{failureLine(answer.failure)}</p>}
        {answer.value === null ? null : <Answer plan={answer.value} settings={settings} />}
      </div>
    </div>
  );
}
