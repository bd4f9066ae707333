// What was logged elsewhere, from the command line: a replayed experiment with every fault that such logs have, and the Open Bandit
// Dataset. A number is given only where it can be trusted; otherwise the reason.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { NodeResult, RunResult } from '../../shared/contract/results.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';
import { folderWith, runboard } from '../support/cli.ts';
import { realData } from '../support/real-data.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const cwd = folderWith();

interface Row {
  customer: string;
  at: string;
  arm: string;
  bought: number | '';
  revenue: number | '';
}

const day = (number: number): string => new Date(Date.UTC(2026, 2, number, 12)).toISOString();

/** 600 customers on `days` days: a fifth buys each day in the control, three in ten in the treatment; no arm before the first day. */
function experiment(days = 8): Row[] {
  const random = new Xoshiro(3, 'experiment');
  const rows: Row[] = [];
  for (let customer = 0; customer < 600; customer++) {
    const arm = customer % 2 === 0 ? 'old' : 'new';
    for (let at = -2; at < days; at++) {
      const bought = random.next() < (at >= 0 && arm === 'new' ? 0.3 : 0.2) ? 1 : 0;
      const revenue = bought * (5 + random.integer(10));
      rows.push({ customer: `c${customer}`, at: day(10 + at), arm: at < 0 ? '' : arm, bought, revenue });
    }
  }
  return rows;
}

const csv = (rows: readonly object[]): string =>
  [Object.keys(rows[0]).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n');

/** Imports a log with roles on the command line, runs the template on it, and gives what came of it. */
async function replay(
  rows: readonly object[],
  set: readonly string[] = [],
): Promise<{ result: NodeResult; said: string; code: number | null }> {
  writeFileSync(join(cwd, 'log.csv'), csv(rows));
  const roles = ['user=customer', 'time=at', 'impression.variant=arm'];
  const made = await runboard(['import', 'log.csv', '--format', 'csv', '--map', ...roles, '--out', 'log.db'], { cwd });
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch(/[\d,]+ impressions/);
  const outcomes = ['--set', 'replay.outcomes=conversion=bought', 'replay.control=old', ...set];
  const ran = await runboard(['run', 'replay.runboard', '--data', 'log.db', '--json', ...outcomes], { cwd });
  const { nodes } = JSON.parse(ran.stdout) as RunResult;
  return { result: nodes['replay'], said: ran.stderr, code: ran.code };
}

/** What is said of a log that is refused: one line with what is wrong and what to do. */
async function refusal(rows: readonly object[]): Promise<string> {
  const { result, code } = await replay(rows);
  expect([code, result.status]).toEqual([1, 'failed']);
  expect(Object.keys(result.metrics)).toEqual([]);
  expect(result.error?.remedy ?? '').not.toBe('');
  return result.error?.what ?? '';
}

/** No number of a lift anywhere. */
function expectNoLift(result: NodeResult, metric: RegExp): void {
  const lifts = Object.entries(result.metrics).filter(([name]) => metric.test(name));
  expect(lifts.length).toBeGreaterThan(0);
  for (const [name, { value, low, high }] of lifts) expect([value, low, high], name).toEqual([null, null, null]);
}

beforeAll(async () => {
  for (const [template, out] of [
    ['replay-experiment', 'replay.runboard'],
    ['off-policy-open-bandit', 'bandit.runboard'],
  ])
    expect(await runboard(['new', template, '--out', out], { cwd })).toMatchObject({ code: 0 });
});

describe('a logged experiment of users, variants, times and outcomes', () => {
  it('is imported, replayed and written up, labelled replayed in the first line of its card', async () => {
    const { result, code } = await replay(experiment());
    expect([code, result.status, result.origin]).toEqual([0, 'done', 'replayed']);
    const lift = result.metrics['revenue-per-user-lift-cuped'];
    expect(lift.low).toBeGreaterThan(0.2);
    expect(lift.low).toBeLessThan(0.5);
    expect(lift.high).toBeGreaterThan(0.5);
    expect(result.metrics['conversion-lift'].value).toBeGreaterThan(0.05);
    expect(result.metrics['ctr-lift']).toBeUndefined();
    expect(result.sheets[0].rows[0].join(' ')).toMatch(/^Origin Replayed/);
    const { stdout } = await runboard(['show', 'r-0001'], { cwd });
    expect(stdout).toContain('Replayed: computed from a logged experiment');
    expect(stdout).toMatch(/^ {2}Revenue per user +new .* better$/m);
    const out = await runboard(['export', 'replay.runboard', '--format', 'md', '--out', 'out'], { cwd });
    expect(out.code).toBe(0);
  });

  it.each<[string, (rows: Row[]) => readonly object[], RegExp]>([
    ['one variant', (rows) => rows.filter((row) => row.arm !== 'new'), /one variant only \(old\)/],
    ['no variant', (rows) => rows.map((row) => ({ ...row, arm: '' })), /holds no variant/],
    [
      'users in both arms',
      (rows) => rows.map((row, at) => (at === 5 ? { ...row, arm: 'new' } : row)),
      /^1 users were in more than one variant/,
    ],
    ['duplicated rows', (rows) => [...rows, ...rows.slice(4, 9)], /^5 of 6005 impressions are repeated rows/],
    [
      'negative revenue',
      (rows) => rows.map((row, at) => (at === 7 ? { ...row, revenue: -3 } : row)),
      /^1 impressions have a revenue below 0/,
    ],
    [
      'missing outcomes',
      (rows) => rows.map((row, at) => (at === 7 ? { ...row, revenue: '' as const } : row)),
      /^1 of 6000 impressions have no revenue/,
    ],
  ])('refuses %s', async (_, spoilt, message) => {
    expect(await refusal(spoilt(experiment()))).toMatch(message);
  });

  it('does not import a log without users, and puts rows of nobody into the reject file', async () => {
    const rows = experiment().map((row, at) => ({ ...row, customer: at % 10 === 7 ? '' : row.customer }));
    const { result, code } = await replay(rows);
    expect([code, result.status]).toEqual([0, 'done']);
    writeFileSync(join(cwd, 'nobody.csv'), csv(rows.map(({ customer: _, ...others }) => others)));
    const made = await runboard(
      ['import', 'nobody.csv', '--format', 'csv', '--map', 'impression.variant=arm', '--out', 'nobody.db'],
      { cwd },
    );
    expect(made.code).toBe(2);
    expect(made.stderr).toMatch(/no column plays the part of user .* add --map user=<column>/);
  });

  it('withholds every lift where users are split unequally, and says how', async () => {
    const uneven = experiment().filter((row) => row.arm !== 'new' || Number(row.customer.slice(1)) % 3 !== 0);
    const { result } = await replay(uneven);
    expectNoLift(result, /-lift/);
    expect(result.warnings.join(' ')).toMatch(/no result: users are split 300 : 200 instead of 250 : 250/);
  });

  it('withholds every lift of a single day', async () => {
    const { result } = await replay(experiment(1));
    expectNoLift(result, /-lift/);
    expect(result.warnings.join(' ')).toContain('no result: a single day of data');
  });

  it('states no lift of conversions where there are none, and the reason', async () => {
    const none = experiment().map((row) => ({ ...row, bought: 0, revenue: 0 }));
    const { result } = await replay(none);
    expectNoLift(result, /^(conversion|revenue-per-user)-lift/);
    expect(result.warnings.join(' ')).toContain('there may be no conversions at all');
  });

  it('leaves faulty rows out where asked, and says so on the card', async () => {
    const rows = experiment();
    const { result } = await replay([...rows, ...rows.slice(4, 9)], ['replay.faulty=leave out']);
    expect(result.sheets[0].rows).toContainEqual(['Left out', '5 repeated rows were left out']);
  });
});

describe('propensities', () => {
  async function estimate(spoilt: (row: string, at: number) => string): Promise<string> {
    const random = new Xoshiro(4, 'propensities');
    const rows = Array.from({ length: 2_000 }, (_, at) => {
      const propensity = spoilt('0.5', at);
      return `${at % 2 === 0 ? 'random' : 'bts'},u${at % 200},v${random.integer(2)},${at},1,${random.integer(2)},${propensity}`;
    });
    const header = 'policy,user,item,time,position,click,propensity';
    writeFileSync(join(cwd, 'shown.csv'), [header, ...rows].join('\n'));
    const made = await runboard(['import', 'shown.csv', '--format', 'csv', '--out', 'shown.db'], { cwd });
    expect(made.code).toBe(0);
    const ran = await runboard(['run', 'bandit.runboard', '--data', 'shown.db', '--json'], { cwd });
    const { nodes } = JSON.parse(ran.stdout) as RunResult;
    return `${nodes['estimate'].status} ${nodes['estimate'].error?.what ?? ''} ${nodes['estimate'].error?.remedy ?? ''}`;
  }

  it('that are missing, 0 or above 1, or that never left a choice, are refused with a reason', async () => {
    expect(await estimate((right) => right)).toMatch(/^done/);
    expect(await estimate((right, at) => (at === 6 ? '' : right))).toMatch(
      /^failed 1 of 1000 impressions have no propensity log the probability/,
    );
    expect(await estimate((right, at) => (at === 6 ? '0' : right))).toMatch(
      /^failed 1 impressions have a propensity that is 0 or no probability/,
    );
    expect(await estimate((right, at) => (at === 6 ? '1.5' : right))).toMatch(
      /^failed 1 impressions have a propensity/,
    );
    expect(await estimate(() => '1')).toMatch(/^failed every logged item was shown with certainty/);
  });
});

const bandit = realData('open-bandit-men');

describe.skipIf(bandit === undefined)('Open Bandit (not run where the data is absent)', () => {
  it('is imported as it comes, and the estimate from the random log holds what Thompson sampling earned', async () => {
    const made = await runboard(['import', bandit ?? '', '--format', 'csv', '--out', 'bandit.db'], { cwd });
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toMatch('34 items, 20,000 impressions');
    expect(made.stdout).toMatch('impressions of bts and random');
    const ran = await runboard(['run', 'bandit.runboard', '--data', 'bandit.db', '--json'], { cwd });
    expect(ran.code).toBe(0);
    const result = (JSON.parse(ran.stdout) as RunResult).nodes['estimate'];
    expect(result.origin).toBe('estimated');
    const earned = result.metrics['ctr-on-policy'].value ?? NaN;
    expect(earned).toBe(0.0069);
    expect(result.metrics['logged-ctr'].value).toBe(0.0046);
    for (const id of ['ctr-ips', 'ctr-snips', 'ctr-dr', 'ctr-sndr', 'ctr-switch-dr', 'ctr-dros']) {
      expect(result.metrics[id].low, id).toBeLessThan(earned);
      expect(result.metrics[id].high, id).toBeGreaterThan(earned);
    }
  });
});
