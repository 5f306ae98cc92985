"""What holds for checks of units, names and codes, whatever the data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primaire.checks.between_rounds import between_rounds
from primaire.checks.codes import CODES
from primaire.checks.codes_of_places import codes_of_places
from primaire.checks.gaps import gaps
from primaire.checks.names import damage, names
from primaire.checks.spellings import spellings
from primaire.checks.twins import twins
from tests.elections import returns_of, unit
from tests.returns import returns

FAMILIES = (between_rounds, codes_of_places, gaps, names, spellings, twins)
some = settings(max_examples=20)


@pytest.mark.parametrize("family", FAMILIES)
@some
@given(held=returns())
def test_every_family_answers_whatever_is_read(family, held):
    answer = family(held)
    assert answer.said
    assert answer.applies or not answer.seen
    for one in answer.seen:
        assert one.code in CODES
        assert str(one.message)
        # Where it is seen is known: a row, or a place in words.
        assert one.place is not None or one.ballot in range(len(held.ballots))


@st.composite
def towns(draw):
    """Stations of a few communes in two rounds, some of them missing, some exchanged, some with the same votes."""
    held = []
    for round_ in (1, 2):
        for commune in ("01004", "01005", "77172"):
            numbers = draw(st.sets(st.integers(0, 7), max_size=7))
            for number in sorted(numbers):
                votes = draw(st.sampled_from([(144, 126, 108, 92), (210, 95, 60, 31), (9, 4, 2, 0)]))
                place = {"departement_code": "01", "commune_code": commune, "station_code": f"{number:04d}"}
                registered = draw(st.sampled_from([500, 600, 700]))
                names_ = dict(zip(("Ann A", "Ben B", "Cid C", "Dan D"), votes, strict=True))
                held.append(
                    unit(
                        names_,
                        unit=f"{commune}_{number}",
                        round=round_,
                        level="station",
                        registered=registered,
                        **place,
                    )
                )
    return held


def told(family, units):
    held = returns_of(*units)
    return sorted(
        (one.code, str(one.place), "" if one.ballot is None else str(held.ballots["unit"].iloc[one.ballot]))
        for one in family(held).seen
        if one.code not in {"PRI202", "PRI305"}  # which name the first of several units
    )


@pytest.mark.parametrize("family", [between_rounds, codes_of_places, gaps, twins])
@some
@given(units=towns().filter(bool), data=st.data())
def test_the_order_of_units_changes_nothing(family, units, data):
    shuffled = data.draw(st.permutations(units))
    if family is codes_of_places:  # one finding for each code, at its first row
        assert len(told(family, units)) == len(told(family, shuffled))
    else:
        assert told(family, units) == told(family, shuffled)
    assert len(family(returns_of(*units)).seen) == len(family(returns_of(*shuffled)).seen)


@some
@given(units=towns().filter(bool), place=st.randoms(use_true_random=False))
def test_a_unit_put_in_twice_is_a_twin_of_itself(units, place):
    original = place.choice(units)
    again = [{**record, "unit": "Copy", "station_code": "0099"} for record in original]
    held = returns_of(*units, again)
    total = sum(record["votes"] for record in original)
    found = twins(held).seen
    # At most 40 units of one round: 780 pairs, and the rarest votes that are drawn are one in ten thousand at the most.
    assert bool(found) or total < 100


letters = st.text(st.characters(categories=["L"], min_codepoint=0xC0, max_codepoint=0x17F), min_size=1, max_size=3)


@given(before=st.text("abcdefgh ", max_size=6), letters=letters, after=st.text("abcdefgh", max_size=6))
def test_utf8_read_as_latin1_is_always_read_back(before, letters, after):
    name = before + letters + after
    found = damage(name.encode().decode("latin-1"))
    assert found is not None
    assert found.repaired == name


@given(name=st.text("abcdefghABCDEFGHéèêëàâçîïôùûÉÈÇœŒ '-’.", max_size=20))
def test_french_names_are_never_damaged(name):
    # Only a capital ligature between small letters is out of place.
    lowered = name.replace("Œ", "œ")
    assert damage(lowered) is None


def test_counts_of_any_size_do_not_overflow():
    votes = {"A": 10**14, "B": 10**13, "C": 10**12}
    held = returns_of(unit(votes, unit="One"), unit(votes, unit="Two"))
    with np.errstate(all="raise"):
        assert len(twins(held).seen) == 1
