import type { ReactElement } from 'react';
import type { NodeResult } from '#shared/contract/results.ts';
import { metricValue } from '#renderer/ui/format.ts';
import { IntervalBars } from '#renderer/ui/interval-bars.tsx';
import { comparedPolicies, policiesOf, type JudgedPolicy } from './experiment.ts';
import { Facts } from './facts.tsx';

const resampled = '95 %, users resampled';

/** Rates are small: per hundred impressions they have digits that tell them apart. */
function perHundred<E extends { value: number | null; low: number | null; high: number | null }>(estimate: E): E {
  const times = (value: number | null): number | null => (value === null ? null : 100 * value);
  return { ...estimate, value: times(estimate.value), low: times(estimate.low), high: times(estimate.high) };
}

/** Several policies from one log, and those that it cannot speak for. */
function Compared({ result }: { result: NodeResult }): ReactElement | null {
  const policies = comparedPolicies(result);
  if (policies.length === 0) return null;
  const refused = policies.filter(({ value }) => value === null);
  return (
    <div className="estimate-grid">
      <IntervalBars
        title="Clicks per 100 impressions, by policy"
        help={`doubly robust; ${resampled}`}
        bars={policies
          .filter(({ value }) => value !== null)
          .map(perHundred)
          .map(({ title, value, low, high }) => ({ name: title, value, low, high, strong: false }))}
      />
      {refused.length === 0 ? null : (
        <NotStated lines={refused.map(({ title, note }) => `${title}: ${note}`)} title="Not judged" />
      )}
    </div>
  );
}

function NotStated({ lines, title }: { lines: readonly string[]; title: string }): ReactElement {
  return (
    <section className="not-stated" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Policy({ policy: { name, estimates, support } }: { policy: JudgedPolicy }): ReactElement {
  const stated = estimates.filter(({ value }) => value !== null);
  const refused = estimates.filter(({ value }) => value === null);
  return (
    <section className="estimate-grid" aria-label={name === '' ? 'Estimates' : name}>
      <div className="estimates">
        <IntervalBars
          title={name === '' ? 'Clicks per 100 impressions, by estimator' : `${name}, by estimator`}
          help={resampled}
          bars={stated.map(perHundred).map(({ title, ...estimate }) => ({
            name: title,
            ...estimate,
            strong: /^doubly robust$/i.test(title),
          }))}
        />
        {refused.length === 0 ? null : <NotStated lines={refused.map(({ title }) => title)} title="Not stated" />}
      </div>
      {support.length === 0 ? null : (
        <Facts facts={support.map(([what, value]) => [what, value === null ? '' : metricValue(value)] as const)} />
      )}
    </section>
  );
}

/** Estimates from a log: policies side by side, every estimator with its interval, and how far the log can speak. */
export function EstimateCard({ result }: { result: NodeResult }): ReactElement {
  return (
    <>
      <Compared result={result} />
      {policiesOf(result).map((policy) => (
        <Policy key={policy.name} policy={policy} />
      ))}
    </>
  );
}
