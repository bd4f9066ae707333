# needs: numpy lightgbm scikit-learn
"""LightGBM with its defaults on 100,000 rows of 28 hashed numbers, 80,000 to learn from; AUC on the others."""
import json
import sys
import time

sys.path.pop(0)  # this file would be found in place of the package it is named after
import lightgbm
import numpy as np
from sklearn.metrics import roc_auc_score

ROWS, TRAIN, FEATURES = 100_000, 80_000, 28


def hashed(count):
    """Uniform numbers in [0, 1) from the cells' numbers, in 32-bit arithmetic, the same in every language."""
    mask = np.uint64(0xFFFFFFFF)
    x = (np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(12345)) & mask
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x21F0AAAD)) & mask
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x735A2D97)) & mask
    return ((x ^ (x >> np.uint64(15))) & mask).astype(np.float64) / 4294967296


cells = hashed(ROWS * (FEATURES + 1)).reshape(ROWS, FEATURES + 1)
rows, noise = cells[:, :FEATURES], cells[:, FEATURES]
labels = (rows[:, 0] + 2 * rows[:, 1] * rows[:, 2] + (rows[:, 3] > 0.5) * 0.5 + noise > 1.75).astype(int)
model = lightgbm.LGBMClassifier(n_jobs=int(sys.argv[2]) if len(sys.argv) > 2 else 1, verbose=-1)
start = time.perf_counter()
model.fit(rows[:TRAIN], labels[:TRAIN])
seconds = time.perf_counter() - start
scores = model.booster_.predict(rows[TRAIN:])
print(json.dumps({"name": "gbdt", "peer": "lightgbm", "seconds": seconds, "quality": {"auc": roc_auc_score(labels[TRAIN:], scores)}}))
