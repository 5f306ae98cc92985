"""Old percentages of a new total, to the unit: against the figures of January 2017 and against counting by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from primaire.publications.signature import nearest, of_counts, of_printed_shares, printed_alike
from primaire.publications.update import Line, Update, half_up


def share(text: str) -> Fraction:
    return Fraction(text)


def printed(lines, before=1_249_126, after=1_601_138, decimals=2, base="voters"):
    return Update(tuple(lines), {base: (before, after)}, base, decimals)


HAMON = Line(454_041, 582_014, share("36.35"), share("36.35"))
VALLS = Line(388_603, 498_114, share("31.11"), share("31.11"))
PINEL = Line(None, 31_542, share("1.97"), share("1.97"))
MONTEBOURG = Line(None, None, share("17.52"), share("17.52"))


def published(before, after, decimals=1):
    """Two moments of one count, with percentages of valid votes beside all counts."""
    unit = 10**decimals
    sides = [
        [(int(votes), Fraction(half_up(Fraction(100 * unit * int(votes), int(side.sum()))), unit)) for votes in side]
        for side in (before, after)
    ]
    lines = tuple(Line(one, other, old, new) for (one, old), (other, new) in zip(*sides, strict=True))
    return Update(lines, {"valid": (int(before.sum()), int(after.sum()))}, "valid", decimals)


def test_of_two_candidates_in_all_the_second_follows_from_the_first():
    # 55 % of 10,000 is 5,500: then the other has 4,500, whatever is counted.
    assert of_printed_shares(published(np.array([5_495, 4_495]), np.array([5_500, 4_500]))) is None


def test_of_three_candidates_in_all_two_are_free():
    # At 1 decimal 11 of 10,000 print as 45.0, as 35.0 and as 20.0 (half-way either way): 1 in 11 twice, not three times.
    found = of_printed_shares(published(np.array([4_478, 3_482, 1_990]), np.array([4_500, 3_500, 2_000])))
    assert found is not None
    assert found.found
    assert set(found.cells.values()) == {11}
    assert 0.2 / 11**2 < found.chance.value <= 1 / 11**2


def test_the_one_that_follows_is_the_hardest_to_hit():
    # Of 10,004, 12.5 % is printed by 1,246 to 1,255 and 62.5 % by 6,248 to 6,257: ten each, two of them nearest (1,250.5 and
    # 6,252.5). 25.0 % is printed by 2,496 to 2,506: eleven, of which one is nearest. That one is left out.
    after = np.array([1_250, 8_754 - 2_501, 2_501])
    update = published(np.array([1_249, 6_247, 2_498]), after)
    found = of_printed_shares(update)
    assert found is not None
    assert 0.2 * (2 / 10) ** 2 < found.chance.value <= (2 / 10) ** 2


@pytest.mark.parametrize(
    ("shares", "before", "after"), [((0.55, 0.45), 9_990, 10_000), ((0.45, 0.35, 0.2), 9_950, 10_000)]
)
def test_honest_counts_of_everybody_raise_no_more_alarms_than_asked_for(shares, before, after):
    """Every count and percentage of everybody is known: of 1,000 evenings, at most 1 % and three deviations (about 20)."""
    made, alarms = np.random.default_rng(5), 0
    for _ in range(1_000):
        parts = np.array(shares) * np.exp(made.normal(0, 0.02, len(shares)))
        later = np.floor(parts / parts.sum() * after).astype("int64")
        later[0] += after - later.sum()
        found = of_printed_shares(published(made.multivariate_hypergeometric(later, before), later))
        alarms += found is not None and found.chance.value <= 0.01
    assert alarms <= 10 + 3 * (1_000 * 0.01 * 0.99) ** 0.5


@pytest.mark.parametrize("total", [1_601_138, 1_601_139])
def test_january_2017(total):
    found = of_printed_shares(printed([HAMON, VALLS, MONTEBOURG, PINEL], after=total))
    assert found is not None
    assert found.found
    assert set(found.cells) == {0, 1, 3}
    # Each is one of about 160; that the three percentages stay where they are is at most certain.
    assert 0 < found.chance.value < 1 / 160**3


def test_how_many_whole_numbers_print_alike_is_what_counting_them_gives():
    for text, total in (("12.50", 9_973), ("0.00", 50_000), ("100.00", 40_000), ("33.33", 3)):
        alike = [n for n in range(total + 1) if abs(Fraction(100 * n, total) - share(text)) <= Fraction(1, 200)]
        assert printed_alike(share(text), 2, total) == len(alike)


def test_half_way_may_be_rounded_either_way():
    assert nearest(Fraction(7, 2)) == {3, 4}
    # 12.5 % of 50,004 is 6,250.5: both 6,250 and 6,251 are the nearest.
    for votes in (6_250, 6_251):
        update = printed([Line(5_000, votes, share("12.50")), Line(10_000, 12_501, share("25.00"))], 40_000, 50_004)
        found = of_printed_shares(update)
        assert found is not None
        assert found.found


def test_one_count_beside_is_enough_to_be_none():
    beside = Line(388_603, 498_115, share("31.11"), share("31.11"))
    found = of_printed_shares(printed([HAMON, beside, PINEL]))
    assert found is not None
    assert (found.found, found.chance.value) == (False, 1)


def test_one_count_alone_says_nothing():
    assert of_printed_shares(printed([HAMON, MONTEBOURG])) is None


def test_nothing_is_said_where_too_few_whole_numbers_print_alike():
    # Of 15,000, at two decimals, one or two whole numbers print alike.
    lines = [Line(3_000, 4_500, share("30.00")), Line(2_000, 3_000, share("20.00"))]
    assert of_printed_shares(printed(lines, 10_000, 15_000)) is None
    assert of_printed_shares(printed(lines, 10_000, 15_000, decimals=1)) is not None


def test_nothing_is_said_of_a_total_that_did_not_grow():
    assert of_printed_shares(printed([HAMON, VALLS], 1_601_138, 1_601_138)) is None


def test_both_totals_are_tried():
    # 30 % and 20 % of 50,000 valid votes; of 51,000 voters they are no whole of these percentages.
    lines = [Line(12_000, 15_000, share("30.0")), Line(8_000, 10_000, share("20.0"))]
    update = Update(tuple(lines), {"voters": (41_000, 51_000), "valid": (40_000, 50_000)}, "valid", 1)
    found = of_printed_shares(update)
    assert found is not None
    assert (found.found, found.base) == (True, "valid")


def test_counts_times_the_ratio_of_the_totals():
    lines = (Line(300, 600), Line(200, 400), Line(100, 200))
    found = of_counts(Update(lines, {"voters": (700, 1400)}))
    assert found is not None
    assert found.found
    # The ways to have just these, of all ways to draw 700 of the 1,400.
    from math import comb

    ways = comb(600, 300) * comb(400, 200) * comb(200, 100) * comb(200, 100)
    assert found.chance.value == pytest.approx(ways / comb(1400, 700))


def test_counts_that_are_not_in_the_ratio():
    found = of_counts(Update((Line(300, 601), Line(200, 400), Line(100, 199)), {"voters": (700, 1400)}))
    assert found is not None
    assert (found.found, found.chance.value) == (False, 1)


def test_two_candidates_without_anybody_else_are_one():
    assert of_counts(Update((Line(300, 600), Line(200, 400)), {"valid": (500, 1000)})) is None
    assert of_counts(Update((Line(300, 600), Line(200, 400)), {"voters": (550, 1100)})) is not None
