import { cellRows, startBpr, trainBpr } from '../../../shared/kernels/bpr.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';
import { peerEvents, peerSize } from '../peer-data.ts';

const { user, item } = peerEvents();
const matrix = buildRows({ rows: peerSize.users, cols: peerSize.items }, user, item);
const options = { factors: 64, learningRate: 0.05, regularisation: 0, popularityShare: 0 };
const start = performance.now();
const random = new Xoshiro(1, 'bpr');
const model = startBpr(peerSize, options.factors, random);
trainBpr(model, matrix, cellRows(matrix), options, random, user.length, {
  trained: 0,
  skipped: 0,
  ordered: 0,
  loss: 0,
});
console.log(JSON.stringify({ name: 'bpr', peer: 'runboard', seconds: (performance.now() - start) / 1000 }));
