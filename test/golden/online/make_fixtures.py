"""Makes statistics.json and off-policy.json: what SciPy, gbstats and obp say, to compare the kernels with.

    python3.11 -m venv venv
    venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 pandas pydantic packaging
    venv/bin/pip install --no-deps --ignore-requires-python gbstats==0.8.0 obp==0.5.7
    venv/bin/python make_fixtures.py

obp pins old versions and imports torch for parts that are not used here, so its estimator modules are loaded alone with
an empty torch. Nothing of it is part of the product.
"""

import importlib.util
import json
import math
import pathlib
import sys
import types

import numpy as np
from scipy import stats

HERE = pathlib.Path(__file__).parent


def plain(value):
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, np.generic):
        return value.item()
    return value


def write(name, made):
    (HERE / name).write_text(json.dumps(plain(made), indent=1, allow_nan=False) + "\n")


def distributions():
    z = [-8, -3.3, -1.2, -1e-3, 0, 0.4, 1.5, 2.1, 5, 12]
    p = [1e-12, 1e-5, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]
    degrees = [1, 2, 3.7, 12, 88.5, 1000, 54321, 250000, 1e7]
    shapes = [[0.5, 0.5], [2, 3], [1, 40.5], [120, 9], [3000, 5000]]
    return {
        "normal": {"cdf": [[x, stats.norm.cdf(x)] for x in z], "quantile": [[q, stats.norm.ppf(q)] for q in p]},
        "student": {
            "survival": [[x, d, stats.t.sf(x, d)] for x in z for d in degrees],
            "quantile": [[q, d, stats.t.ppf(q, d)] for q in p if q > 1e-6 for d in degrees],
        },
        "chiSquare": {
            "survival": [[x, d, stats.chi2.sf(x, d)] for x in [0.01, 0.7, 3, 12, 60] for d in [1, 2, 3, 10, 45]],
        },
        "beta": {
            "cdf": [[x, a, b, stats.beta.cdf(x, a, b)] for x in [0.001, 0.2, 0.375, 0.6, 0.97] for a, b in shapes],
        },
    }


def experiments():
    from gbstats.bayesian.tests import EffectBayesianABTest, EffectBayesianConfig, GaussianPrior
    from gbstats.frequentist.tests import (
        FrequentistConfig,
        SequentialConfig,
        SequentialTwoSidedTTest,
        TwoSidedTTest,
    )
    from gbstats.models.statistics import (
        RatioStatistic,
        RegressionAdjustedStatistic,
        SampleMeanStatistic,
        compute_theta,
    )

    random = np.random.default_rng(20261122)

    def outcome(test):
        result = test.compute_result()
        return {
            "estimate": result.expected,
            "low": result.ci[0],
            "high": result.ci[1],
            "pValue": result.p_value,
            "standardError": result.uplift.stddev,
        }

    def analyses(a, b):
        made = {}
        for relative in (True, False):
            kind = "relative" if relative else "absolute"
            made[kind] = {
                "fixed": outcome(TwoSidedTTest(a, b, FrequentistConfig(difference_type=kind))),
                "sequential": outcome(SequentialTwoSidedTTest(a, b, SequentialConfig(difference_type=kind))),
                "sequentialTuned": outcome(
                    SequentialTwoSidedTTest(
                        a, b, SequentialConfig(difference_type=kind, alpha=0.01, sequential_tuning_parameter=600)
                    )
                ),
            }
            for name, prior in (("flat", GaussianPrior()), ("proper", GaussianPrior(0, 0.09, True))):
                result = EffectBayesianABTest(
                    a, b, EffectBayesianConfig(difference_type=kind, prior_effect=prior)
                ).compute_result()
                # gbstats scales a relative prior for absolute differences; the test does the same
                made[kind][name] = {
                    "chanceToWin": result.chance_to_win,
                    "mean": result.expected,
                    "low": result.ci[0],
                    "high": result.ci[1],
                    "riskOfKeeping": result.risk[0],
                    "riskOfChoosing": result.risk[1],
                }
        return made

    cases = []
    for n_a, n_b, lift in ((40, 55, 0.3), (900, 870, 0.02), (12000, 3000, -0.05)):
        units = {}
        statistics = {"mean": [], "ratio": [], "adjusted": []}
        raw = []
        for arm, n in enumerate((n_a, n_b)):
            x = random.gamma(2.0, 3.0, n)
            y = 0.7 * x + random.gamma(1.5, 2.0, n) + (lift * 5 if arm else 0)
            random.random(n)  # keeps the numbers that follow as they were
            raw.append((x, y))
            mean = lambda v: SampleMeanStatistic(n=n, sum=float(v.sum()), sum_squares=float((v * v).sum()))
            statistics["mean"].append(mean(y))
            statistics["ratio"].append(RatioStatistic(n, mean(y), mean(x), float((x * y).sum())))
            statistics["adjusted"].append(
                RegressionAdjustedStatistic(n, mean(y), mean(x), float((x * y).sum()), 0.0)
            )
        theta = compute_theta(*statistics["adjusted"])
        for one in statistics["adjusted"]:
            one.theta = theta
        units["sums"] = [
            {
                "n": len(x),
                "y": float(y.sum()),
                "x": float(x.sum()),
                "yy": float((y * y).sum()),
                "xx": float((x * x).sum()),
                "xy": float((x * y).sum()),
            }
            for x, y in raw
        ]
        units["theta"] = theta
        for kind, (a, b) in statistics.items():
            units[kind] = analyses(a, b)
        cases.append(units)
    return cases


def welch_raw():
    """Small raw samples for SciPy's own Welch test (absolute difference)."""
    random = np.random.default_rng(7)
    made = []
    for n_a, n_b in ((5, 8), (30, 21)):
        a, b = random.normal(3, 1, n_a), random.normal(3.5, 2, n_b)
        result = stats.ttest_ind(b, a, equal_var=False)
        made.append({"a": a, "b": b, "statistic": result.statistic, "pValue": result.pvalue, "degrees": result.df})
    return made


def sample_ratio():
    made = []
    for counts, weights in (([5050, 4950], [1, 1]), ([1000, 1100, 900], [0.4, 0.3, 0.3]), ([10, 20], [1, 2])):
        expected = np.array(weights) / sum(weights) * sum(counts)
        result = stats.chisquare(counts, expected)
        made.append({"counts": counts, "weights": weights, "statistic": result.statistic, "pValue": result.pvalue})
    return made


def multiple():
    random = np.random.default_rng(3)
    made = []
    for m in (1, 5, 20):
        p = np.round(random.beta(0.5, 3, m), 6)
        if m == 5:
            p[3] = p[1]
        order = np.argsort(p, kind="stable")
        holm = np.empty(m)
        holm[order] = np.minimum(1, np.maximum.accumulate((m - np.arange(m)) * p[order]))
        made.append({"p": p, "holm": holm, "benjaminiHochberg": stats.false_discovery_control(p, method="bh")})
    return made


def power():
    """GrowthBook packages/shared/src/power/power.ts (powerEstFrequentist, findMdeFrequentist), restated."""
    made = []
    for mean, variance, n, lift, alpha in (
        (0.1, 0.09, 4000, 0.1, 0.05),
        (5.2, 30.0, 700, 0.08, 0.05),
        (0.02, 0.0196, 90000, 0.05, 0.01),
    ):
        error = math.sqrt(variance / (mean**2 * n) + variance * (mean * (1 + lift)) ** 2 / (mean**4 * n))
        z = stats.norm.ppf(1 - alpha / 2)
        chance = 1 - stats.norm.cdf(z - lift / error) + stats.norm.cdf(-z - lift / error)
        c = z - stats.norm.ppf(1 - 0.8)
        sigma2 = variance / n
        a = 1 - c**2 * sigma2 / mean**2
        b = -2 * mean
        d = b**2 - 4 * a * (mean**2 - c**2 * sigma2)
        made.append(
            {
                "mean": mean,
                "variance": variance,
                "perArm": n,
                "lift": lift,
                "alpha": alpha,
                "power": chance,
                "detectable": ((-b + math.sqrt(d)) / (2 * a) - mean) / mean,
            }
        )
    return made


def bare(name):
    """A package whose modules can be imported without running its __init__."""
    parent, _, child = name.rpartition(".")
    if parent:
        path = [str(pathlib.Path(sys.modules[parent].__path__[0]) / child)]
    else:
        path = list(importlib.util.find_spec(name).submodule_search_locations)
    module = types.ModuleType(name)
    module.__path__ = path
    sys.modules[name] = module


def off_policy():
    sys.modules["torch"] = types.ModuleType("torch")
    sys.modules["torch"].Tensor = sys.modules["torch"].tensor = type("Tensor", (), {})
    for name in ("obp", "obp.ope", "obp.policy"):
        bare(name)
    from obp.ope import estimators as single
    from obp.ope import estimators_slate as slate

    random = np.random.default_rng(11)
    n, actions = 60, 4
    logging = random.dirichlet(np.ones(actions), n)
    target = random.dirichlet(np.ones(actions) * 0.7, n)
    action = np.array([random.choice(actions, p=row) for row in logging])
    reward = (random.random(n) < 0.15 + 0.15 * action).astype(float)
    predictions = np.clip(0.15 + 0.15 * np.arange(actions) + random.normal(0, 0.1, (n, actions)), 0, 1)
    rows = np.arange(n)
    common = dict(reward=reward, action=action, pscore=logging[rows, action], action_dist=target[:, :, None])
    model = dict(common, estimated_rewards_by_reg_model=predictions[:, :, None])
    values = {
        "ips": single.InverseProbabilityWeighting().estimate_policy_value(**common),
        "clipped": single.InverseProbabilityWeighting(lambda_=2.0).estimate_policy_value(**common),
        "snips": single.SelfNormalizedInverseProbabilityWeighting().estimate_policy_value(**common),
        "dm": single.DirectMethod().estimate_policy_value(
            action_dist=common["action_dist"], estimated_rewards_by_reg_model=model["estimated_rewards_by_reg_model"]
        ),
        "dr": single.DoublyRobust().estimate_policy_value(**model),
        "drClipped": single.DoublyRobust(lambda_=2.0).estimate_policy_value(**model),
        "sndr": single.SelfNormalizedDoublyRobust().estimate_policy_value(**model),
        "switch": single.SwitchDoublyRobust(lambda_=1.5).estimate_policy_value(**model),
        "shrunk": single.DoublyRobustWithShrinkage(lambda_=3.0).estimate_policy_value(**model),
    }

    slates, places, choices = 25, 3, 4
    size = slates * places
    conditional = random.uniform(0.1, 0.9, size)
    evaluated = random.uniform(0.05, 0.95, size)
    marginal = random.uniform(0.1, 0.9, size)
    evaluated_marginal = random.uniform(0.05, 0.95, size)
    slot_reward = (random.random(size) < 0.3).astype(float)
    slate_id = np.repeat(np.arange(slates), places)
    position = np.tile(np.arange(places), slates)
    by_slate = lambda p: p.reshape(slates, places)
    cascade, evaluated_cascade = (by_slate(p).cumprod(axis=1).ravel() for p in (conditional, evaluated))
    whole, evaluated_whole = (np.repeat(by_slate(p).prod(axis=1), places) for p in (conditional, evaluated))
    q_hat = random.uniform(0, 1, (size, choices))
    policy = random.dirichlet(np.ones(choices), size)
    slot_action = random.integers(0, choices, size)
    shared = dict(slate_id=slate_id, reward=slot_reward, position=position)
    standard = dict(shared, pscore=whole, evaluation_policy_pscore=evaluated_whole)
    independent = dict(
        shared,
        pscore_item_position=marginal,
        evaluation_policy_pscore_item_position=evaluated_marginal,
    )
    interaction = dict(shared, pscore_cascade=cascade, evaluation_policy_pscore_cascade=evaluated_cascade)
    slate_values = {
        "standard": slate.SlateStandardIPS(len_list=places).estimate_policy_value(**standard),
        "independent": slate.SlateIndependentIPS(len_list=places).estimate_policy_value(**independent),
        "cascade": slate.SlateRewardInteractionIPS(len_list=places).estimate_policy_value(**interaction),
        "cascadeDoublyRobust": slate.SlateCascadeDoublyRobust(
            len_list=places, n_unique_action=choices
        ).estimate_policy_value(
            **interaction,
            action=slot_action,
            q_hat=q_hat.ravel(),
            evaluation_policy_action_dist=policy.ravel(),
        ),
    }
    return {
        "rows": {
            "actions": actions,
            "reward": reward,
            "action": action,
            "logging": logging[rows, action],
            "policy": target.ravel(),
            "predictions": predictions.ravel(),
            "values": values,
        },
        "slates": {
            "places": places,
            "choices": choices,
            "reward": slot_reward,
            "conditional": conditional,
            "evaluatedConditional": evaluated,
            "marginal": marginal,
            "evaluatedMarginal": evaluated_marginal,
            "action": slot_action,
            "predictions": q_hat.ravel(),
            "policy": policy.ravel(),
            "values": slate_values,
        },
    }


if __name__ == "__main__":
    write(
        "statistics.json",
        {
            "distributions": distributions(),
            "experiments": experiments(),
            "welch": welch_raw(),
            "sampleRatio": sample_ratio(),
            "multipleTesting": multiple(),
            "power": power(),
        },
    )
    write("off-policy.json", off_policy())
