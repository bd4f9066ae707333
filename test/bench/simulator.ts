// npm run bench -- simulator: 1,000,000 simulated requests through a trained three-stage pipeline (retrieval, ranking, re-ranking),
// with progress, beside a plain simulator of objects and maps; then the same run again, cancelled half-way. Exit code 1 where
// requests are missing, progress is silent or the cancel is not heard within a second.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Design } from '../../shared/contract/design.ts';
import type { RunEvent, RunResult } from '../../shared/contract/results.ts';
import { openEngine } from '../../main/engine-process/engine.ts';
import { Xoshiro } from '../../shared/kernels/random.ts';

const wanted = 1_000_000;
const days = 20;
const places = 10;

const workspace = mkdtempSync(join(tmpdir(), 'runboard-simulator-'));
const engine = await openEngine({ workspace });
const template = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../assets/templates/ab-test-rerankers.runboard'), 'utf8'),
) as Design;

const set = {
  'users.days': String(days),
  'users.warmUp': '0',
  'users.newUsers': '0',
  // A little more than asked for, since the number of requests is drawn.
  'users.requestsPerDay': String(Math.round((1.005 * wanted) / days)),
  'users.population': '20000',
};

interface Heard {
  readonly result: RunResult;
  readonly notes: number;
  readonly longestSilence: number;
  readonly millisToStop: number | null;
}

/** Runs the board up to the simulator; cancels once the simulator has come `stopAt` far. */
async function run(seed: number, stopAt = 2): Promise<Heard> {
  const stop = new AbortController();
  const state = { notes: 0, longest: 0, last: 0, stopped: 0 };
  const hear = (event: RunEvent): void => {
    if (!('node' in event) || event.node !== 'users') return;
    const now = performance.now();
    if (event.type === 'node-started') state.last = now;
    if (event.type !== 'node-progress') return;
    state.notes++;
    state.longest = Math.max(state.longest, now - state.last);
    state.last = now;
    if (event.share < stopAt || state.stopped > 0) return;
    state.stopped = now;
    stop.abort();
  };
  const result = await engine.start(
    { design: template, designPath: null, seed, set, until: 'users' },
    { signal: stop.signal, emit: (_, event) => hear(event as RunEvent) },
  );
  const millisToStop = state.stopped > 0 ? performance.now() - state.stopped : null;
  return { result, notes: state.notes, longestSilence: state.longest, millisToStop };
}

/** What one would write first: an object per impression, a map of what was seen. Milliseconds for so many requests. */
function plainly(requests: number): number {
  const random = new Xoshiro(1, 'plain simulator');
  const users = 20_000;
  const lists = Array.from({ length: 1_500 }, () =>
    Array.from({ length: 20 }, () => ({ item: random.integer(2_000), attraction: 0.24 * random.next() })),
  );
  const start = performance.now();
  const seen = new Map<string, number>();
  const log: object[] = [];
  for (let request = 0; request < requests; request++) {
    const user = random.integer(users);
    const list = [...lists[user % lists.length]];
    if (random.next() < 0.1) list.sort(() => random.next() - 0.5);
    list.slice(0, places).forEach(({ item, attraction }, place) => {
      const key = `${user} ${item}`;
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      const click = random.next() < (place + 1) ** -0.7 && random.next() < attraction * 0.98 ** before;
      const converted = click && random.next() < 0.08;
      log.push({ request, user, item, position: place + 1, propensity: 0.905, click, converted });
    });
  }
  return performance.now() - start;
}

const whole = await run(1);
const node = whole.result.nodes['users'];
const stages = ['retrieve', 'rank', 'plain', 'diverse', 'spread'].map((id) => whole.result.nodes[id]);
const requests = node.measures['requests'] ?? 0;
const millis = node.applyMillis ?? NaN;
const trained = stages.reduce((sum, one) => sum + (one.fitMillis ?? 0) + (one.applyMillis ?? 0), 0);
const perSecond = (1_000 * requests) / millis;
const share = 10;
const plainPerSecond = (1_000 * requests) / share / plainly(Math.round(requests / share));
const count = (value: number): string => Math.round(value).toLocaleString('en');

console.log(
  `pipeline trained and asked: ${stages.map((one) => one.component).join(', ')}; ${(trained / 1_000).toFixed(1)} s`,
);
console.log(
  `simulated: ${count(requests)} requests, ${count(node.measures['impressions'] ?? 0)} impressions in ${(millis / 1_000).toFixed(2)} s, ${count(perSecond)} requests/s`,
);
console.log(
  `plain simulator, a tenth of them: ${count(plainPerSecond)} requests/s; ratio ${(perSecond / plainPerSecond).toFixed(1)}×`,
);
console.log(`progress: heard ${whole.notes} times, longest silence ${count(whole.longestSilence)} ms`);

const cut = await run(2, 0.5);
const cancelled = cut.result.nodes['users'];
console.log(
  `cancelled at half: run ${cut.result.status}, simulator ${cancelled.status} ${cut.millisToStop === null ? 'never' : `${count(cut.millisToStop)} ms later`}; trained stages kept: ${['retrieve', 'rank'].map((id) => cut.result.nodes[id].status).join(', ')}`,
);

await engine.close();
rmSync(workspace, { recursive: true, force: true });
const heard = whole.notes >= 10 && (cut.millisToStop ?? Infinity) < 1_000 && cancelled.status === 'cancelled';
if (requests < wanted || !heard) process.exitCode = 1;
