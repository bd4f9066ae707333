import { RunboardError } from '#shared/contract/failure.ts';
import type { Dataset } from '#shared/contract/values.ts';
import type { LogFrame } from './exposure-log.ts';
import type { Exposures } from './exposures.ts';

/** What a log of the same world says happened before. Throws RunboardError 'bad-board' for a log of another. */
export function pastOf(log: Dataset, { base, placeOf, persona, start, names }: LogFrame): Exposures {
  const { impressions } = log;
  const variant = impressions?.table.columns['variant'];
  const same =
    impressions !== null &&
    variant?.kind === 'category' &&
    log.users.ids.length === persona.length &&
    log.fingerprint.startsWith(`simulated-${base.fingerprint}-`) &&
    names.every((name, v) => variant.names[v] === name);
  if (!same) {
    throw new RunboardError('bad-board', `${log.name} is no log of the same users, variants and data`, {
      where: 'past',
      remedy: 'wire the log of a simulator with equal lists, users, traffic and variants, for the days before',
    });
  }
  const simulated = new Int32Array(persona.length);
  placeOf.forEach((place, u) => (simulated[place] = u));
  const column = (name: string): Float32Array => {
    const values = impressions.table.columns[name];
    return values?.kind === 'number' ? Float32Array.from(values.values) : new Float32Array(0);
  };
  const sequence = impressions.table.columns['sequence'];
  return {
    rows: impressions.user.length,
    user: impressions.user.map((place) => simulated[place]),
    item: impressions.item,
    time: impressions.time.map((seconds) => seconds - start),
    request: impressions.request,
    position: impressions.position,
    propensity: impressions.propensity,
    sequence: Float64Array.from(sequence?.kind === 'number' ? sequence.values : []),
    click: impressions.click,
    variant: variant.codes,
    dwell: column('dwell'),
    conversion: column('conversion'),
    revenue: column('revenue'),
    hidden: column('hidden'),
    latency: column('latency'),
    late: 0,
  };
}

/** One log of two periods. */
export function joined(past: Exposures, next: Exposures): Exposures {
  const both = <A extends Int32Array | Float32Array | Float64Array>(a: A, b: A): A => {
    const out = new (a.constructor as new (length: number) => A)(a.length + b.length);
    out.set(a);
    out.set(b, a.length);
    return out;
  };
  return {
    rows: past.rows + next.rows,
    user: both(past.user, next.user),
    item: both(past.item, next.item),
    time: both(past.time, next.time),
    request: both(past.request, next.request),
    position: both(past.position, next.position),
    propensity: both(past.propensity, next.propensity),
    sequence: both(past.sequence, next.sequence),
    click: both(past.click, next.click),
    variant: both(past.variant, next.variant),
    dwell: both(past.dwell, next.dwell),
    conversion: both(past.conversion, next.conversion),
    revenue: both(past.revenue, next.revenue),
    hidden: both(past.hidden, next.hidden),
    latency: both(past.latency, next.latency),
    late: past.late + next.late,
  };
}
