import { metricTitle } from '#shared/contract/metric.ts';
import { thousands } from '#shared/contract/thousands.ts';
import type { MetricValue } from '#shared/contract/values.ts';

const none = '–';

/** 1234567 → "1,234,567"; fractions keep one place. */
export function countText(count: number | null): string {
  return count === null || !Number.isFinite(count) ? none : thousands(count);
}

/** 2100000 → "2.1 M", for places with little room. */
export function shortCount(count: number): string {
  for (const [size, letter] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e4, 'k'],
  ] as const) {
    if (count >= size) {
      const unit = letter === 'k' ? 1e3 : size;
      const value = count / unit;
      return `${Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0))} ${letter}`;
    }
  }
  return countText(Math.round(count * 10) / 10);
}

/** A metric in four places: "0.2087"; large ones in fewer. */
export function valueText(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return none;
  const size = Math.abs(value);
  if (size >= 1000) return countText(Math.round(value));
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 4);
}

/** As on a drawing: ".209". */
export function shortValue(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return none;
  if (Math.abs(value) >= 10) return value.toFixed(1);
  return value.toFixed(3).replace(/^(-?)0\./, '$1.');
}

/** "[0.2010, 0.2160]", or nothing where there is no interval. */
export function intervalText(metric: MetricValue): string {
  return metric.low === null || metric.high === null ? '' : `[${valueText(metric.low)}, ${valueText(metric.high)}]`;
}

/** 41234 → "41.2 s". */
export function millisText(millis: number | null): string {
  if (millis === null) return none;
  if (millis < 1) return `${millis.toFixed(2)} ms`;
  if (millis < 10) return `${millis.toFixed(1)} ms`;
  if (millis < 1000) return `${millis.toFixed(0)} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  const seconds = Math.round(millis / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export function bytesText(bytes: number | null): string {
  if (bytes === null) return none;
  if (Math.abs(bytes) < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes / 1024;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(Math.abs(size) < 10 ? 1 : 0)} ${units[unit]}`;
}

/** A metric as it begins a line or heads a column: "NDCG@10", "Log loss". */
export function metricHeading(key: string): string {
  const title = metricTitle(key);
  return title === '' ? none : `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}
