# needs: numpy torch
"""BPR, 64 factors and item bias, one epoch of a million pairs in batches of 4,096, by PyTorch with sparse gradient descent."""
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
biases = torch.nn.Embedding(3_000, 1, sparse=True)
for table in (users, items):
    torch.nn.init.normal_(table.weight, std=0.1)
torch.nn.init.zeros_(biases.weight)
optimiser = torch.optim.SGD([users.weight, items.weight, biases.weight], lr=0.05)
start = time.perf_counter()
shuffled = pairs[torch.randperm(len(pairs))]
for first in range(0, len(pairs), 4096):
    batch = shuffled[first:first + 4096]
    drawn = torch.randint(0, 3_000, (len(batch),))
    user = users(batch[:, 0])
    difference = (user * (items(batch[:, 1]) - items(drawn))).sum(1) + (biases(batch[:, 1]) - biases(drawn)).squeeze(1)
    # The sum, not the mean: a step per pair of the length that pair-by-pair descent takes.
    loss = torch.nn.functional.softplus(-difference).sum()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
print(json.dumps({"name": "bpr", "peer": f"torch {torch.__version__}", "seconds": time.perf_counter() - start}))
