"""What holds for every vote: the ranges of the indices, their ends, and what must not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.analysis.indices import indices
from primaire.analysis.swing import swing
from primaire.measures.concentration import golosov, herfindahl, laakso_taagepera
from primaire.measures.disproportionality import gallagher, loosemore_hanby, rae, sainte_lague
from primaire.measures.nationalisation import gini, gini_weighted
from primaire.measures.volatility import pedersen
from tests.elections import line, returns_of, unit

counts = st.lists(st.integers(0, 10**7), min_size=1, max_size=12).filter(any)
factors = st.integers(2, 1000)
CONCENTRATION = (golosov, herfindahl, laakso_taagepera)
DISPROPORTIONALITY = (gallagher, loosemore_hanby, rae, sainte_lague)


@st.composite
def parties(draw):
    """Draw votes and seats of the same parties, each with some votes."""
    votes = draw(st.lists(st.integers(1, 10**7), min_size=1, max_size=12))
    seats = draw(st.lists(st.integers(0, 600), min_size=len(votes), max_size=len(votes)).filter(any))
    return votes, seats


@st.composite
def places(draw):
    """Draw the votes of a party, and all valid votes, in several units."""
    totals = draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=12))
    votes = [draw(st.integers(0, total)) for total in totals]
    return (votes, totals) if any(votes) else ([1, *votes[1:]], totals)


@given(counts)
def test_effective_numbers_lie_between_one_and_the_number_of_those_with_votes(votes):
    standing = sum(cast > 0 for cast in votes)
    assert 1 <= laakso_taagepera(votes) <= standing
    assert 1 <= golosov(votes) <= standing
    assert herfindahl(votes) * laakso_taagepera(votes) == 1


@given(st.integers(1, 10**6), st.integers(1, 30))
def test_equal_votes_are_the_upper_end_and_one_alone_the_lower(votes, n):
    assert laakso_taagepera([votes] * n) == golosov([votes] * n) == n
    assert laakso_taagepera([votes, *[0] * n]) == golosov([votes, *[0] * n]) == 1


@given(counts, factors, st.randoms())
def test_neither_order_nor_size_matters_to_concentration(votes, factor, draw):
    other = [factor * cast for cast in votes]
    draw.shuffle(other)
    for measure in CONCENTRATION:
        assert measure(other) == measure(votes)


@given(parties(), factors, factors, st.randoms())
def test_neither_order_nor_size_matters_to_disproportionality(drawn, factor, more, draw):
    rows = [(factor * votes, more * seats) for votes, seats in zip(*drawn, strict=True)]
    draw.shuffle(rows)
    votes, seats = map(list, zip(*rows, strict=True))
    for measure in DISPROPORTIONALITY:
        assert float(measure(votes, seats)) == pytest.approx(float(measure(*drawn)))


@given(parties())
def test_disproportionality_lies_in_its_range_and_is_zero_for_proportional_seats_alone(drawn):
    votes, seats = drawn
    house, cast = sum(seats), sum(votes)
    proportional = all(won * cast == mine * house for mine, won in zip(votes, seats, strict=True))
    for measure in (gallagher, loosemore_hanby, sainte_lague):
        assert (measure(votes, seats) == 0) is proportional
    for measure in (gallagher, loosemore_hanby, rae):
        assert 0 <= measure(votes, seats) <= 100
    assert gallagher(votes, seats) <= float(loosemore_hanby(votes, seats)) * (1 + 1e-12)  # ½Σd² is at most (½Σ|d|)²


@given(counts, factors)
def test_seats_as_votes_are_no_disproportionality(votes, factor):
    for measure in (gallagher, loosemore_hanby, sainte_lague):
        assert measure([factor * cast for cast in votes], votes) == 0


@given(parties())
def test_volatility_is_the_same_both_ways_and_a_distance(drawn):
    one, other = drawn
    assert pedersen(one, one) == 0
    assert 0 <= pedersen(one, other) <= 100
    assert pedersen(one, other) == pedersen(other, one) == loosemore_hanby(one, other)


@given(places(), factors)
def test_gini_lies_in_its_range_and_is_zero_for_equal_shares(drawn, factor):
    votes, totals = drawn
    assert -1e-12 <= gini(votes, totals) <= 1 - 1 / len(votes) + 1e-12
    assert 0 <= gini_weighted(votes, totals) < 1
    assert gini(totals, [factor * total for total in totals]) == pytest.approx(0, abs=1e-12)
    assert gini_weighted(totals, [factor * total for total in totals]) == 0


@given(places(), st.randoms())
def test_units_may_come_in_any_order_and_weighted_ones_be_cut_in_two(drawn, draw):
    units = list(zip(*drawn, strict=True))
    twice = [unit for unit in units for _ in range(2)]
    draw.shuffle(twice)
    votes, totals = map(list, zip(*twice, strict=True))
    assert gini_weighted(votes, totals) == gini_weighted(*drawn)
    assert gini(votes, totals) == pytest.approx(gini(*drawn), abs=1e-9)  # all doubled: the same distribution


votes_of = st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 3000), min_size=1)


@given(votes_of, votes_of)
def test_the_volatility_of_indices_is_that_of_swing(before, after):
    rounds = returns_of(unit(before), unit(after, round=2))
    row = line(indices(rounds), index="volatility (Pedersen)")
    assert row["value"] == pytest.approx(float(swing(rounds).frame["pedersen"].iloc[0]), abs=1e-9)


@given(votes_of, st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_whoever_is_not_listed_is_somewhere_in_the_range(votes, unlisted):
    """The figure of all lies within the range that those listed leave open, if nobody unlisted leads."""
    listed = {"leader": 10**4, **votes}
    rest = {f"other {place}": cast for place, cast in enumerate(unlisted)}
    some = indices(returns_of(unit(listed, valid=sum(listed.values()) + sum(unlisted))))
    every = indices(returns_of(unit({**listed, **rest})))
    for name in ("effective number (Laakso-Taagepera)", "effective number (Golosov)"):
        row, whole = line(some, index=name), line(every, index=name)["value"]
        assert row["value"] - 1e-9 <= whole <= row["value_high"] + 1e-9
