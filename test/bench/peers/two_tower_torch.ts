import { nodeTensorHost } from '../../../main/node/tensor-host.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { loadBackend } from '../../../shared/tensor/backend.ts';
import { peerEvents, peerSize } from '../peer-data.ts';
import { towerStep } from '../two-tower-work.ts';

const [pairs, warm, steps] = [512, 5, 200];
const { user, item } = peerEvents();
const counts = new Float64Array(peerSize.items);
for (const one of item) counts[one]++;
await loadBackend(nodeTensorHost);
const train = towerStep({ users: peerSize.users, items: peerSize.items }, 64, new Xoshiro(1, 'two-tower'));
let start = 0;
let late = 0;
for (let step = 0; step < warm + steps; step++) {
  if (step === warm) start = performance.now();
  const items = item.subarray(step * pairs, (step + 1) * pairs);
  const logChance = Float32Array.from(items, (one) => Math.log(counts[one] / item.length));
  const loss = train({ users: user.subarray(step * pairs, (step + 1) * pairs), items, logChance });
  if (step >= warm + steps - 20) late += loss / 20;
}
console.log(
  JSON.stringify({
    name: 'two-tower',
    peer: 'runboard',
    seconds: (performance.now() - start) / 1000,
    quality: { loss: late },
  }),
);
