import { miscalibration } from '#shared/kernels/beyond-accuracy.ts';
import { categorySharesInto, scaleToShares } from '#shared/kernels/category-lists.ts';
import type { ListMetric } from './metric-shapes.ts';

export const metric: ListMetric = {
  id: 'miscalibration',
  title: 'Miscalibration',
  dialect: 'Steck 2018: Kullback-Leibler, smoothing 0.01, nats',
  better: 'lower',
  family: 'beyond',
  help: 'How far the mix of categories in the list is from the mix in the history.',
  needs: ['categories'],
  ofList(list, world) {
    if (world.categories === null) return NaN;
    const { offsets, codes, count } = world.categories;
    const wanted = new Float64Array(count);
    const past = categorySharesInto(wanted, list.history, 0, list.history.length, offsets, codes);
    if (past === 0 || list.end === list.start) return NaN;
    const shown = world.scratch;
    scaleToShares(shown, categorySharesInto(shown, list.items, list.start, list.end, offsets, codes));
    const value = miscalibration(scaleToShares(wanted, past), shown, 0.01);
    shown.fill(0);
    return value;
  },
};
