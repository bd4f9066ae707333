import type { Value } from '#shared/contract/values.ts';

type Fact = readonly [string, string | number];

/** What is said of a value beside its rows: sizes, and where it comes from. */
export function factsOf(value: Value): readonly Fact[] {
  switch (value.type) {
    case 'dataset':
      return [
        ['data set', value.name],
        ['fingerprint', value.fingerprint.slice(0, 12)],
        ...(value.shape === 'events'
          ? ([
              ['users', value.users.ids.length],
              ['items', value.items.ids.length],
            ] satisfies Fact[])
          : []),
      ];
    case 'split':
      return [
        ['split', value.protocol.name],
        ['users without positives', value.protocol.usersWithoutPositives],
        ...(value.protocol.leaksFuture
          ? ([['may leak', 'training rows can be later than test rows']] satisfies Fact[])
          : []),
      ];
    case 'examples':
      return [
        ['labels', value.labelling],
        ['features', value.features.length],
        ...(value.prediction === null
          ? []
          : ([['scored as', value.probability ? 'probability' : 'score']] satisfies Fact[])),
      ];
    case 'candidates':
    case 'list':
      return [
        ['requests', value.requests.user.length],
        [
          'items per request',
          value.requests.user.length === 0
            ? 0
            : Math.round((value.items.length / value.requests.user.length) * 10) / 10,
        ],
        ['sources', value.sources.join(', ')],
      ];
    case 'model':
      return [
        ['trained by', value.component],
        ...(value.vectors === null
          ? []
          : ([
              ['vector width', value.vectors.width],
              ['users', value.vectors.users.length / value.vectors.width],
              ['items', value.vectors.items.length / value.vectors.width],
            ] satisfies Fact[])),
      ];
    case 'metrics':
      return [
        ['origin', value.origin],
        ['metrics', Object.keys(value.metrics).length],
        ['plots', value.plots.length],
      ];
  }
}
