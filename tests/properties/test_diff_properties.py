"""Properties of comparing publications: what must hold whatever was published."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primaire.analysis.diff import diff
from primaire.analysis.revisions import revisions
from primaire.errors import NotHeldError
from primaire.publications.judgement import UNCHANGED, examine
from primaire.publications.update import Line, Update
from tests.elections import returns_of, unit
from tests.returns import Sizes, returns

counts = st.integers(0, 5_000)
cells = st.lists(st.tuples(counts, counts), min_size=2, max_size=5)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
slow = settings(quick, max_examples=10)


def update_of(votes, rest):
    lines = tuple(Line(one, one + more) for one, more in votes)
    before = sum(one for one, _ in votes) + rest[0]
    after = sum(one + more for one, more in votes) + sum(rest)
    return Update(lines, {"voters": (before, after)})


@quick
@given(cells, st.tuples(counts, counts), st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_no_probability(votes, rest, chance):
    order = list(range(len(votes)))
    chance.shuffle(order)
    update = update_of(votes, rest)
    one, other = examine(update), examine(update.reordered(order))
    assert dict(one.chances).keys() == dict(other.chances).keys()
    for name, chances in one.chances.items():
        assert np.allclose([each.value for each in chances], [each.value for each in other.chances[name]], rtol=1e-9)


@quick
@given(cells, st.tuples(counts, counts))
def test_probabilities_are_probabilities(votes, rest):
    for chances in examine(update_of(votes, rest)).chances.values():
        assert all(0 <= each.value <= 1 for each in chances)


@slow
@given(returns(Sizes(count=st.none() | st.integers(0, 5_000))))
def test_a_publication_beside_itself_says_that_nothing_changed(held):
    try:
        table = diff([("one", held), ("other", held)])
    except NotHeldError:  # votes of several contests that have no nuance to be added up by
        return
    assert set(table.frame["finding"]) <= {UNCHANGED}
    assert not table.frame["tests"].any()
    assert not len(revisions([("one", held), ("other", held)]))


units = st.lists(st.tuples(counts, counts, counts), min_size=2, max_size=6)


@slow
@given(units, units, st.randoms(use_true_random=False))
def test_the_order_of_units_and_candidates_changes_nothing(before, after, chance):
    def publication(rows, *, shuffled):
        names = list("ABC")
        held = [(f"unit {place}", dict(zip("ABC", votes, strict=True))) for place, votes in enumerate(rows)]
        if shuffled:
            chance.shuffle(held)
            chance.shuffle(names)
        return returns_of(*(unit({name: votes[name] for name in names}, unit=place) for place, votes in held))

    found = []
    for shuffled in (False, True):
        sides = [("one", publication(before, shuffled=shuffled)), ("other", publication(after, shuffled=shuffled))]
        frame = diff(sides).frame.drop(columns="unit").sort_values("candidate").reset_index(drop=True)
        found.append(frame.select_dtypes("number").astype("float64").to_numpy())
    assert np.allclose(found[0], found[1], equal_nan=True, rtol=1e-9)
