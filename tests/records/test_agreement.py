"""How far raters agree, held against worked examples that others published."""

from collections.abc import Sequence
from random import Random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2c_forms.form.rubric import Rubric
from s2c_forms.records import coefficients
from s2c_forms.records.agreement import LEAST, Agreement, agreements
from s2c_forms.records.coefficients import Table
from s2c_forms.records.figures import scored_forms
from s2c_forms.records.merge import merge
from tests.records.made import full, record, version

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: twelve units,
# four observers, with gaps. He reports 0.743 (nominal) and 0.815 (ordinal).
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
# Gwet's cont3x3abstractors, with what the vignettes of his R package irrCAC print for it.
ABSTRACTORS = ((13, 0, 0), (0, 20, 7), (0, 4, 56))
# Two radiologists on 85 xeromammograms (Boyd et al., 1982): the Stata manual, [R] kappa.
RADIOLOGISTS = ((21, 12, 0, 0), (4, 17, 1, 0), (3, 9, 15, 2), (0, 0, 0, 1))
# Sexual fun of 91 couples (Hout et al., 1987, in Agresti, 1990): R package vcd, ?Kappa.
COUPLES = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))


def coincidences(observers: Sequence[Sequence[int]], size: int) -> list[list[float]]:
    """Krippendorff's matrix of any number of observers; 0 is a gap."""
    matrix = [[0.0] * size for _ in range(size)]
    for unit in zip(*observers, strict=True):
        given = [value - 1 for value in unit if value]
        for place, left in enumerate(given):
            for other, right in enumerate(given):
                if place != other:
                    matrix[left][right] += 1 / (len(given) - 1)
    return matrix


def test_alpha_is_that_of_krippendorffs_own_example():
    assert coefficients.alpha_of(coincidences(OBSERVERS, 5)) == pytest.approx(0.815, abs=5e-4)


@pytest.mark.parametrize(
    ("measure", "table", "published"),
    [
        (coefficients.kappa_linear, COUPLES, 0.2374),
        (coefficients.kappa_linear, RADIOLOGISTS, 0.5684),
        (coefficients.kappa_quadratic, RADIOLOGISTS, 0.6714),
        (coefficients.kappa_quadratic, ABSTRACTORS, 0.8921569),
        (coefficients.ac2, ABSTRACTORS, 0.9402369),
        (coefficients.exact, ABSTRACTORS, 0.89),
        (coefficients.adjacent, ABSTRACTORS, 1.0),
    ],
)
def test_coefficients_are_those_of_published_examples(measure, table, published):
    assert measure(table) == pytest.approx(published, abs=5e-5)


def test_gwets_other_weights_tell_something_else():
    # irrCAC, Python port 0.4.4, CAC(ABSTRACTORS, weights="linear").gwet()
    assert coefficients.gwet(ABSTRACTORS, 1) == pytest.approx(0.90002, abs=5e-6)


scores = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)


def table_of(pairs: Sequence[tuple[int, int]], size: int) -> Table:
    return tuple(
        tuple(sum(pair == (row, column) for pair in pairs) for column in range(size))
        for row in range(size)
    )


@given(scores)
def test_alpha_is_that_of_another_implementation(pairs):
    ours = coefficients.alpha(table_of(pairs, 5))
    if len({score for pair in pairs for score in pair}) == 1:
        assert ours is None
        return
    theirs = krippendorff.alpha(
        reliability_data=np.array(pairs).T,
        level_of_measurement="ordinal",
        value_domain=np.arange(5),
    )
    assert ours == pytest.approx(theirs)


@given(scores)
def test_kappa_is_that_of_its_definition(pairs):
    table = np.array(table_of(pairs, 5), dtype=float)
    apart = np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    chance = np.outer(table.sum(1), table.sum(0)) / table.sum()
    for ours, weight in (
        (coefficients.kappa_linear, apart),
        (coefficients.kappa_quadratic, apart**2),
    ):
        by_chance = (weight * chance).sum()
        expected = 1 - (weight * table).sum() / by_chance if by_chance else None
        assert ours(table_of(pairs, 5)) == (pytest.approx(expected) if by_chance else None)


@given(scores)
def test_who_is_the_first_rater_makes_no_difference(pairs):
    table = table_of(pairs, 5)
    turned = table_of([(other, first) for first, other in pairs], 5)
    assert coefficients.measures(table) == pytest.approx(coefficients.measures(turned), nan_ok=True)


def beside(rubric: Rubric, given: Sequence[tuple[int, int]], factor: int = 0) -> list[Agreement]:
    """What comes of conversations in which coach and supervisor gave one factor these scores."""
    score = rubric.factors[factor].score
    everything = dict.fromkeys(f.score for f in rubric.factors)
    versions = []
    for number, pair in enumerate(given, start=1):
        for rater, value in zip(("zelf", "supervisor"), pair, strict=True):
            told = full(rubric) | everything | {"beoordelaar": rater, "gesprek_nr": number}
            one = record(rubric, told | {score: value}, f"F{number:03}{rater}")
            versions.append(version(one, f"{number}-{rater}.xlsx", number))
    forms = scored_forms(merge(versions, {rubric.hash: rubric}), rubric)
    return list(agreements(forms, rubric, [point.value for point in rubric.scale]))


def of_factor(found: Sequence[Agreement]) -> Agreement:
    (one,) = [agreement for agreement in found if agreement.factor]
    return one


MIXED = [(1, 1), (1, 2), (2, 2), (2, 2), (3, 3), (3, 2), (1, 1), (2, 3), (3, 3), (2, 2), (1, 3)]


def test_conversations_scored_by_two_are_set_side_by_side(rubric):
    found = beside(rubric, MIXED)
    assert [(one.part, one.factor) for one in found] == [("", ""), ("part1", ""), ("part1", "f01")]
    one = of_factor(found)
    assert one.raters == ("zelf", "supervisor")
    assert one.table == ((2, 1, 1), (0, 3, 1), (0, 1, 2))
    assert one.conversations == one.scores == len(MIXED)
    assert one.estimates["exact"].value == pytest.approx(7 / 11)
    assert one.estimates["adjacent"].value == pytest.approx(10 / 11)
    assert one.estimates["alpha"].value == coefficients.alpha(one.table)
    assert one.reading == "low"


def test_under_ten_conversations_there_is_no_coefficient(rubric):
    one = of_factor(beside(rubric, MIXED[: LEAST - 1]))
    assert (one.conversations, one.estimates, one.reading) == (LEAST - 1, {}, "too_few")
    assert of_factor(beside(rubric, MIXED[:LEAST])).estimates


def test_many_factors_of_few_conversations_are_too_few(rubric):
    told = full(rubric)
    both = [
        version(record(rubric, told | {"beoordelaar": rater}, f"FORM{rater}"), f"{rater}.xlsx")
        for rater in ("zelf", "supervisor")
    ]
    forms = scored_forms(merge(both, {rubric.hash: rubric}), rubric)
    whole, *_ = agreements(forms, rubric, (1, 2, 3))
    assert (whole.conversations, whole.scores, whole.reading) == (1, 14, "too_few")


def test_intervals_are_the_same_every_time_and_hold_the_value(rubric):
    first, again = (of_factor(beside(rubric, MIXED)) for _ in range(2))
    assert first == again
    for estimate in first.estimates.values():
        assert estimate.value is not None
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < estimate.value < estimate.high


def test_intervals_are_those_of_a_plain_bootstrap(rubric):
    """Drawn again in the plainest way, with other random numbers, the interval is about as wide."""
    many = MIXED * 4
    estimate = of_factor(beside(rubric, many)).estimates["kappa_quadratic"]
    chance = Random(1)  # noqa: S311
    ranked = [(first - 1, other - 1) for first, other in many]
    drawn = sorted(
        coefficients.kappa_quadratic(table_of(chance.choices(ranked, k=len(ranked)), 3)) or 0
        for _ in range(4000)
    )
    assert estimate.low == pytest.approx(drawn[100], abs=0.06)
    assert estimate.high == pytest.approx(drawn[3899], abs=0.06)


def test_without_variation_there_is_nothing_to_compute(rubric):
    one = of_factor(beside(rubric, [(3, 3)] * 12))
    assert one.reading == "no_variation"
    assert one.estimates["exact"].value == 1
    assert {one.estimates[name].value for name in ("kappa_linear", "alpha", "ac2")} == {None}


def test_high_agreement_with_a_low_alpha_is_explained(rubric):
    one = of_factor(beside(rubric, [(3, 3)] * 18 + [(3, 2), (2, 3)]))
    assert one.estimates["exact"].value == 0.9
    assert one.estimates["alpha"].value is not None
    assert one.estimates["alpha"].value < 0
    assert one.estimates["ac2"].value is not None
    assert one.estimates["ac2"].value > 0.9
    assert one.reading == "one_sided"


def test_where_draws_often_have_no_variation_there_is_no_interval(rubric):
    one = of_factor(beside(rubric, [(3, 3)] * 19 + [(3, 2)]))
    assert one.estimates["alpha"].low is None
    assert one.estimates["ac2"].low is not None


@pytest.mark.parametrize(
    ("given_scores", "reading"),
    [
        ([(1, 1), (2, 2), (3, 3)] * 4, "good"),
        ([*[(1, 1), (2, 2), (3, 3)] * 4, (1, 3)], "tentative"),
    ],
)
def test_a_good_and_a_tentative_agreement(rubric, given_scores, reading):
    assert of_factor(beside(rubric, given_scores)).reading == reading


def test_a_rubric_that_asks_nobody_who_scores_has_no_pairs(second_rubric):
    forms = scored_forms(
        merge(
            [version(record(second_rubric, full(second_rubric)))],
            {second_rubric.hash: second_rubric},
        ),
        second_rubric,
    )
    assert agreements(forms, second_rubric, (0, 1, 2, 3, 4)) == ()
