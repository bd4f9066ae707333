/** Columns of numbers that grow; read up to `length`. */
export class Log<Names extends string> {
  length = 0;
  readonly columns: Record<Names, Float64Array>;
  private readonly names: readonly Names[];

  constructor(names: readonly Names[], capacity = 4096) {
    this.names = names;
    this.columns = Object.fromEntries(names.map((name) => [name, new Float64Array(capacity)])) as Record<
      Names,
      Float64Array
    >;
  }

  /** Makes room for one more row and answers its number. */
  add(): number {
    if (this.length === this.columns[this.names[0]].length) {
      for (const name of this.names) {
        const larger = new Float64Array(this.length * 2);
        larger.set(this.columns[name]);
        this.columns[name] = larger;
      }
    }
    return this.length++;
  }

  clear(): void {
    this.length = 0;
  }

  /** Row numbers in ascending order of a column; equal ones in order of addition. */
  orderBy(name: Names): Int32Array {
    const values = this.columns[name];
    const order = new Int32Array(this.length);
    for (let r = 0; r < this.length; r++) order[r] = r;
    return order.sort((a, b) => values[a] - values[b] || a - b);
  }
}

/** Types of event, by code. */
export const eventTypes = ['click', 'watch', 'purchase'] as const;
/** Where an event came from, by code. */
export const eventSources = ['home', 'search'] as const;

export const eventColumns = [
  'user',
  'item',
  'time',
  'type',
  'value',
  'seconds',
  'price',
  'device',
  'session',
  'source',
] as const;
export const impressionColumns = [
  'request',
  'user',
  'item',
  'time',
  'position',
  'propensity',
  'click',
  'device',
] as const;

export type EventLog = Log<(typeof eventColumns)[number]>;
export type ImpressionLog = Log<(typeof impressionColumns)[number]>;
