import { implement } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Candidates } from '#shared/contract/values.ts';
import { Fusion, type FusionRule, type RankedPart } from '#shared/kernels/fusion.ts';
import { tieRank, TopHeap } from '#shared/kernels/topk.ts';
import { CandidateLists } from '#shared/values/candidate-lists.ts';
import { sameRequests } from '#shared/metrics/protocol-checks.ts';
import { joinSources } from './sources.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  open(_, { candidates }) {
    // Arrays as long as the catalogue are made once, not for every request that is asked alone.
    return { fusion: new Fusion(candidates.length === 0 ? 0 : candidates[0].split.dataset.items.ids.length) };
  },

  apply({ fusion }, { candidates: inputs }, params, context) {
    checkInputs(inputs);
    const { split, requests } = inputs[0];
    const rule = ruleOf(params, inputs.length);
    if (params.weights.length > inputs.length) {
      context.warn(`${params.weights.length} weights for ${inputs.length} inputs: the last ones are not used`);
    }
    const keep = Math.max(1, Math.min(params.keep, split.dataset.items.ids.length));
    const heap = new TopHeap(keep);
    const lists = new CandidateLists(split, requests, keep);
    const scores = new Float32Array(keep);
    const joined = joinSources(inputs);
    const ties = context.random('ties').bits();
    for (let r = 0; r < requests.user.length; r++) {
      if (r % 64 === 0) context.progress(r / requests.user.length);
      fusion.fuse(partsOf(inputs, r), rule, heap, tieRank(requests.user[r], ties));
      for (let i = 0; i < heap.size; i++) scores[i] = heap.scores[i];
      lists.add(heap.ids, scores, heap.size);
      joined.note(r, heap.ids.subarray(0, heap.size), fusion.lists);
    }
    return { candidates: { ...lists.finish(context.nodeTitle), sources: joined.names, source: joined.finish() } };
  },
});

function checkInputs(inputs: readonly Candidates[]): void {
  if (inputs.length === 0) {
    throw new RunboardError('bad-board', 'nothing is wired to the merge', {
      where: 'candidates',
      remedy: 'wire the candidates of at least one retriever',
    });
  }
  if (inputs.length > 32) {
    throw new RunboardError('bad-board', `${inputs.length} lists are wired to the merge; it takes 32`, {
      where: 'candidates',
      remedy: 'merge in two steps',
    });
  }
  const odd = inputs.find((one) => !sameRequests(inputs[0].requests, one.requests));
  if (odd !== undefined) {
    throw new RunboardError(
      'bad-board',
      `${odd.sources.join(', ')} answers other requests than ${inputs[0].sources.join(', ')}`,
      {
        where: 'candidates',
        remedy: 'wire all retrievers to the same split',
      },
    );
  }
}

interface RuleParams {
  readonly method: 'reciprocal-rank' | 'weighted' | 'round-robin';
  readonly weights: readonly number[];
  readonly normalisation: 'min-max' | 'rank' | 'none';
  readonly constant: number;
}

function ruleOf({ method, weights, normalisation, constant }: RuleParams, inputs: number): FusionRule {
  const all = Array.from({ length: inputs }, (_, s) => weights[s] ?? 1);
  if (method === 'weighted') return { method, weights: all, normalisation };
  return method === 'reciprocal-rank' ? { method, weights: all, constant } : { method };
}

function partsOf(inputs: readonly Candidates[], r: number): RankedPart[] {
  return inputs.map(({ items, scores, offsets }) => ({ items, scores, from: offsets[r], to: offsets[r + 1] }));
}
