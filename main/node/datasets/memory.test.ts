import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { datasetFolders, type DatasetFolder } from '../../../test/support/dataset-folder.ts';

const folder = datasetFolders();

/** Users and items come again and again, event ids never do. */
async function writeRows(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('user,item,time,value,event\n');
  for (let from = 0; from < rows; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - from) }, (_, n) => {
      const r = from + n;
      return `u${r % 997},i${(r * 7) % 4999},${r},${r % 5},e${(r * 2_654_435_761) % 4_294_967_296}\n`;
    });
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

/** The most memory in bytes that an import held, in a process with a small heap. */
async function peakOfImport(data: DatasetFolder, rows: number): Promise<number> {
  const path = data.file('e.csv');
  await writeRows(path, rows);
  const script = `import { importDataset } from ${JSON.stringify(join(import.meta.dirname, 'import.ts'))};
    const { profile } = await importDataset({ path: ${JSON.stringify(path)}, format: 'csv', out: ${JSON.stringify(data.out)} });
    process.stdout.write(profile.events + ' ' + process.resourceUsage().maxRSS * 1024);`;
  const flags = ['--max-old-space-size=96', '--max-semi-space-size=4', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [events, peak] = (await text(child.stdout)).split(' ').map(Number);
  expect(events).toBe(rows);
  return peak;
}

it('an import takes no more memory for more rows, though every one of them names something new', async () => {
  const data = folder();
  // From here on the dictionary of event ids is full, and most of them come late.
  const [few, many] = [400_000, 1_000_000];
  const before = await peakOfImport(data, few);
  const growth: number[] = [];
  // On a loaded machine garbage may be collected late, 25 MB later: what is kept in memory shows every time.
  while (growth.length < 3 && !(growth.at(-1)! < 50))
    growth.push(((await peakOfImport(data, many)) - before) / (many - few));
  // Kept in memory, columns alone took 46 bytes for each row, and names of events more than 100.
  expect(Math.min(...growth), growth.join(', ')).toBeLessThan(50);
}, 180_000);

it('an import of a wide table holds as much of it as of a narrow one: 8,000 rows of 400 columns in a small heap', async () => {
  const data = folder();
  const path = data.file('wide.csv');
  const [rows, columns] = [8_000, 400];
  const file = createWriteStream(path);
  file.write(`user,item,${Array.from({ length: columns }, (_, c) => `c${c}`).join(',')}\n`);
  for (let r = 0; r < rows; r++) {
    const cells = Array.from({ length: columns }, (_, c) => ((r * 7919 + c * 104_729) % 1_000_003) / 7);
    if (!file.write(`u${r % 97},i${r % 89},${cells.join(',')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  const script = `import { importDataset } from ${JSON.stringify(join(import.meta.dirname, 'import.ts'))};
    const { profile } = await importDataset({ path: ${JSON.stringify(path)}, format: 'csv', out: ${JSON.stringify(data.out)} });
    process.stdout.write(String(profile.events));`;
  // Its cells as texts take more than 200 MB.
  const flags = ['--max-old-space-size=128', '--max-semi-space-size=4', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'ignore'] });
  expect(await text(child.stdout)).toBe(String(rows));
}, 180_000);
