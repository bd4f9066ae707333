import type { Context } from '#shared/contract/component.ts';
import type { Analysis } from './experiment-analysis.ts';

/** Says on the node whatever a reader must know before believing the result. */
export function warnOf(analysis: Analysis, about: { readonly sharedSupply: boolean }, context: Context): void {
  if (analysis.withheld !== null) context.warn(`no result: ${analysis.withheld}`);
  for (const note of analysis.rows.notes) context.warn(note);
  for (const { metric, variant, finding } of analysis.comparisons) {
    if (finding.fault === null) continue;
    const nothing =
      metric.column === 'conversion' || metric.column === 'revenue' ? '; there may be no conversions at all' : '';
    context.warn(`${metric.title}, ${analysis.rows.names[variant]}: no lift can be stated: ${finding.fault}${nothing}`);
  }
  if (analysis.rows.days < 7 && analysis.withheld === null)
    context.warn(`${analysis.rows.days} days: less than a full week, so weekdays weigh unequally`);
  if (about.sharedSupply)
    context.warn(
      'users of all variants share supply: what one variant takes the other lacks, and the lift is overstated; randomise by market or by time instead',
    );
  if (analysis.rows.names.length > 2)
    context.log(`${analysis.rows.names.length - 1} variants are compared with one control`);
}
