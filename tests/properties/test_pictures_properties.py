"""Pictures of any rounds that can be read: either it is said why there is none, or all of it can be read."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primaire.analysis.compare import compare
from primaire.analysis.results import results
from primaire.analysis.swing import swing
from primaire.charts import draw
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from tests.drawn import assert_readable
from tests.made_votes import NASTY, votes

if TYPE_CHECKING:
    from collections.abc import Callable

    from primaire.schema import Returns
    from primaire.table import Table

TABLES: dict[str, Callable[[Returns], Table]] = {
    "slopes": results,
    "swing": swing,
    "compare": lambda returns: compare(returns.select(round=1), returns, by="unit", against_by="contest"),
    "turnout": lambda returns: results(returns, by="unit"),
}
names = st.sampled_from([*NASTY, "A", "Two words", "Łódź 東京", "x" * 80, "=1+1", "Jean-Luc Bennahmias", "none"])


@st.composite
def counted(draw):
    """Rows of up to four rounds, in a few stations, some without votes or without a roll."""
    units = draw(st.lists(st.sampled_from(["U1", "U2", "Ville", NASTY[0], NASTY[4]]), min_size=1, unique=True))
    rows = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        people = draw(st.lists(names, min_size=1, max_size=6, unique=True))
        for unit in units:
            held = {name: draw(st.none() | st.integers(0, 2000)) for name in people}
            valid = sum(count or 0 for count in held.values())
            ballots = {"valid": valid, "voters": valid, "registered": draw(st.sampled_from(["", valid, 2 * valid + 1]))}
            rows += [
                {"round": number, "unit": unit, "candidate": name, "votes": "" if count is None else count, **ballots}
                for name, count in held.items()
            ]
    return rows


@pytest.mark.parametrize("kind", list(TABLES))
@settings(max_examples=15)
@given(rows=counted(), width=st.sampled_from([280, 600]))
def test_pictures_can_be_read(kind, rows, width):
    with TemporaryDirectory() as folder:
        returns = votes(Path(folder), rows)
    try:
        picture = draw(TABLES[kind](returns), Style(Language("fr"), width=width), kind)
    except NotHeldError:
        return  # one round, one unit, too many of them, or no turnout: it is said
    assert_readable(picture)
    assert "NaN" not in picture.svg()
