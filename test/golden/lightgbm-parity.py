"""How lightgbm-parity.json was made: LightGBM's own answers for several sets of parameters.

Run `python3 lightgbm-parity.py <folder of lightgbm-binary> > lightgbm-parity.json` with lightgbm, numpy and scikit-learn.
Two kinds of data: hashed numbers (the same 32-bit hash as in lightgbm-parity.test.ts), for which the raw scores of the
first test rows are kept, and the AUC where some numbers are missing besides; and LightGBM's
examples/binary_classification (MIT), for which the AUC of its 500 test rows is kept. Sets that draw rows or columns at random are run with 100 trees and
many seeds: mean and standard error are kept (for the figures of the README).
"""
import json
import sys

import lightgbm
import numpy as np
from sklearn.metrics import roc_auc_score

ROWS, TRAIN, FEATURES = 2_400, 2_000, 6
ROUNDS = 50
KEPT = 20
SETS = [
    {"name": "defaults", "lightgbm": {}, "ours": {}},
    {"name": "63 leaves", "lightgbm": {"num_leaves": 63}, "ours": {"leaves": 63}},
    {"name": "15 leaves, slower", "lightgbm": {"num_leaves": 15, "learning_rate": 0.05}, "ours": {"leaves": 15, "learningRate": 0.05}},
    {"name": "63 bins, hessian 5", "lightgbm": {"max_bin": 63, "min_sum_hessian_in_leaf": 5}, "ours": {"maximumBins": 63, "minimumHessianInLeaf": 5}},
    {
        "name": "penalties",
        "lightgbm": {"max_depth": 5, "min_data_in_leaf": 100, "lambda_l1": 1, "lambda_l2": 5, "min_gain_to_split": 0.5},
        "ours": {"depth": 5, "minimumRowsInLeaf": 100, "l1": 1, "l2": 5, "minimumGain": 0.5},
    },
]
DRAWN = [
    {"name": "bags of .8", "seeds": 20, "lightgbm": {"bagging_fraction": 0.8, "bagging_freq": 1}, "ours": {"bagFraction": 0.8}},
    {"name": "bags of .5", "seeds": 100, "lightgbm": {"bagging_fraction": 0.5, "bagging_freq": 1}, "ours": {"bagFraction": 0.5}},
    {"name": "half of the features", "seeds": 20, "lightgbm": {"feature_fraction": 0.5}, "ours": {"featureFraction": 0.5}},
]


def hashed(count):
    """Uniform numbers in [0, 1) from the cells' numbers, in 32-bit arithmetic."""
    mask = np.uint64(0xFFFFFFFF)
    x = (np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(12345)) & mask
    x = ((x ^ (x >> np.uint64(16))) * np.uint64(0x21F0AAAD)) & mask
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x735A2D97)) & mask
    return ((x ^ (x >> np.uint64(15))) & mask).astype(np.float64) / 4294967296


def hashed_world(missing):
    cells = hashed(ROWS * (FEATURES + 1)).reshape(ROWS, FEATURES + 1)
    rows, noise = cells[:, :FEATURES].copy(), cells[:, FEATURES]
    labels = (rows[:, 0] + 2 * rows[:, 1] * rows[:, 2] + (rows[:, 3] > 0.5) * 0.5 + noise > 1.75).astype(int)
    # Half of column 0 lies below zero, column 2 has a heap of zeros, column 4 few values; a tenth of column 1 is missing.
    rows[:, 0] -= 0.5
    if missing:
        rows[rows[:, 1] > 0.9, 1] = np.nan
    rows[rows[:, 2] < 0.3, 2] = 0
    rows[:, 4] = np.floor(rows[:, 4] * 20)
    return rows, labels


def trained(rows, labels, parameters, seed=1, rounds=ROUNDS):
    fixed = {"objective": "binary", "verbose": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": seed}
    return lightgbm.train({**fixed, **parameters}, lightgbm.Dataset(rows, labels), rounds)


def main(folder):
    (rows, labels), (holed, _) = hashed_world(False), hashed_world(True)
    train, test = np.loadtxt(f"{folder}/binary.train"), np.loadtxt(f"{folder}/binary.test")

    def example_auc(parameters, seed=1, rounds=ROUNDS):
        scores = trained(train[:, 1:], train[:, 0], parameters, seed, rounds).predict(test[:, 1:], raw_score=True)
        return roc_auc_score(test[:, 0], scores)

    answers = []
    for one in SETS:
        scores = trained(rows[:TRAIN], labels[:TRAIN], one["lightgbm"]).predict(rows[TRAIN:], raw_score=True)
        answers.append(
            {
                **one,
                "missingAuc": roc_auc_score(labels[TRAIN:], trained(holed[:TRAIN], labels[:TRAIN], one["lightgbm"]).predict(holed[TRAIN:])),
                "hashedScores": [float(f"{score:.9g}") for score in scores[:KEPT]],
                "exampleAuc": example_auc(one["lightgbm"]),
            }
        )
    drawn = []
    for one in DRAWN:
        values = [example_auc(one["lightgbm"], seed, 100) for seed in range(1, one["seeds"] + 1)]
        drawn.append({**one, "exampleAuc": float(np.mean(values)), "standardError": float(np.std(values, ddof=1) / len(values) ** 0.5)})
    print(json.dumps({"lightgbm": lightgbm.__version__, "rows": ROWS, "train": TRAIN, "features": FEATURES, "rounds": ROUNDS, "sets": answers, "drawn": drawn}, indent=2))


main(sys.argv[1])
