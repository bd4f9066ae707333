import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates, Dataset } from '#shared/contract/values.ts';
import { requestsOfPart } from '#shared/values/requests.ts';

/** Rows of the log that can be judged: those of users that the policy has a list for. */
export interface LoggedRows {
  readonly rows: number;
  /** Row of the impressions. */
  readonly row: Int32Array;
  /** Request of the policy that answers the row's user. */
  readonly request: Int32Array;
  readonly item: Int32Array;
  /** Place from 0. */
  readonly place: Int32Array;
  readonly places: number;
  readonly click: Float64Array;
  /** π_b of the item at its place. */
  readonly logged: Float64Array;
  /** π_b of the sequence down to the place; null where the log does not say. */
  readonly sequence: Float64Array | null;
  /** User of a row, numbered from 0 among those judged. */
  readonly cluster: Int32Array;
  readonly clusters: number;
  /** Where lists start; rows of a list are adjacent and in the order of places. */
  readonly slates: Int32Array;
  readonly leftOut: number;
}

/** Reads the log. Throws RunboardError 'bad-data' where it cannot answer the question. */
export function readLog(log: Dataset, policy: Candidates): LoggedRows {
  const { impressions } = log;
  if (impressions === null || impressions.user.length === 0)
    throw new RunboardError('bad-data', `${log.name} has no impressions`, {
      remedy: 'wire an exposure log with propensities',
    });
  checkPropensities(impressions.propensity);
  checkClicks(impressions.click);
  const requestOf = requestByUser(log, policy);
  const order = readableRows(impressions, requestOf);
  if (order.length === 0)
    throw new RunboardError('bad-data', 'the policy has a list for none of the users in the log', {
      remedy: 'wire lists that were made from the same data set',
    });
  const pick = (values: ArrayLike<number>): Float64Array => pickRows(values, order);
  const clusterOf = new Int32Array(log.users.ids.length).fill(-1);
  let clusters = 0;
  const cluster = order.map((row) => {
    const user = impressions.user[row];
    if (clusterOf[user] < 0) clusterOf[user] = clusters++;
    return clusterOf[user];
  });
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
    request: order.map((row) => requestOf[impressions.user[row]]),
    item: order.map((row) => impressions.item[row]),
    place,
    places: place.reduce((most, one) => Math.max(most, one + 1), 0),
    click: pick(impressions.click),
    logged: pick(impressions.propensity),
    sequence: sequence?.kind === 'number' ? pick(sequence.values) : null,
    cluster,
    clusters,
    slates: Int32Array.from(slates),
    leftOut: impressions.user.length - order.length,
  };
}

function pickRows(values: ArrayLike<number>, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
  return picked;
}

function checkPropensities(propensity: Float64Array): void {
  let missing = 0;
  let wrong = 0;
  let certain = 0;
  for (const one of propensity) {
    if (Number.isNaN(one)) missing++;
    else if (!(one > 0 && one <= 1)) wrong++;
    else if (one === 1) certain++;
  }
  if (missing > 0) {
    throw new RunboardError('bad-data', `${missing} of ${propensity.length} impressions have no propensity`, {
      where: 'propensity',
      remedy: 'log the probability with which each item was shown at its place; it cannot be made up afterwards',
    });
  }
  if (wrong > 0)
    throw new RunboardError('bad-data', `${wrong} impressions have a propensity that is 0 or no probability`, {
      where: 'propensity',
      remedy: 'what was shown had a probability above 0 and at most 1: repair the log',
    });
  if (certain === propensity.length) {
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
function readableRows(impressions: NonNullable<Dataset['impressions']>, requestOf: Int32Array): Int32Array {
  const { user, position, request } = impressions;
  const rows: number[] = [];
  let sorted = true;
  for (let row = 0; row < user.length; row++) {
    if (requestOf[user[row]] < 0 || position[row] < 1) continue;
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
