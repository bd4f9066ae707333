import { nodeTensorHost } from '../../../main/node/tensor-host.ts';
import { Adam } from '../../../shared/kernels/adam.ts';
import { Xoshiro } from '../../../shared/kernels/random.ts';
import { loadBackend } from '../../../shared/tensor/backend.ts';
import { pairBatch, plainStep, towerStep } from '../two-tower-work.ts';
import type { Bench } from '../measure.ts';

const [entities, width, pairs] = [20_000, 64, 512];
const random = new Xoshiro(1, 'two-tower step');
const table = (): Float32Array => Float32Array.from({ length: entities * width }, () => 0.1 * random.normal());
const naive = {
  users: table(),
  items: table(),
  userAdam: new Adam(entities * width, { rate: 0.01 }),
  itemAdam: new Adam(entities * width, { rate: 0.01 }),
};
const batch = pairBatch(entities, pairs, random);
await loadBackend(nodeTensorHost);
const step = towerStep({ users: entities, items: entities }, width, random);

/** Loss, gradients and update of 512 pairs, towers of ids, in-batch softmax with logQ; 20,000 users and items. */
export const bench: Bench = {
  name: 'two-tower step, 512 pairs × 64',
  baseline: () => void plainStep(naive, width, batch),
  candidate: () => void step(batch),
};
