import { RunboardError } from '#shared/contract/failure.ts';
import type { Split } from '#shared/contract/values.ts';

/** Time of the latest training event, Unix seconds: the "now" of fitted features. Throws where events have no time. */
export function trainingEnd(split: Split): number {
  const { time } = split.dataset.events;
  let end = -Infinity;
  for (const row of split.train) if (time[row] > end) end = time[row];
  if (end > -Infinity) return end;
  throw new RunboardError('bad-data', 'the training events have no time', {
    where: 'role time',
    remedy: 'map a column to the role time, or leave time out of this node',
  });
}

/** Whether an event is of one of `types`, by the column in role event.type; every event where no type is named. */
export function isOfType(split: Split, types: readonly string[]): (row: number) => boolean {
  if (types.length === 0) return () => true;
  const column = split.dataset.events.table.columns[split.dataset.roles['event.type'] ?? ''];
  if (column?.kind !== 'category') {
    throw new RunboardError('bad-data', 'the events have no type', {
      where: 'types',
      remedy: 'map a column to the role event.type, or name no types',
    });
  }
  const unknown = types.find((type) => !column.names.includes(type));
  if (unknown !== undefined) {
    throw new RunboardError('bad-parameter', `there is no type of event ${unknown}`, {
      where: 'types',
      remedy: `use ${column.names.join(', ')}`,
    });
  }
  const wanted = Uint8Array.from(column.names, (name) => Number(types.includes(name)));
  return (row) => column.codes[row] >= 0 && wanted[column.codes[row]] === 1;
}
