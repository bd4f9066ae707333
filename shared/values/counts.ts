import type { Value } from '#shared/contract/values.ts';

/** How large a value is, as a person counts it, and what is counted. Shown on nodes and edges. */
export function sizeOf(value: Value): { count: number; unit: string } {
  switch (value.type) {
    case 'dataset':
      return value.shape === 'events'
        ? { count: value.events.user.length, unit: 'events' }
        : { count: value.examples?.label.length ?? 0, unit: 'examples' };
    case 'split':
      return {
        count: value.train.length,
        unit: value.dataset.shape === 'events' ? 'training events' : 'training examples',
      };
    case 'examples':
      return { count: value.rows, unit: 'examples' };
    case 'candidates':
    case 'list':
      return {
        count: value.requests.user.length === 0 ? 0 : value.items.length / value.requests.user.length,
        unit: 'items per request',
      };
    case 'model':
      return { count: value.vectors === null ? 0 : value.vectors.width, unit: 'factors' };
    case 'metrics':
      return { count: Object.keys(value.metrics).length, unit: 'metrics' };
  }
}
