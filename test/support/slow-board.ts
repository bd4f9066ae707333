import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importDataset } from '../../main/node/datasets/import.ts';

/** A board whose chain of retrievers takes a few seconds. */
export async function slowBoard(folder: string): Promise<{ design: string; data: string }> {
  const rows = ['user,item,time,rating'];
  for (let u = 0; u < 300; u++)
    for (let i = 0; i < 200; i++)
      if ((u * 31 + i * 17) % 11 < 3 && (u + i) % 2 === 0)
        rows.push(`u${u},i${i},${1_700_000_000 + ((u * 7 + i * 13) % 997)},4`);
  const data = join(folder, 'data.db');
  writeFileSync(join(folder, 'events.csv'), rows.join('\n'));
  await importDataset({
    path: join(folder, 'events.csv'),
    format: 'csv',
    out: data,
    map: { user: 'user', item: 'item', time: 'time', value: 'rating' },
  });
  const node = (id: string, component: string, params = {}): object => ({
    id,
    kind: 'retrieve',
    title: id,
    x: 0,
    y: 0,
    binding: { component, version: 1, params },
  });
  const retrievers = ['bpr', 'ials', 'item-knn', 'ease', 'popularity'];
  const design = join(folder, 'design.runboard');
  writeFileSync(
    design,
    JSON.stringify({
      format: 'runboard',
      version: 1,
      title: 'To be killed',
      seed: 1,
      board: {
        nodes: [
          node('source', 'source'),
          node('split', 'split'),
          ...retrievers.map((id) => node(id, id)),
          ...retrievers.map((id) => node(`evaluate-${id}`, 'evaluate-lists', { resamples: 100 })),
        ],
        edges: [
          { id: 's', from: 'source', to: 'split' },
          ...retrievers.flatMap((id) => [
            { id: `a-${id}`, from: 'split', to: id },
            { id: `b-${id}`, from: id, fromPort: 'candidates', to: `evaluate-${id}` },
          ]),
        ],
      },
    }),
  );
  return { design, data };
}
