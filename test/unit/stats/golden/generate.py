"""Golden values of the statistics, from scipy and by counting all cases. Writes JSON beside itself; README.md says how to run it."""

import itertools
import json
import math
import pathlib
import random
from fractions import Fraction

import numpy
from scipy import optimize, stats

here = pathlib.Path(__file__).parent
draw = random.Random(20)


def write(name, cases):
    (here / f"{name}.json").write_text(json.dumps(cases, indent=2) + "\n")


def distinct(count, centre, spread):
    """Numbers with four digits after the point, none zero, no two as far from zero."""
    while True:
        numbers = [round(draw.gauss(centre, spread), 4) for _ in range(count)]
        sizes = {abs(number) for number in numbers}
        if len(sizes) == count and 0 not in sizes:
            return numbers


# Exact p-values without ties: scipy.stats.wilcoxon.
write(
    "signed-rank-p-values",
    [
        {"differences": numbers, "p": float(stats.wilcoxon(numbers, alternative="greater", mode="exact").pvalue)}
        for count in [1, 2, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50]
        for numbers in [distinct(count, centre, 0.1) for centre in (0, 0.04, -0.05)]
    ],
)


# Zeros and ties: every one of the 2^n ways to put signs before the ranks is counted. scipy's exact mode refuses both.
def mid_ranks(sizes):
    return [
        Fraction(sum(other < size for other in sizes) * 2 + sum(other == size for other in sizes) + 1, 2)
        for size in sizes
    ]


def brute_p(numbers, shift):
    centred = [number - shift for number in numbers]
    ranks = mid_ranks([abs(number) for number in centred])
    kept = [(rank, number) for rank, number in zip(ranks, centred) if number != 0]
    observed = sum(rank for rank, number in kept if number > 0)
    at_least = sum(
        sum(rank for (rank, _), positive in zip(kept, signs) if positive) >= observed
        for signs in itertools.product((False, True), repeat=len(kept))
    )
    return at_least / 2 ** len(kept)


tied = [[0], [0, 0, 0], [1, 0], [2, 2, 2, 2], [-1, 1], [0, 0, 1, 2, 3, -1], [5, 5, 5, -5, 0, 0, 7]]
tied += [[draw.randint(-3, 5) for _ in range(draw.randint(4, 13))] for _ in range(40)]
write(
    "signed-rank-ties-and-zeros",
    [{"differences": numbers, "shift": shift, "p": brute_p(numbers, shift)} for numbers in tied for shift in (0, 1)],
)


# So many numbers that the normal approximation is used, with ties and zeros: scipy.stats.wilcoxon.
def approximate(numbers):
    result = stats.wilcoxon(numbers, zero_method="pratt", alternative="greater", correction=True, mode="approx")
    return float(result.pvalue)


many = [distinct(120, centre, 0.1) for centre in (0, 0.02, -0.01)]
many += [[draw.randint(-4, 5) for _ in range(150)] for _ in range(3)]
write("signed-rank-approximate", [{"differences": numbers, "p": approximate(numbers)} for numbers in many])

# The normal distribution: scipy.stats.norm.
write(
    "normal",
    [{"z": z, "below": float(stats.norm.cdf(z))} for z in [-7.5, -5, -3, -1.96, -0.5, 0, 0.1, 1, 1.645, 2.5, 4, 6]],
)


# The smallest shift, in standard deviations, that a paired t test sees with 80 % power at a one-sided 5 %: exactly, by the noncentral t.
def seen(count):
    limit = stats.t.ppf(0.95, count - 1)
    near = (limit + 0.9) / math.sqrt(count)
    # scipy 1.10 warns of the sum's far terms; the chances are right to nine digits.
    with numpy.errstate(all="ignore"):
        return optimize.brentq(
            lambda shift: stats.nct.sf(limit, count - 1, shift * math.sqrt(count)) - 0.8, near * 0.7, near * 1.3
        )


write("detectable", [{"pairs": count, "shift": float(seen(count))} for count in [3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 30, 50]])

# Theil-Sen slopes: scipy.stats.theilslopes.
series = [[round(draw.gauss(0.01 * index, 0.1), 3) for index in range(count)] for count in [4, 5, 8, 10, 20, 40]]
series.append([3, 3, 3, 4, 4, 5, 5, 5])
write("theil-sen", [{"values": values, "slope": float(stats.theilslopes(values)[0])} for values in series])

# Median absolute deviation, in standard deviations: scipy.stats.median_abs_deviation. The exact factor is 1.482602…, ours 1.4826.
spreads = [[round(draw.gauss(0, 2), 3) for _ in range(count)] for count in [2, 3, 6, 11, 20]] + [[1, 1, 1, 9], [4, 4]]
write(
    "robust-spread",
    [{"numbers": numbers, "spread": 1.4826 * float(stats.median_abs_deviation(numbers))} for numbers in spreads],
)


# Pettitt's statistic by its definition, and how often it is as large in all orders of so many distinct values.
def pettitt(values, least):
    candidates = [
        (abs(sum(numpy.sign(early - late) for early in values[:at] for late in values[at:])), -at)
        for at in range(least, len(values) - least + 1)
    ]
    statistic, at = max(candidates)
    return int(statistic), -at


def exact_chances(count, least):
    seen = {}
    for order in itertools.permutations(range(count)):
        statistic = largest = 0
        for at in range(1, count - least + 1):
            statistic += 2 * order[at - 1] - (count - 1)
            if at >= least:
                largest = max(largest, abs(statistic))
        seen[largest] = seen.get(largest, 0) + 1
    return {k: sum(times for other, times in seen.items() if other >= k) / math.factorial(count) for k in seen}


cases = []
for count, least in [(6, 3), (7, 2), (8, 2), (8, 4), (9, 3)]:
    chances = exact_chances(count, least)
    for step in (0, 1, 2, 4):
        values = [round(draw.gauss(step if index >= count // 2 else 0, 1), 3) for index in range(count)]
        statistic, at = pettitt(values, least)
        approximate_p = min(1, 2 * math.exp(-6 * statistic**2 / (count**3 + count**2)))
        cases.append(
            {"values": values, "least": least, "at": at, "exact": chances[statistic], "approximate": approximate_p}
        )
write("pettitt", cases)
