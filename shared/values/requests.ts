import type { Candidates, Requests, Split } from '#shared/contract/values.ts';

/** The requests at `chosen`, in that order. */
function selectRequests(requests: Requests, chosen: Int32Array): Requests {
  const user = new Int32Array(chosen.length);
  const time = new Float64Array(chosen.length);
  const part = new Uint8Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) {
    user[i] = requests.user[chosen[i]];
    time[i] = requests.time[chosen[i]];
    part[i] = requests.part[chosen[i]];
  }
  return { user, time, part };
}

/** The split as it is, asked for some of its requests only. */
export function splitFor(split: Split, chosen: Int32Array): Split {
  return { ...split, requests: selectRequests(split.requests, chosen) };
}

/** The candidates of some requests only. */
export function candidatesFor(candidates: Candidates, chosen: Int32Array): Candidates {
  const offsets = new Int32Array(chosen.length + 1);
  for (let i = 0; i < chosen.length; i++) {
    offsets[i + 1] = offsets[i] + candidates.offsets[chosen[i] + 1] - candidates.offsets[chosen[i]];
  }
  const total = offsets[chosen.length];
  const picked: Candidates = {
    ...candidates,
    split: splitFor(candidates.split, chosen),
    requests: selectRequests(candidates.requests, chosen),
    offsets,
    items: new Int32Array(total),
    scores: new Float32Array(total),
    source: new Uint32Array(total),
    propensity: candidates.propensity === null ? null : new Float32Array(total),
    reason: candidates.reason === null ? null : new Uint8Array(total),
  };
  for (let i = 0; i < chosen.length; i++) {
    const from = candidates.offsets[chosen[i]];
    const to = candidates.offsets[chosen[i] + 1];
    picked.items.set(candidates.items.subarray(from, to), offsets[i]);
    picked.scores.set(candidates.scores.subarray(from, to), offsets[i]);
    picked.source.set(candidates.source.subarray(from, to), offsets[i]);
    if (candidates.propensity !== null) picked.propensity?.set(candidates.propensity.subarray(from, to), offsets[i]);
    if (candidates.reason !== null) picked.reason?.set(candidates.reason.subarray(from, to), offsets[i]);
  }
  return picked;
}

/** Row numbers of the requests of one part (1 validation, 2 test). */
export function requestsOfPart(requests: Requests, part: 1 | 2): Int32Array {
  let count = 0;
  for (let r = 0; r < requests.part.length; r++) if (requests.part[r] === part) count++;
  const rows = new Int32Array(count);
  let next = 0;
  for (let r = 0; r < requests.part.length; r++) if (requests.part[r] === part) rows[next++] = r;
  return rows;
}
