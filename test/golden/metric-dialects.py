"""How metric-dialects.json was made: each library's definitions, restated in a few lines of plain Python.

Run `python3 metric-dialects.py > metric-dialects.json` (no packages needed). Definitions follow the sources named
beside them. The example: eight items, four users with graded held-out items (relevant from grade 3), one of them with
nothing relevant; lists of five; and scores over the whole catalogue, with ties, for what is defined on it.
"""
import json
from math import log2

K = 5
ITEMS = 8
THRESHOLD = 3
# user -> list of items, best first (user 2's list is short)
LISTS = {0: [3, 0, 5, 1, 7], 1: [2, 4, 6, 0, 1], 2: [5, 6, 1], 3: [0, 1, 2, 3, 4]}
# user -> {item: grade}; user 3 has nothing relevant
GRADES = {0: {0: 5, 1: 3, 2: 4}, 1: {2: 3, 7: 5}, 2: {1: 4, 3: 5, 4: 3, 5: 3, 6: 4, 7: 3}, 3: {}}
# scores of all items for each user, with ties
SCORES = {0: [7, 5, 1, 9, 1, 6, 0, 4], 1: [4, 3, 9, 1, 8, 2, 6, 2], 2: [1, 5, 0, 2, 2, 9, 8, 3], 3: [8, 7, 6, 5, 4, 3, 2, 1]}

users = [u for u in LISTS if GRADES[u]]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def hits(u):
    return [1 if i in GRADES[u] else 0 for i in LISTS[u][:K]]


def gains(u):
    return [GRADES[u].get(i, 0) for i in LISTS[u][:K]]


def dcg(values):
    return sum(v / log2(r + 2) for r, v in enumerate(values))


def ideal(u, gain):
    return sorted((gain(g) for g in GRADES[u].values()), reverse=True)[:K]


def precisions_at_hits(u):
    h = hits(u)
    return sum(sum(h[: r + 1]) / (r + 1) for r in range(len(h)) if h[r])


def first_hit(u):
    h = hits(u)
    return 1 / (h.index(1) + 1) if 1 in h else 0


def auc(u, tie):
    pos = [SCORES[u][i] for i in range(ITEMS) if i in GRADES[u]]
    neg = [SCORES[u][i] for i in range(ITEMS) if i not in GRADES[u]]
    won = sum(1 if p > n else tie if p == n else 0 for p in pos for n in neg)
    return won / (len(pos) * len(neg)), len(pos), len(neg)


def recbole():
    # evaluator/metrics.py: MAP divides by min(|T|, K); NDCG binary; GAUC weighs users by positives
    values = [auc(u, 0.5) for u in users]
    return {
        "recall": mean(sum(hits(u)) / len(GRADES[u]) for u in users),
        "precision": mean(sum(hits(u)) / K for u in users),
        "hit": mean(1 if sum(hits(u)) else 0 for u in users),
        "mrr": mean(first_hit(u) for u in users),
        "map": mean(precisions_at_hits(u) / min(len(GRADES[u]), K) for u in users),
        "ndcg": mean(dcg(hits(u)) / dcg([1] * min(len(GRADES[u]), K)) for u in users),
        "user-auc": sum(a * p for a, p, _ in values) / sum(p for _, p, _ in values),
    }


def implicit():
    # evaluation.pyx: precision is summed hits over summed min(K, |T|); the tail of AUC counts half (implicit 0.7.3 gives
    # these numbers for lists of K; places missing from a shorter list are tail here, and misses there)
    def list_auc(u):
        likes, h, miss, won = len(GRADES[u]), 0, 0, 0.0
        negatives = ITEMS - likes
        for hit in hits(u):
            if hit:
                h += 1
            else:
                miss += 1
                won += h
        won += ((h + likes) / 2) * (negatives - miss)
        return won / (likes * negatives)

    return {
        "precision-implicit": sum(sum(hits(u)) for u in users) / sum(min(K, len(GRADES[u])) for u in users),
        "map": mean(precisions_at_hits(u) / min(len(GRADES[u]), K) for u in users),
        "ndcg": mean(dcg(hits(u)) / dcg([1] * min(len(GRADES[u]), K)) for u in users),
        "list-auc": mean(list_auc(u) for u in users),
    }


def cornac():
    # metrics/ranking.py (confirmed with cornac 3.0.1): NDCG gain 2^rel - 1, but rel is 0 or 1; AUC loses ties
    return {
        "precision": mean(sum(hits(u)) / K for u in users),
        "recall": mean(sum(hits(u)) / len(GRADES[u]) for u in users),
        "ndcg": mean(dcg([2**h - 1 for h in hits(u)]) / dcg([1] * min(len(GRADES[u]), K)) for u in users),
        "auc-strict": mean(auc(u, 0)[0] for u in users),
    }


def recommenders():
    # python_evaluation.py: map divides by |T|, map_at_k by min(|T|, K); relevancy raw or exp
    return {
        "map-all": mean(precisions_at_hits(u) / len(GRADES[u]) for u in users),
        "map": mean(precisions_at_hits(u) / min(len(GRADES[u]), K) for u in users),
        "ndcg": mean(dcg(hits(u)) / dcg([1] * min(len(GRADES[u]), K)) for u in users),
        "ndcg-raw": mean(dcg(gains(u)) / dcg(ideal(u, float)) for u in users),
        "ndcg-exponential": mean(dcg([2**g - 1 for g in gains(u)]) / dcg(ideal(u, lambda g: 2**g - 1)) for u in users),
    }


def lenskit():
    # metrics/ranking (confirmed with lenskit 2025.8.1): precision over the list's length, recall over min(|T|, K), AP over
    # min(|T|, length); NDCG's discount is log2(max(rank, 2))
    def late(values):
        return sum(v / log2(max(r + 1, 2)) for r, v in enumerate(values))

    return {
        "precision-returned": mean(sum(hits(u)) / len(hits(u)) for u in users),
        "recall-capped": mean(sum(hits(u)) / min(len(GRADES[u]), K) for u in users),
        "map-returned": mean(precisions_at_hits(u) / min(len(GRADES[u]), len(hits(u))) for u in users),
        "ndcg-lenskit": mean(late(hits(u)) / late([1] * min(len(GRADES[u]), K)) for u in users),
        "ndcg-lenskit-graded": mean(late(gains(u)) / late(ideal(u, float)) for u in users),
    }


def elliot():
    # MAP is the mean of precision@1..K; nDCG gain 2^(rel - threshold + 1) - 1
    gain = lambda g: 2 ** (g - THRESHOLD + 1) - 1
    return {
        "map-elliot": mean(mean(sum(hits(u)[: r + 1]) / (r + 1) for r in range(K)) for u in users),
        "ndcg-elliot": mean(dcg([gain(g) if g else 0 for g in gains(u)]) / dcg(ideal(u, gain)) for u in users),
    }


def lightgbm():
    # rank_metric.hpp (confirmed with lightgbm 4.7.0): gain 2^y - 1; a query without relevant documents counts 1. All documents of a query are ranked:
    # those that are not in the list follow in order of their number.
    def ndcg(u):
        order = LISTS[u] + [i for i in range(ITEMS) if i not in LISTS[u]]
        found = [2 ** GRADES[u].get(i, 0) - 1 for i in order[:K]]
        return dcg(found) / dcg(ideal(u, lambda g: 2**g - 1)) if GRADES[u] else 1.0

    return {"ndcg-lightgbm": mean(ndcg(u) for u in LISTS)}


print(
    json.dumps(
        {
            "madeBy": "metric-dialects.py",
            "k": K,
            "items": ITEMS,
            "threshold": THRESHOLD,
            "lists": [LISTS[u] for u in sorted(LISTS)],
            "grades": [sorted([i, g] for i, g in GRADES[u].items()) for u in sorted(GRADES)],
            "scores": [SCORES[u] for u in sorted(SCORES)],
            "dialects": {
                "RecBole": recbole(),
                "implicit": implicit(),
                "Cornac": cornac(),
                "recommenders": recommenders(),
                "LensKit": lenskit(),
                "Elliot": elliot(),
                "LightGBM": lightgbm(),
            },
        },
        indent=1,
    )
)
