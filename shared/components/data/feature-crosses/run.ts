import { implement } from '#shared/contract/component.ts';
import type { Context } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Cross, Split } from '#shared/contract/values.ts';
import { findColumn } from '#shared/values/derived-columns.ts';
import type { PlacedColumn } from '#shared/values/derived-columns.ts';
import { spec } from './spec.ts';

export const component = implement(spec, {
  apply(_, { split }, { left, right, buckets }, context) {
    context.progress(0);
    const cross: Cross = { name: nameOf(left, right), left, right, buckets };
    check(split, cross, context);
    return { split: { ...split, crosses: [...split.crosses, cross] } };
  },
});

/** "gender-genres" for user.gender and item.genres; the place stays where both columns have one name. */
function nameOf(left: string, right: string): string {
  const bare = (reference: string): string => reference.slice(reference.indexOf('.') + 1);
  return bare(left) === bare(right) ? `${left}-${right}`.replaceAll('.', '-') : `${bare(left)}-${bare(right)}`;
}

function namesIn(split: Split, reference: string): number {
  const { column }: PlacedColumn = findColumn(split, reference);
  if (column.kind === 'category' || column.kind === 'tags') return column.names.length;
  throw new RunboardError('bad-parameter', `${reference} is of kind ${column.kind}`, {
    where: 'cross',
    remedy: 'cross categories or tags; bucket numbers first',
  });
}

function check(split: Split, cross: Cross, context: Context): void {
  const combinations = namesIn(split, cross.left) * namesIn(split, cross.right);
  if (split.crosses.some((one) => one.name === cross.name)) {
    throw new RunboardError('bad-board', `there is a cross ${cross.name} already`, {
      where: 'cross',
      remedy: 'remove one of the two nodes',
    });
  }
  context.log(`${combinations} combinations in ${cross.buckets} buckets`);
  context.measure('combinations per bucket', combinations / cross.buckets);
}
