import type { MetricValue, Sheet } from '#shared/contract/values.ts';
import type { Support } from '#shared/kernels/off-policy/support.ts';

export interface Estimated {
  readonly id: string;
  readonly title: string;
  /** Why it is left empty; null where it is not. */
  readonly fault: string | null;
  readonly metric: MetricValue;
}

/** What was found out of one policy. */
export interface JudgedOutcome {
  readonly name: string;
  /** Why it is not judged; null where it is. */
  readonly fault: string | null;
  readonly estimates: readonly Estimated[];
  readonly support: Support | null;
  readonly onPolicy: MetricValue | null;
}

/** What was judged from what; its first line says where the numbers come from. */
export function estimateCard(
  log: { readonly name: string; readonly simulated: boolean },
  outcomes: readonly JudgedOutcome[],
): Sheet {
  const origin = log.simulated
    ? 'Estimated: computed from a log of simulated users, who exist only in the simulator'
    : 'Estimated: computed from a log of another policy';
  return {
    id: 'experiment-card',
    title: 'Estimate card (estimated)',
    columns: ['what', 'says'],
    rows: [
      ['Origin', origin],
      ['Log', log.name],
      ...outcomes.map(({ name, fault }): [string, string] =>
        fault === null ? ['Judged', name] : ['Not judged', `${name}: ${fault}`],
      ),
      [
        'Intervals',
        'users drawn anew; for the direct method folds of users left out, with its click model fitted anew',
      ],
    ],
  };
}

/** All policies at a glance: the doubly robust estimate, or why there is none. */
export function policySheet(outcomes: readonly JudgedOutcome[]): Sheet {
  return {
    id: 'policies',
    title: 'Policies (estimated, doubly robust)',
    columns: ['policy', 'clicks per impression', 'low', 'high', 'effective rows', 'note'],
    rows: outcomes.map(({ name, fault, estimates, support, onPolicy }) => {
      const robust = estimates.find((one) => one.id === 'ctr-dr')?.metric;
      const shown =
        onPolicy === null || onPolicy.value === null ? '' : `shown itself: ${onPolicy.value.toPrecision(3)}`;
      return [
        name,
        robust?.value ?? null,
        robust?.low ?? null,
        robust?.high ?? null,
        support === null ? null : Math.round(support.effectiveRows),
        fault ?? shown,
      ];
    }),
  };
}

/** Every estimator of a policy, and how far the log can speak for it. */
export function estimateSheets({ name, estimates, support, onPolicy }: JudgedOutcome, several: boolean): Sheet[] {
  if (support === null) return [];
  const [suffix, of] = several ? [`:${name}`, ` of ${name}`] : ['', ''];
  const rows = estimates.map(({ title, fault, metric }) => [
    fault === null ? title : `${title}: ${fault}`,
    metric.value,
    metric.low,
    metric.high,
  ]);
  if (onPolicy !== null) rows.push(['Shown itself (not an estimate)', onPolicy.value, onPolicy.low, onPolicy.high]);
  return [
    {
      id: `off-policy${suffix}`,
      title: `Off-policy estimates of the click-through rate${of} (estimated)`,
      columns: ['estimator', 'clicks per impression', 'low', 'high'],
      rows,
    },
    {
      id: `support${suffix}`,
      title: `How far the log can speak${several ? ` for ${name}` : ''} (estimated)`,
      columns: ['what', 'value'],
      rows: [
        ['rows', support.rows],
        ['effective rows, (Σw)² / Σw²', support.effectiveRows],
        ['largest weight', support.largestWeight],
        ['mean weight (1 where support holds)', support.meanWeight],
        ['rows that the policy would not have shown', support.unusedRows],
      ],
    },
  ];
}
