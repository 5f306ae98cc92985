"""Properties of two votes set against each other: what must hold of any figures."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primaire.errors import NotHeldError
from primaire.flows.contests import flows
from primaire.flows.merging import merging
from primaire.flows.options import CANDIDATE, GONE, NEW
from primaire.flows.units import units_of
from tests.elections import returns_of, unit
from tests.returns import Sizes, returns

quick = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
votes = st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 60), min_size=1)
station = st.tuples(votes, st.integers(0, 9), st.integers(0, 9), st.integers(0, 40))


def recorded(number, stations):
    """Write stations: votes, blank, null and who stayed away."""
    people = sorted({name for cast, *_ in stations for name in cast})
    return returns_of(
        *(
            unit(
                {name: cast.get(name, 0) for name in people},
                round=number,
                unit=f"Station {at}",
                registered=sum(cast.values()) + blank + null + stayed,
                voters=sum(cast.values()) + blank + null,
                blank=blank,
                null=null,
            )
            for at, (cast, blank, null, stayed) in enumerate(stations)
        )
    )


def of(before, after=None, **asked):
    """Return what is set against each other, nothing where that is refused."""
    try:
        units = units_of(before, after)
    except NotHeldError:
        return []
    return list(flows(units, merging(units.votes.left, units.votes.right, **asked)))


@quick
@given(returns(Sizes(count=st.none() | st.integers(0, 500), share=False, units=6)))
def test_any_figures_are_refused_or_add_up(held):
    for flow in of(held):
        assert (flow.before.counts >= 0).all()
        assert (flow.after.counts >= 0).all()
        assert (flow.before.counts.sum(axis=1) == flow.after.counts.sum(axis=1)).all()


@quick
@given(st.lists(st.tuples(station, station), min_size=2, max_size=6), st.floats(0, 100))
def test_the_options_are_all_that_the_rolls_did_however_they_are_put_together(both, below):
    one, other = recorded(1, [each[0] for each in both]), recorded(2, [each[1] for each in both])
    for asked in ({}, {"below": below}, {"groups": {"abstention": "nobody", "blank": "nobody"}}):
        for flow in of(one, other, **asked):
            stood = [option.kind != NEW for option in flow.before.options]
            stayed = [option.kind != GONE for option in flow.after.options]
            assert flow.before.counts[:, stood].sum() == flow.registered[0]
            assert flow.after.counts[:, stayed].sum() == flow.registered[1]
            totals = flow.before.counts.sum(axis=0)
            assert all(
                total > 0 for total, option in zip(totals, flow.before.options, strict=True) if option.kind == CANDIDATE
            )
