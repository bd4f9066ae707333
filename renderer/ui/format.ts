import { metricTitle } from '#shared/contract/metric.ts';

const places = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count as read at a glance: 412, 12.4 k, 2.1 M. */
export function shortCount(count: number): string {
  if (!Number.isFinite(count)) return '–';
  const size = Math.abs(count);
  if (size >= 999_950) return `${places.format(count / 1e6)} M`;
  if (size >= 10_000) return `${places.format(count / 1e3)} k`;
  return size < 100 && !Number.isInteger(count) ? places.format(count) : whole.format(count);
}

/** A count where there is little room: 412, 128k, 2.1M. */
export function tightCount(count: number): string {
  const size = Math.abs(count);
  if (size >= 999_500) return `${places.format(count / 1e6)}M`;
  return size >= 10_000 ? `${whole.format(count / 1e3)}k` : whole.format(count);
}

/** A count in full: 1,682. */
export function fullCount(count: number): string {
  return whole.format(count);
}

/** A measured value: .209 below one, 1.32 above, – where it is not defined. */
export function metricValue(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return minus(shortCount(value));
  if (size >= 1) return minus(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2));
  const text = size < 0.001 && size > 0 ? String(Number(value.toPrecision(2))) : value.toFixed(digits);
  return minus(text.replace(/^(-?)0\./, '$1.'));
}

/** A number with the sign that is as wide as a plus, as in {@link signed}. */
function minus(text: string): string {
  return text.replace(/^-/, '−');
}

/** A change with its sign: +.012, −.004. */
export function signed(value: number, digits = 3): string {
  const text = metricValue(Math.abs(value), digits);
  return value < 0 ? `−${text}` : `+${text}`;
}

/** Words with the id of a metric among them, which is then written as people do: "ndcg@10 from user to user". */
export function withMetricTitle(words: string): string {
  return words.replace(/[a-z0-9-]+@[0-9.]+/g, metricTitle);
}

export function duration(millis: number | null | undefined): string {
  if (millis === null || millis === undefined || !Number.isFinite(millis)) return '–';
  if (millis < 1) return `${millis.toFixed(2)} ms`;
  if (millis < 9.95) return `${millis.toFixed(1)} ms`;
  if (millis < 999.5) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 59.5) return `${seconds.toFixed(seconds < 9.95 ? 1 : 0)} s`;
  // Rounded before it is parted: no "1 min 60 s".
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined || !Number.isFinite(count)) return '–';
  if (count < 1024) return `${count} B`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log(Math.max(1, count)) / Math.log(1024)));
  return `${places.format(count / 1024 ** power)} ${units[power - 1]}`;
}

/** How long ago, from two moments in milliseconds. */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 45) return 'now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** A moment in Unix seconds: 2024-05-01 12:30, in UTC. */
export function moment(seconds: number): string {
  const millis = seconds * 1000;
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString().slice(0, 16).replace('T', ' ') : String(seconds);
}

/** Text without the characters that turn the direction of what follows them: inside a sentence they would turn the sentence. */
export function unturned(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}
