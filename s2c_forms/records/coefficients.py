"""How far two raters agree, told from the table of what each of them gave.

A table counts scores that stand beside each other: its rows are what the first rater gave, its
columns what the other gave, in the order of the scale. Points of the scale are taken as equally
far apart by their rank. Where a coefficient divides by nothing, since there is no variation to
explain, it is None.

Sources: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968); Krippendorff, "Computing
Krippendorff's Alpha-Reliability" (2011); Gwet, "Handbook of Inter-Rater Reliability" (2014).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

Table = tuple[tuple[int, ...], ...]


def exact(table: Table) -> float:
    """Return the share of scores that are equal."""
    return _within(table, 0)


def adjacent(table: Table) -> float:
    """Return the share of scores that are equal or one point of the scale apart."""
    return _within(table, 1)


def _within(table: Table, distance: int) -> float:
    size = range(len(table))
    total = sum(map(sum, table))
    return sum(table[i][j] for i in size for j in size if abs(i - j) <= distance) / total


def kappa_linear(table: Table) -> float | None:
    """Return Cohen's weighted kappa, in which twice as far apart counts twice."""
    return _kappa(table, 1)


def kappa_quadratic(table: Table) -> float | None:
    """Return Cohen's weighted kappa, in which twice as far apart counts four times."""
    return _kappa(table, 2)


def _kappa(table: Table, power: int) -> float | None:
    size = range(len(table))
    costs = _costs(len(table), power)
    rows, columns = _margins(table)
    seen = sum(costs[i][j] * table[i][j] for i in size for j in size)
    by_chance = sum(costs[i][j] * rows[i] * columns[j] for i in size for j in size) / sum(rows)
    return 1 - seen / by_chance if by_chance else None


def alpha(table: Table) -> float | None:
    """Return Krippendorff's alpha of two raters, with his ordinal metric."""
    size = range(len(table))
    return alpha_of([[table[i][j] + table[j][i] for j in size] for i in size])


def alpha_of(coincidences: Sequence[Sequence[float]]) -> float | None:
    """Return Krippendorff's alpha, with his ordinal metric, of a matrix of coincidences.

    Args:
        coincidences: how often two values stand beside each other, each pair counted both ways
            and divided by the number of others that scored the same (for two raters: by 1).
    """
    counts = [sum(row) for row in coincidences]
    total, seen, by_chance = sum(counts), 0.0, 0.0
    for low in range(len(counts)):
        between = counts[low] / 2
        for high in range(low + 1, len(counts)):
            between += counts[high] / 2
            seen += coincidences[low][high] * between**2
            by_chance += counts[low] * counts[high] * between**2
            between += counts[high] / 2
    return 1 - (total - 1) * seen / by_chance if by_chance else None


def ac2(table: Table) -> float:
    """Return Gwet's AC2 of two raters, with quadratic weights."""
    return gwet(table, 2)


def gwet(table: Table, power: int) -> float:
    """Return Gwet's coefficient: AC2 with linear (1) or quadratic (2) weights."""
    size = range(len(table))
    costs = _costs(len(table), power)
    rows, columns = _margins(table)
    total = sum(rows)
    seen = sum((1 - costs[i][j]) * table[i][j] for i in size for j in size) / total
    shares = [(row + column) / (2 * total) for row, column in zip(rows, columns, strict=True)]
    weights = sum(1 - cost for row in costs for cost in row)
    spread = sum(share * (1 - share) for share in shares)
    by_chance = weights * spread / (len(table) * (len(table) - 1))
    return (seen - by_chance) / (1 - by_chance)


@lru_cache(maxsize=32)
def _costs(size: int, power: int) -> tuple[tuple[float, ...], ...]:
    """Return what each pair of points costs: 0 where they are equal, 1 at the ends of the scale."""
    return tuple(
        tuple((abs(i - j) / (size - 1)) ** power for j in range(size)) for i in range(size)
    )


def _margins(table: Table) -> tuple[list[int], list[int]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


# name → how it is computed, in the order in which they are told
MEASURES: dict[str, Callable[[Table], float | None]] = {
    "exact": exact,
    "adjacent": adjacent,
    "kappa_linear": kappa_linear,
    "kappa_quadratic": kappa_quadratic,
    "alpha": alpha,
    "ac2": ac2,
}


@lru_cache(maxsize=50_000)  # drawing again from a few conversations often gives the same table
def measures(table: Table) -> tuple[float | None, ...]:
    """Return every measure of a table, in the order of MEASURES."""
    return tuple(measure(table) for measure in MEASURES.values())
