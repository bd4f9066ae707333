// npm run bench: every kernel beside its naive reference, every trained component beside a peer in Python on the same data
// and cores. Prints ratios (above 1: Runboard is faster). Peers are installed into a folder of their own; those that
// cannot be are reported as not run. `npm run bench -- kernels` or `-- peers [name]` runs one half;
// `-- tune [name]` chooses settings on validation, `-- figures [template]` measures every figure of the README again,
// `-- splits` says how far random splits lie apart,
// `-- simulator` asks the user simulator a million times, `-- import` imports CSV files of two sizes.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { measure, type Bench } from './measure.ts';
import { runPeers } from './peers.ts';

const folder = import.meta.dirname;
const wanted = process.argv[2] ?? 'all';

if (wanted === 'all' || wanted === 'kernels') {
  console.log('kernel                                         naive ms    ours ms     ratio');
  for (const file of globSync('kernels/*.ts', { cwd: folder }).sort()) {
    const { bench } = (await import(join(folder, file))) as { bench: Bench };
    const { name, baselineMillis, candidateMillis, ratio } = await measure(bench);
    console.log(
      `${(name || basename(file)).padEnd(44)} ${baselineMillis.toFixed(1).padStart(10)} ${candidateMillis.toFixed(1).padStart(10)} ${`${ratio.toFixed(2)}×`.padStart(9)}`,
    );
  }
}

if (wanted === 'all' || wanted === 'peers') await runPeers(process.argv[3]);
if (wanted === 'tune') await import('./tune.ts');
if (wanted === 'figures') await import('./figures.ts');
if (wanted === 'splits') await import('./splits.ts');
if (wanted === 'simulator') await import('./simulator.ts');
if (wanted === 'import') await import('./import.ts');
