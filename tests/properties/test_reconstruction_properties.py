"""The search for whole numbers against an enumeration that knows nothing of how it works.

The enumeration rounds every count of every total with decimal's own two ways of rounding, and tries all vectors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from unittest import mock

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from primaire.reconstruction import Reconstruction, contradiction, reconstruct, runs, search
from primaire.reconstruction.boxes import Boxes, Habit
from primaire.reconstruction.counting import count_sums

HABITS = (ROUND_HALF_UP, ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Published:
    shares: tuple[Fraction | None, ...]
    decimals: int
    at_least: int
    at_most: int
    counts: tuple[int | None, ...]
    rest: tuple[int, int | None]

    def found(self) -> Reconstruction:
        return reconstruct(
            self.shares,
            self.decimals,
            at_least=self.at_least,
            at_most=self.at_most,
            counts=self.counts,
            rest=self.rest,
        )

    def only(self, kept) -> Published:
        """What is left of it if only some options have figures."""
        shares = tuple(share if i in kept else None for i, share in enumerate(self.shares))
        return replace(self, shares=shares, counts=tuple(c if i in kept else None for i, c in enumerate(self.counts)))

    def reordered(self, order) -> Published:
        shares = tuple(self.shares[i] for i in order)
        return replace(self, shares=shares, counts=tuple(self.counts[i] for i in order))


# The enumeration


@cache
def rounded(count: int, total: int, decimals: int, habit: str) -> Fraction:
    percentage = Decimal(100 * count) / Decimal(total)
    return Fraction(percentage.quantize(Decimal(1).scaleb(-decimals), rounding=habit))


@cache
def candidates(share: Fraction | None, known: int | None, total: int, decimals: int, habit: str) -> list[int]:
    counts = [count for count in range(total + 1) if known in (None, count)]
    return [count for count in counts if share is None or rounded(count, total, decimals, habit) == share]


def vectors(case: Published):
    """All solutions: the total, the counts and the remainder. One that both habits lead to comes once."""
    least, most = case.rest
    first = max(case.at_least, 0 if all(share is None for share in case.shares) else 1)
    found = set()
    for total, habit in product(range(first, case.at_most + 1), HABITS):
        each = [candidates(*known, total, case.decimals, habit) for known in zip(case.shares, case.counts, strict=True)]
        for counts in product(*each):
            rest = total - sum(counts)
            if least <= rest <= (total if most is None else most):
                found.add((total, *counts, rest))
    return found


def contradicts(case: Published, kept) -> bool:
    return not vectors(case.only(kept))


# Cases


@st.composite
def publications(draw, most_options=3, most_total=24, most_decimals=1):
    """What somebody may publish of a true result; then, or not, with mistakes in it."""
    decimals = draw(st.integers(0, most_decimals))
    counts = draw(st.lists(st.integers(0, most_total // (most_options + 1)), min_size=1, max_size=most_options))
    rest = draw(st.integers(0, most_total // (most_options + 1)))
    total = max(sum(counts) + rest, 1)
    habit = draw(st.sampled_from(HABITS))
    shares = [rounded(count, total, decimals, habit) for count in counts]
    if draw(st.booleans()):
        place = draw(st.integers(0, len(counts) - 1))
        shares[place] = Fraction(draw(st.integers(0, 110 * 10**decimals)), 10**decimals)
    hidden = [draw(st.sampled_from([False, False, False, True])) for _ in counts]
    known = [draw(st.sampled_from([False, False, False, True])) for _ in counts]
    return Published(
        shares=tuple(None if hide else share for hide, share in zip(hidden, shares, strict=True)),
        decimals=decimals,
        at_least=draw(st.integers(0, total)),
        at_most=draw(st.integers(total - 1, most_total)),
        counts=tuple(count if know else None for know, count in zip(known, counts, strict=True)),
        rest=draw(st.sampled_from([(0, 0), (0, None), (rest, rest), (rest // 2, rest + 1), (1, None)])),
    )


@st.composite
def large_publications(draw, most_options=5):
    """Whole percentages of totals so large that many runs of them are dealt with in bulk."""
    counts = draw(st.lists(st.integers(0, 1000), min_size=2, max_size=most_options).filter(any))
    rest = draw(st.sampled_from([0, 0, sum(counts) // 10]))
    shares = [rounded(count, sum(counts) + rest, 0, ROUND_HALF_UP) for count in counts]
    shares[0] += draw(st.sampled_from([0, 0, 0, 1, -1, 10, -10]))
    shares[0] = max(shares[0], Fraction(0))
    return Published(
        shares=tuple(draw(st.sampled_from([share, share, share, None])) for share in shares),
        decimals=0,
        at_least=draw(st.integers(1, 300)),
        at_most=draw(st.integers(500, 3000)),
        counts=(draw(st.sampled_from([None, None, None, counts[0]])), *[None] * (len(counts) - 1)),
        rest=draw(st.sampled_from([(0, 0), (0, None), (rest, rest + 20)])),
    )


# Properties


@given(publications())
@example(Published((Fraction(13), Fraction(88)), 0, 1, 16, (None, None), (0, 0)))
@example(Published((Fraction(12), Fraction(88)), 0, 1, 16, (None, None), (0, 0)))
@example(Published((Fraction(12), None, Fraction(38)), 0, 8, 24, (None, None, None), (0, None)))
def test_the_search_finds_what_an_enumeration_finds(case):
    expected = vectors(case)
    found = case.found()
    assert found.outcome == {0: "none", 1: "unique"}.get(len(expected), "several")
    assert (found.solutions, found.exact) == (len(expected), True)
    assert found.totals == len({total for total, *_ in expected})
    if expected:
        of_total, *ranges, of_rest = ((min(numbers), max(numbers)) for numbers in zip(*expected, strict=True))
        assert (found.total_range, found.ranges, found.rest_range) == (of_total, tuple(ranges), of_rest)
        assert found.contradiction == ()
    if len(expected) == 1:
        total, *counts, rest = expected.pop()
        assert (found.total, found.counts, found.rest) == (total, tuple(counts), rest)


@given(publications(most_options=4, most_total=20))
def test_a_contradiction_is_one_and_none_is_smaller(case):
    found = case.found()
    published = [i for i in range(len(case.shares)) if case.shares[i] is not None or case.counts[i] is not None]
    sets = [kept for size in range(len(published) + 1) for kept in combinations(published, size)]
    if found.outcome == "none":
        # Without shares, totals begin with 0, which no set of a publication with shares may use.
        first = max(case.at_least, 1) if any(share is not None for share in case.shares) else case.at_least
        assert found.contradiction == next(kept for kept in sets if contradicts(replace(case, at_least=first), kept))
        assert found.smallest


@given(publications(most_options=4, most_total=20))
def test_of_many_options_none_of_a_contradiction_can_be_left_out(case):
    with mock.patch.object(contradiction, "EXHAUSTIVE", 0):
        found = case.found()
    if found.outcome == "none":
        first = max(case.at_least, 1) if any(share is not None for share in case.shares) else case.at_least
        case = replace(case, at_least=first)
        assert contradicts(case, found.contradiction)
        for left_out in found.contradiction:
            assert not contradicts(case, set(found.contradiction) - {left_out})
        if found.smallest:
            assert len(found.contradiction) == len(case.found().contradiction)


@given(
    st.lists(st.integers(0, 10**5), min_size=1, max_size=9).filter(any),
    st.integers(0, 10**4),
    st.integers(0, 4),
    st.sampled_from(HABITS),
    st.integers(0, 10**4),
)
def test_the_truth_is_always_among_the_solutions(counts, rest, decimals, habit, margin):
    total = sum(counts) + rest
    shares = [rounded(count, total, decimals, habit) for count in counts]
    found = reconstruct(shares, decimals, at_least=max(total - margin, 1), at_most=total + margin, rest=(0, None))
    assert found.outcome != "none"
    assert found.total_range is not None
    assert found.rest_range is not None
    ranges = [found.total_range, found.rest_range, *found.ranges]
    assert all(low <= true <= high for true, (low, high) in zip([total, rest, *counts], ranges, strict=True))


@given(publications(), st.randoms(use_true_random=False))
def test_the_order_of_the_options_does_not_matter(case, random):
    order = random.sample(range(len(case.shares)), len(case.shares))
    found, other = case.found(), case.reordered(order).found()
    assert other.ranges == (tuple(found.ranges[i] for i in order) if found.ranges else ())
    assert len(other.contradiction) == len(found.contradiction)
    assert replace(other, ranges=found.ranges, contradiction=found.contradiction) == found


@settings(max_examples=20)
@given(st.integers(0, 150), st.integers(0, 150), st.integers(1, 100), st.integers(250, 300))
def test_totals_dealt_with_in_bulk_have_the_solutions_that_an_enumeration_finds(one, other, at_least, at_most):
    shares = (rounded(one, one + other + 1, 0, ROUND_HALF_UP), rounded(other + 1, one + other + 1, 0, ROUND_HALF_UP))
    case = Published(shares, 0, at_least, at_most, (None, None), (0, 0))
    expected = vectors(case)
    with mock.patch.object(runs, "LENGTH", 16), mock.patch.object(search, "COUNTED", 5):
        found = case.found()
    of_total, *ranges, _ = ((min(numbers), max(numbers)) for numbers in zip(*expected, strict=True))
    assert (found.total_range, found.ranges) == (of_total, tuple(ranges))
    assert found.totals == len({total for total, *_ in expected})
    assert found.totals <= found.solutions <= len(expected)
    assert found.exact == (found.totals <= 5)


@given(large_publications())
def test_looking_at_every_total_finds_the_same(case):
    def none(of_runs: runs.Runs, *_: object) -> np.ndarray:
        return np.zeros(len(of_runs), dtype=bool)

    with mock.patch.object(runs, "LENGTH", 64):
        quick = case.found()
        with mock.patch.multiple(runs.Runs, certain=none, hopeless=none, overfull=none):
            slow = case.found()
    assert replace(quick, solutions=slow.solutions) == slow


@st.composite
def boxes(draw):
    """Whole percentages that add up to about 100, and may have solutions or none."""
    parts = draw(st.lists(st.integers(0, 20) | st.just(0), min_size=1, max_size=6).filter(any))
    digits: list[int | None] = [100 * part // sum(parts) for part in parts]
    digits[0] = max((digits[0] or 0) + draw(st.integers(-2, 5)), 0)
    digits += draw(st.sampled_from([[], [], [None]]))
    known = st.integers(0, 80).map(lambda count: (count, count))
    limits = [draw(st.sampled_from([(0, None), (0, None), draw(known)])), *[(0, None)] * (len(digits) - 1)]
    rest = draw(st.sampled_from([(0, 0), (0, 0), (0, None), (3, 12), (40, None), (0, 500)]))
    first = draw(st.integers(1, 300))
    return Boxes([*digits, None], [*limits, rest], 0, range(first, first + draw(st.integers(1, 150))))


def plain_boxes(digits: list[int], totals: range) -> Boxes:
    return Boxes([*digits, None], [(0, None)] * len(digits) + [(0, 0)], 0, totals)


@given(boxes(), st.integers(1, 40))
@example(plain_boxes([20, 20, 20, 19, 19], range(101, 102)), 1)  # 100.5 % at most, but 20 + 20 + 20 + 19 + 19 votes
@example(plain_boxes([51, 51, *[0] * 10], range(300, 400)), 100)  # what is 0 % leaves no room for the others
def test_what_is_said_of_a_run_holds_for_each_of_its_totals(boxes, length):
    with mock.patch.object(runs, "LENGTH", length):
        of = runs.Runs(boxes)
    said = zip(of.certain(), of.hopeless(), of.overfull([0]), strict=True)
    for (certain, hopeless, overfull), totals in zip(said, of.totals(range(len(of))), strict=True):
        if certain:
            assert boxes.solvable(Habit.HALF_UP, totals)[0].tolist() == totals.tolist()
        for habit, part in boxes.cases(totals):
            assert not (hopeless and boxes.solvable(habit, part)[0].size)
            assert not (overfull and (boxes.needs(habit, part, [0])[0] <= part).any())


@given(boxes(), st.integers(1, 40), st.integers(0, 10), st.booleans())
def test_a_run_with_counts_beyond_the_others_is_never_left_out(boxes, length, row, below):
    with mock.patch.object(runs, "LENGTH", length):
        of = runs.Runs(boxes)
    row %= len(boxes.least)
    for place, totals in enumerate(of.totals(range(len(of)))):
        for habit, part in boxes.cases(totals):
            solved, low, high = boxes.solvable(habit, part)
            if solved.size:
                least, most = np.zeros_like(boxes.least), np.full_like(boxes.most, boxes.totals.stop)
                if below:
                    least[row] = np.maximum(low, solved - high.sum(axis=0) + high)[row].min() + 1
                else:
                    most[row] = np.minimum(high, solved - low.sum(axis=0) + low)[row].max() - 1
                assert of.beyond(least, most)[place]


@given(st.lists(st.integers(0, 5) | st.integers(-4, 6), min_size=1, max_size=5), st.integers(-1, 26))
def test_sums_are_counted_as_by_hand(widths, total):
    every = product(*(range(width + 1) for width in widths))
    assert count_sums(widths, total) == sum(sum(numbers) == total for numbers in every)
