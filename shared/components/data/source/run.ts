import { implement } from '#shared/contract/component.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  async apply(_ready, _inputs, _params, context) {
    context.progress(0, 'loading');
    context.progress(0, 'loading');
    const dataset = await context.ports.dataset();
    const { shape, users, items, events, impressions, examples } = dataset;
    if (shape === 'examples') context.log(`${dataset.name}: ${examples?.label.length ?? 0} labelled examples`);
    else
      context.log(
        `${dataset.name}: ${users.ids.length} users, ${items.ids.length} items, ${events.user.length} events, ${impressions?.item.length ?? 0} impressions`,
      );
    if (shape === 'events' && events.user.length === 0)
      context.warn('the data set has no events: nothing can be learned from what users did');
    if (shape === 'events' && users.ids.length === 1)
      context.warn('the data set has only one user: nothing can be learned from others');
    if (shape === 'events' && items.ids.length === 1)
      context.warn('the data set has only one item: there is nothing to choose from');
    if (
      examples !== null &&
      examples.label.length > 0 &&
      examples.label.every((label) => label === examples.label[0])
    ) {
      context.warn(`all labels are ${examples.label[0]}: there is nothing to tell apart`);
    }
    return { dataset };
  },
});
