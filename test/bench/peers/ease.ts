import { fitEase } from '../../../shared/kernels/ease.ts';
import { buildRows } from '../../../shared/kernels/sparse.ts';
import { peerEvents, peerSize } from '../peer-data.ts';

const { user, item } = peerEvents();
const matrix = buildRows({ rows: peerSize.users, cols: peerSize.items, repeats: 'last' }, user, item);
const start = performance.now();
fitEase(matrix, 250);
console.log(JSON.stringify({ name: 'ease', peer: 'runboard', seconds: (performance.now() - start) / 1000 }));
