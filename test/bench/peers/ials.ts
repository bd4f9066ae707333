import { Xoshiro } from '../../../shared/kernels/random.ts';
import { refreshGram, solveRows, startIals, IalsWorkspace } from '../../../shared/kernels/ials.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';
import { peerEvents, peerSize } from '../peer-data.ts';

const { user, item } = peerEvents();
const matrix = buildRows({ rows: peerSize.users, cols: peerSize.items, repeats: 'last' }, user, item);
const options = { factors: 64, unobservedWeight: 0.5, regularisation: 0.002, frequencyExponent: 1, steps: 3 };
const start = performance.now();
const problem = startIals(matrix, options, new Xoshiro(1, 'ials'));
const workspace = new IalsWorkspace(options.factors);
for (let iteration = 0; iteration < 5; iteration++) {
  for (const side of [problem.users, problem.items]) {
    refreshGram(side, options);
    solveRows(side, 0, side.matrix.rows, options, workspace);
  }
}
console.log(JSON.stringify({ name: 'ials', peer: 'runboard', seconds: (performance.now() - start) / 1000 }));
