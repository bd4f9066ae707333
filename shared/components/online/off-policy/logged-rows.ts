import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, Dataset, Impressions } from '#shared/contract/values.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

/** Rows of the log that can be judged: those of users that the policy has a list for. */
export interface LoggedRows {
  readonly rows: number;
  /** Row of the impressions. */
  readonly row: Int32Array;
  /** Request of the policy that answers the row's user; -1 where the policy is no list. */
  readonly request: Int32Array;
  readonly item: Int32Array;
  /** Items of the catalogue. */
  readonly items: number;
  /** Place from 0. */
  readonly place: Int32Array;
  readonly places: number;
  readonly click: Float64Array;
  /** π_b of the item at its place. */
  readonly logged: Float64Array;
  /** π_b of the sequence down to the place; null where the log does not say. */
  readonly sequence: Float64Array | null;
  /** User of a row, numbered from 0 among those judged; where the log knows no users, its request, or the row itself. */
  readonly cluster: Int32Array;
  readonly clusters: number;
  /** Where lists start; rows of a list are adjacent and in the order of places. */
  readonly slates: Int32Array;
  readonly leftOut: number;
}

/**
 * Reads the log as far as it can judge a policy: all of it where that is no list. `wanted` marks the rows that belong to the log; null
 * takes all. Throws RunboardError 'bad-data' where it cannot answer the question.
 */
export function readLog(log: Dataset, policy: Candidates | null, wanted: Uint8Array | null = null): LoggedRows {
  const impressions = impressionsOf(log);
  checkPropensities(impressions.propensity, wanted);
  checkClicks(impressions.click);
  const known = log.users.ids.length > 1;
  const requestOf = policy === null ? null : requestByUser(log, policy);
  const order = readableRows(impressions, requestOf, wanted);
  if (order.length === 0)
    throw new RunboardError('bad-data', 'the policy has a list for none of the users in the log', {
      remedy: 'wire lists that were made from the same data set',
    });
  const pick = (values: ArrayLike<number>): Float64Array => pickRows(values, order);
  const { cluster, clusters } = clustersOf(
    known
      ? order.map((row) => impressions.user[row])
      : order.map((row) => (impressions.request[row] < 0 ? -1 : impressions.request[row])),
  );
  const place = order.map((row) => impressions.position[row] - 1);
  const sequence = impressions.table.columns['sequence'];
  const slates: number[] = [];
  for (let i = 0; i < order.length; i++)
    if (
      i === 0 ||
      impressions.request[order[i]] !== impressions.request[order[i - 1]] ||
      impressions.request[order[i]] < 0
    )
      slates.push(i);
  slates.push(order.length);
  return {
    rows: order.length,
    row: order,
    request: order.map((row) => (requestOf === null ? -1 : requestOf[impressions.user[row]])),
    item: order.map((row) => impressions.item[row]),
    items: log.items.ids.length,
    place,
    places: place.reduce((most, one) => Math.max(most, one + 1), 0),
    click: pick(impressions.click),
    logged: pick(impressions.propensity),
    sequence: sequence?.kind === 'number' ? pick(sequence.values) : null,
    cluster,
    clusters,
    slates: Int32Array.from(slates),
    leftOut: countOf(impressions.user.length, wanted) - order.length,
  };
}

/** The impressions of a log that has any. */
export function impressionsOf(log: Dataset): Impressions {
  const { impressions } = log;
  if (impressions === null || impressions.user.length === 0)
    throw new RunboardError('bad-data', `${log.name} has no impressions`, {
      remedy: 'wire an exposure log with propensities',
    });
  return impressions;
}

function countOf(rows: number, wanted: Uint8Array | null): number {
  return wanted === null ? rows : wanted.reduce((sum, one) => sum + one, 0);
}

/** Numbers what rows have in common, in order of appearance; a negative one stands by itself. */
function clustersOf(common: Int32Array): { cluster: Int32Array; clusters: number } {
  const numbers = new Map<number, number>();
  let clusters = 0;
  const cluster = common.map((one) => {
    if (one < 0) return clusters++;
    let at = numbers.get(one);
    if (at === undefined) numbers.set(one, (at = clusters++));
    return at;
  });
  return { cluster, clusters };
}

function pickRows(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
  return picked;
}

function checkPropensities(propensity: Float64Array, wanted: Uint8Array | null): void {
  let missing = 0;
  let wrong = 0;
  let certain = 0;
  const rows = countOf(propensity.length, wanted);
  for (let row = 0; row < propensity.length; row++) {
    const one = propensity[row];
    if (wanted !== null && wanted[row] === 0) continue;
    if (Number.isNaN(one)) missing++;
    else if (!(one > 0 && one <= 1)) wrong++;
    else if (one === 1) certain++;
  }
  if (missing > 0) {
    throw new RunboardError('bad-data', `${missing} of ${rows} impressions have no propensity`, {
      where: 'propensity',
      remedy: 'log the probability with which each item was shown at its place; it cannot be made up afterwards',
    });
  }
  if (wrong > 0)
    throw new RunboardError('bad-data', `${wrong} impressions have a propensity that is 0 or no probability`, {
      where: 'propensity',
      remedy: 'what was shown had a probability above 0 and at most 1: repair the log',
    });
  if (certain === rows) {
    throw new RunboardError(
      'bad-data',
      'every logged item was shown with certainty (propensity 1): the log never explored, hence says nothing of other lists',
      {
        where: 'propensity',
        remedy: 'turn on exploration in the simulator, or add exploration slots to the logged policy',
      },
    );
  }
}

function checkClicks(click: Float32Array): void {
  for (let row = 0; row < click.length; row++) {
    if (!(click[row] >= 0))
      throw new RunboardError('bad-data', `impression ${row + 1} has ${click[row]} as click`, {
        where: 'click',
        remedy: 'write 0 or 1',
      });
  }
}

/** Request of the policy for each user of the log, -1 where there is none; test requests first. */
function requestByUser(log: Dataset, policy: Candidates): Int32Array {
  const { requests } = policy;
  const known = new Int32Array(policy.split.dataset.users.ids.length).fill(-1);
  for (let r = 0; r < requests.user.length; r++) known[requests.user[r]] = r;
  for (const r of requestsOfPart(requests, 2)) known[requests.user[r]] = r;
  const persona = log.users.table.columns['persona'];
  const whose = (user: number): number => (persona?.kind === 'number' ? persona.values[user] : user);
  return Int32Array.from({ length: log.users.ids.length }, (_, user) => known[whose(user)] ?? -1);
}

/** Rows of users with a list and with a known place, ordered by request, then place. */
function readableRows(impressions: Impressions, requestOf: Int32Array | null, wanted: Uint8Array | null): Int32Array {
  const { user, position, request } = impressions;
  const rows: number[] = [];
  let sorted = true;
  for (let row = 0; row < user.length; row++) {
    if ((wanted !== null && wanted[row] === 0) || position[row] < 1) continue;
    if (requestOf !== null && requestOf[user[row]] < 0) continue;
    const before = rows.at(-1);
    if (
      before !== undefined &&
      (request[row] < request[before] || (request[row] === request[before] && position[row] < position[before]))
    )
      sorted = false;
    rows.push(row);
  }
  const order = Int32Array.from(rows);
  return sorted ? order : order.sort((a, b) => request[a] - request[b] || position[a] - position[b] || a - b);
}
