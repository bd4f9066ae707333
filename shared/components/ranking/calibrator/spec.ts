import { defineSpec } from '#shared/contract/component.ts';

export const spec = defineSpec({
  id: 'calibrator',
  version: 1,
  stage: 'ranking',
  kind: 'model.calibrator',
  title: 'Calibrator',
  summary:
    'Turns scores of a ranker into probabilities that come true as often as they say, learned on the validation part.',
  icon: 'gauge',
  inputs: {
    examples: {
      types: ['examples'],
      title: 'Scored examples',
      help: 'Examples with the predictions of a ranker; fitted on their validation part.',
    },
    candidates: {
      types: ['candidates'],
      title: 'Ranked candidates',
      help: 'Candidates with scores of the same ranker.',
      optional: true,
    },
  },
  outputs: {
    candidates: { type: 'candidates', title: 'Calibrated candidates' },
    examples: { type: 'examples', title: 'Calibrated examples' },
  },
  params: {
    method: {
      kind: 'choice',
      title: 'Method',
      help: 'platt bends the scores by a slope and an offset; isotonic takes any rising shape and wants a thousand examples or more.',
      default: 'platt',
      choices: ['platt', 'isotonic'],
    },
  },
  references: [
    'Platt 1999, Probabilistic outputs for support vector machines',
    'Lin, Lin and Weng 2007, A note on Platt’s probabilistic outputs',
    'Zadrozny and Elkan 2002, Transforming classifier scores into accurate multiclass probability estimates',
  ],
  cost: 'O(examples · log examples)',
});
