// npm run bench -- import: what an import of CSV takes, and whether its memory grows with the rows. Each import runs in a process of
// its own; between two sizes the difference tells what a million further rows cost.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Xoshiro } from '../../shared/kernels/random.ts';

const sizes = [1_000_000, 3_000_000];
const users = 100_000;
const items = 50_000;

interface Measured {
  readonly megabytes: number;
  readonly readingSeconds: number;
  readonly closingSeconds: number;
}

async function writeCsv(path: string, rows: number): Promise<void> {
  const random = new Xoshiro(1);
  const file = createWriteStream(path);
  file.write('user_id,item_id,rating,timestamp,device,amount\n');
  for (let from = 0; from < rows; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - from) }, (_, n) => {
      const amount = random.integer(10_000) / 100;
      const device = ['tv', 'phone', 'web'][n % 3];
      return `user${random.integer(users)},item${random.integer(items)},${1 + random.integer(5)},${1.6e9 + from + n},${device},${amount}\n`;
    });
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

async function measureImport(path: string, out: string): Promise<Measured> {
  const script = `import { importDataset } from ${JSON.stringify(join(import.meta.dirname, '../../main/node/datasets/import.ts'))};
    const began = performance.now();
    let closing = 0;
    const onProgress = ({ note }) => { if (note === 'profiling' && closing === 0) closing = performance.now(); };
    await importDataset({ path: ${JSON.stringify(path)}, format: 'csv', out: ${JSON.stringify(out)}, onProgress });
    const [megabytes, end] = [process.resourceUsage().maxRSS / 1024, performance.now()];
    process.stdout.write(JSON.stringify({ megabytes, readingSeconds: (closing - began) / 1000, closingSeconds: (end - closing) / 1000 }));`;
  const flags = ['--max-semi-space-size=8', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as Measured;
}

const folder = mkdtempSync(join(tmpdir(), 'runboard-bench-'));
try {
  console.log('rows         rows/s     MB/s   closing pass / reading   most memory');
  const found: Measured[] = [];
  for (const rows of sizes) {
    const path = join(folder, 'events.csv');
    await writeCsv(path, rows);
    const measured = await measureImport(path, join(folder, 'D.db'));
    found.push(measured);
    const { megabytes, readingSeconds, closingSeconds } = measured;
    const seconds = readingSeconds + closingSeconds;
    const megabytesRead = statSync(path).size / 1e6;
    console.log(
      `${rows.toLocaleString('en').padEnd(10)} ${Math.round(rows / seconds)
        .toLocaleString('en')
        .padStart(
          8,
        )} ${(megabytesRead / seconds).toFixed(1).padStart(8)} ${(closingSeconds / readingSeconds).toFixed(3).padStart(24)} ${`${Math.round(megabytes)} MB`.padStart(13)}`,
    );
  }
  const growth = (found[1].megabytes - found[0].megabytes) / ((sizes[1] - sizes[0]) / 1e6);
  console.log(`${growth.toFixed(1)} MB for each further million rows`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
