# needs: numpy torch
"""Two-tower of ids, 64 numbers, in-batch softmax with logQ, batches of 512, by PyTorch with sparse Adam: 200 steps after 5 unmeasured."""
import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(1)
pairs = torch.from_numpy(np.fromfile(sys.argv[1], dtype="<i4").reshape(-1, 2).astype(np.int64))
users = torch.nn.Embedding(20_000, 64, sparse=True)
items = torch.nn.Embedding(3_000, 64, sparse=True)
for table in (users, items):
    torch.nn.init.normal_(table.weight, std=0.1)
optimiser = torch.optim.SparseAdam([users.weight, items.weight], lr=0.01)
log_chance = torch.log(torch.bincount(pairs[:, 1], minlength=3_000).clamp(min=1) / len(pairs))
own = torch.arange(512)
losses = []
start = 0.0
for step in range(205):
    if step == 5:
        start = time.perf_counter()
    batch = pairs[step * 512:(step + 1) * 512]
    q = torch.nn.functional.normalize(users(batch[:, 0]))
    k = torch.nn.functional.normalize(items(batch[:, 1]))
    logits = q @ k.T / 0.2 - log_chance[batch[:, 1]]
    hits = batch[:, 1][:, None] == batch[:, 1][None, :]
    hits[own, own] = False
    loss = torch.nn.functional.cross_entropy(logits.masked_fill(hits, float("-inf")), own)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    losses.append(loss.item())
seconds = time.perf_counter() - start
print(json.dumps({"name": "two-tower", "peer": f"torch {torch.__version__}", "seconds": seconds, "quality": {"loss": float(np.mean(losses[-20:]))}}))
