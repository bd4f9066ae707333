// npm run bench:board: how fast the board is under the hand, in a real Chromium, on the production build, while a run
// reports its progress; beside it a bare board of @xyflow/react with the same boxes and wires, because times of one
// machine say little. `-- --size 300` measures one size; `-- --write` puts the tables into the README.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../support/window.ts';
import { chunksOf } from './bundle.ts';
import { drawing } from './drawings.ts';
import { measureBoard, type BoardFigures } from './measure-board.ts';
import { openStage } from './stage.ts';
import { boardTable, bundleTable, startLine } from './tables.ts';
import { startTime } from './start.ts';
import { writeTables } from './write-tables.ts';

const sizes = [
  [150, 200],
  [300, 400],
  [1_000, 1_400],
] as const;

const { values } = parseArgs({
  options: {
    size: { type: 'string' },
    window: { type: 'string', default: join(import.meta.dirname, '../../../dist/renderer') },
    write: { type: 'boolean', default: false },
  },
});

const executablePath = chromiumPath();
if (executablePath === undefined) {
  console.error('bench:board needs a Chromium: install one, or name it in RUNBOARD_CHROMIUM');
  process.exit(1);
}
const designs = sizes
  .filter(([nodes]) => values.size === undefined || values.size === String(nodes))
  .map(([nodes, edges]) => drawing(nodes, edges));
const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
const stage = await openStage(values.window, designs);
const figures: BoardFigures[] = [];
for (const design of designs) {
  console.error(`measuring ${design.title} …`);
  figures.push(await measureBoard(browser, stage, design));
}
await stage.close();
const start = values.size === undefined ? await startTime(browser) : null;
await browser.close();
const tables = [
  boardTable(figures),
  ...(start === null ? [] : [startLine(start)]),
  bundleTable(chunksOf(values.window)),
].join('\n\n');
console.log(tables);
if (values.write) await writeTables(tables);
