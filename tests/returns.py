"""Any Returns that a reader can produce, for properties; and whether two are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from primaire.arrays import listed
from primaire.assembly import assemble_units, factorised
from primaire.matching import fold
from primaire.provenance import Provenance, SourceFile
from primaire.schema import BASES, COUNTS, COVERAGES, ELECTORATES, LEVELS, PLACES, STATUSES, Returns

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLES: Final = ("contests", "ballots", "votes", "candidates")
FILE: Final = SourceFile("results.txt", "0" * 64, 12, "a reader")


def values(returns: Returns) -> dict[str, dict[str, tuple[str, list[Any]]]]:
    """Every column of every table, its dtype and its values: what makes two Returns the same, wherever they stood."""
    return {
        table: {
            name: (str(column.dtype), listed(column))
            for name, column in getattr(returns, table).items()
            if name not in {"file", "line"}
        }
        for table in TABLES
    }


TRICKY: Final = [
    "=1+1",
    "'=1+1",
    "+A",
    "-B",
    "@C",
    "'t Hooft",
    'a"b',
    "a,b",
    "a;b",
    "two\nlines",
    "a\rb",
    "01",
    "2A",
    "Total",
    "yes",
]
texts = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
).filter(lambda text: text == text.strip() and fold(text) != "")
maybe = st.none() | texts
counts = st.none() | st.integers(0, 10**15 - 1)


_Key = tuple[str, int, str, str | None, str]


@dataclass(frozen=True)
class Sizes:
    """How varied the figures are: few different values make units that can be added up, and contradictions."""

    text: st.SearchStrategy[str] = texts
    count: st.SearchStrategy[int | None] = counts
    share: bool = True
    places: Sequence[str] = PLACES
    units: int = 4


@st.composite
def returns(draw: st.DrawFn, sizes: Sizes | None = None) -> Returns:
    """Units of a few contests, each with some of the same few candidates, their rows in any order."""
    sizes = sizes or Sizes()
    some = st.none() | sizes.text
    people = draw(st.lists(sizes.text, min_size=1, max_size=3, unique_by=fold))
    keys = draw(
        st.lists(
            st.tuples(sizes.text, st.integers(1, 2), sizes.text, st.none() | st.sampled_from(LEVELS), texts),
            min_size=1,
            max_size=sizes.units,
            unique=True,
        )
    )
    held: list[tuple[_Key, str | None]] = []
    for key in keys:
        stood = draw(st.lists(st.sampled_from(people), unique=True))
        held += [(key, name) for name in stood or (None,)]
    rows = draw(st.permutations(held)) if draw(st.booleans()) else held
    order = list(dict.fromkeys(key for key, _ in rows))
    said_of_contest = {key[:4]: draw(_contest) for key in order}
    ballots = [
        {
            **dict(zip(("election", "round", "contest", "level", "unit"), key, strict=True)),
            **said_of_contest[key[:4]],
            **{name: draw(some) for name in (*sizes.places, "status_note", "source", "note")},
            **{name: draw(sizes.count) for name in COUNTS},
            "units": draw(st.integers(1, 3)),
            "status": draw(st.sampled_from(STATUSES)),
            "approximate": draw(st.frozensets(st.sampled_from(COUNTS), max_size=1)),
        }
        for key in order
    ]
    said_of_people = {(key[0], key[2], name): [draw(some) for _ in range(3)] for key, name in rows}
    figures = [draw(_figures(sizes)) if name is not None else {} for _, name in rows]
    columns = {name: factorised([row.get(name) for row in figures]) for name in _OF_ROWS}
    columns["candidate"] = factorised([name for _, name in rows])
    for place, name in enumerate(("label", "list", "number")):
        columns[name] = factorised([said_of_people[key[0], key[2], person][place] for key, person in rows])
    return assemble_units(ballots, [order.index(key) for key, _ in rows], columns, Provenance((FILE,)))


_OF_ROWS = ("votes", "share", "share_decimals", "share_base", "seats", "elected", "source", "note", "approximate")
_contest = st.fixed_dictionaries(
    {
        "date": st.none() | st.dates().map(lambda day: day.isoformat()),
        "coverage": st.sampled_from(COVERAGES),
        "electorate": st.sampled_from(ELECTORATES),
    }
)
_shares = st.integers(0, 6).flatmap(
    lambda decimals: st.integers(0, 100 * 10**decimals).map(lambda digits: (digits / 10**decimals, decimals))
)


@st.composite
def _figures(draw: st.DrawFn, sizes: Sizes) -> dict[str, Any]:
    share, decimals = draw(_shares) if sizes.share and draw(st.booleans()) else (None, None)
    some = st.none() | sizes.text
    return {
        "votes": draw(sizes.count),
        "share": share,
        "share_decimals": decimals,
        "share_base": draw(st.none() | st.sampled_from(BASES)) if share is not None else None,
        "seats": draw(st.none() | st.integers(0, 500)) if sizes.share else None,
        "elected": draw(st.none() | st.booleans()) if sizes.share else None,
        "source": draw(some),
        "note": draw(some),
        "approximate": draw(st.frozensets(st.sampled_from(("votes", "share")), max_size=1)),
    }
