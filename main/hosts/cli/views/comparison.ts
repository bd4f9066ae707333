import type { MetricComparison, RunComparison } from '#shared/contract/comparisons.ts';
import { countText, metricHeading, valueText } from '#shared/documents/numbers.ts';
import { colour, safe, textTable } from '../text.ts';

/** Two runs side by side: what changed in the drawing, then what changed in the metrics. */
export function comparisonText(comparison: RunComparison): string {
  const changes =
    comparison.changes.length === 0
      ? ['  nothing that makes a difference changed']
      : comparison.changes.map((change) => `  ${safe(change)}`);
  let text = `${colour('bold', `${comparison.a} → ${comparison.b}`)}\n${changes.join('\n')}\n`;
  if (comparison.metrics.length === 0) return `${text}\n  the two runs have no metric in common\n`;
  const rows: (string | string[])[] = [];
  let node = '';
  for (const one of comparison.metrics) {
    if (one.node !== node) rows.push(colour('bold', safe((node = one.node))));
    rows.push(metricRow(one));
  }
  const columns = [
    { title: 'metric' },
    { title: comparison.a, right: true },
    { title: comparison.b, right: true },
    { title: 'difference', right: true },
    { title: '95 % interval' },
    { title: 'p (Holm)', right: true },
    { title: 'users', right: true },
    { title: '' },
  ];
  text += `\n${textTable(columns, rows)}`;
  return text;
}

function metricRow({ metric, a, b, difference }: MetricComparison): string[] {
  const values = [`  ${metricHeading(metric)}`, valueText(a.value), valueText(b.value)];
  if (difference === null) {
    const plain = a.value === null || b.value === null ? '' : signed(b.value - a.value);
    return [...values, plain, '', '', '', ''];
  }
  const clear = difference.low > 0 || difference.high < 0;
  const verdict = clear
    ? colour(difference.mean > 0 ? 'green' : 'red', difference.mean > 0 ? 'higher' : 'lower')
    : colour('gray', 'no clear difference');
  return [
    ...values,
    signed(difference.mean),
    `[${signed(difference.low)}, ${signed(difference.high)}]`,
    pText(difference.pHolm),
    countText(difference.users),
    verdict,
  ];
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${valueText(value)}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
