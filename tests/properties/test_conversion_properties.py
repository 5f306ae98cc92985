"""What is converted is read back the same, and what DuckDB adds up is what Python would."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from primaire.assembly import assemble
from primaire.checks.contradictions import findings
from primaire.errors import PrimaireError
from primaire.provenance import Provenance
from primaire.schema import COUNTS
from primaire.sources.opening.content import Content
from primaire.sources.own.canonical import read_canonical
from primaire.sources.own.conversion import to_csv, to_parquet
from primaire.sources.own.store import read_store
from primaire.sources.wanted import Wanted
from primaire.tally import BY, NUANCE, tally
from tests.returns import FILE, Sizes, returns, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from primaire.schema import Returns


@contextmanager
def stored(figures: Returns) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "l'urne.parquet")
        path.write_bytes(to_parquet(figures))
        yield path


def outcome(ask: Callable[[], Any]) -> Any:
    """What a question is answered, or how it is refused."""
    try:
        return ask()
    except PrimaireError as error:
        return type(error), str(error)


@given(returns())
def test_csv_reads_back_the_same(figures):
    again = read_canonical(Content("a.csv", "a", to_csv(figures)))
    assert values(again) == values(figures)
    assert to_csv(again) == to_csv(figures)


@given(returns())
@settings(max_examples=30)
def test_parquet_reads_back_the_same(figures):
    with stored(figures) as path:
        assert values(read_store(path, Wanted())) == values(figures)


FEW = Sizes(
    text=st.sampled_from(["A", "B"]),
    count=st.sampled_from([None, 0, 1, 2, 3, 5]),
    places=("departement_code", "commune_code", "commune"),
    units=6,
)


@st.composite
def polls(draw: st.DrawFn) -> Returns:
    """Stations that publish the same counts and add up, as official ones do, but for a few that do not."""
    published = draw(st.sets(st.sampled_from(COUNTS)))
    people = draw(st.sampled_from([["A"], ["A", "B"], ["A", "B", "C"]]))
    label = draw(st.sampled_from([None, "L"]))
    rows = []
    for number in range(draw(st.integers(2, 7))):
        each = draw(_station)
        votes = draw(st.lists(st.integers(0, 3), min_size=len(people), max_size=len(people)))
        counts = _counts(sum(votes), each["blank"], each["null"], each["absent"])
        counts[each["wrong_count"]] += each["wrong"]
        counts["voters"] += each["more_voters"]
        stood: list[str | None] = [*people[: each["stood"]]] or [None]
        rows += [
            {
                "election": "E",
                "round": 1,
                "contest": each["contest"],
                "level": "station",
                "unit": f"U{number}",
                **{name: each[name] for name in ("departement_code", "commune", "status", "note") if each[name]},
                **{name: counts[name] for name in published - each["lacking"]},
                **({"candidate": name, "votes": cast, "label": label} if name else {}),
                "approximate": each["approximate"],
            }
            for name, cast in zip(stood, votes, strict=False)
        ]
    return assemble(rows, Provenance((FILE,)))


def _mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([*[usual] * 15, *others])


_station = st.fixed_dictionaries(
    {
        "contest": st.sampled_from(["C", "D"]) | st.just("C"),
        "departement_code": _mostly("01", "02", None),
        "commune": st.sampled_from(["X", "Y", "Y", None]),
        "status": _mostly("final", "frozen"),
        "note": _mostly(None, "seen", "doubted"),
        "blank": st.integers(0, 2),
        "null": st.integers(0, 2),
        "absent": st.integers(0, 3),
        "wrong_count": st.sampled_from(COUNTS),
        "wrong": _mostly(0, 1, 9),
        "more_voters": _mostly(0, 2),
        "lacking": _mostly(frozenset(), frozenset({"valid"}), frozenset({"voters", "blank"})),
        "stood": _mostly(3, 1, 0),
        "approximate": _mostly(frozenset(), frozenset({"votes"}), frozenset({"valid"})),
    }
)


def _counts(valid: int, blank: int, null: int, absent: int) -> dict[str, int]:
    voters = valid + blank + null
    return {
        "registered": voters + absent,
        "voters": voters,
        "blank": blank,
        "null": null,
        "blank_null": blank + null,
        "valid": valid,
    }


@given(returns(FEW), st.data())
@settings(max_examples=50)
def test_a_selection_is_that_of_select(figures, data):
    """Of names, codes and words that are there, and of some that are not."""
    word = st.sampled_from(["A", "B", "C", "a"])
    asked = {
        "election": data.draw(st.none() | word),
        "round": data.draw(st.none() | st.integers(1, 2)),
        "contest": data.draw(st.none() | word),
        "where": data.draw(
            st.dictionaries(
                st.sampled_from(
                    ["departement_code", "departement", "commune", "commune_code", "status_note", "nothing"]
                ),
                st.lists(word, min_size=1, max_size=2),
                max_size=2,
            )
        ),
    }
    with stored(figures) as path:
        found = outcome(lambda: to_csv(read_store(path, Wanted(**asked))))
    # Candidates are numbered as they appear in what is read: the long form has no numbers.
    assert found == outcome(lambda: to_csv(figures.select(**asked)))


@given(polls() | returns(FEW), st.sampled_from([*BY, NUANCE, "departement,nuance"]))
@settings(max_examples=80)
def test_what_duckdb_adds_up_is_what_tally_would(figures, by):
    words = by.split(",")
    with stored(figures) as path:
        found = outcome(lambda: read_store(path, Wanted(), by))
    expected = outcome(lambda: tally(figures, words))
    if isinstance(found, tuple):
        assert found == expected
        return
    assert outcome(lambda: told(tally(found, words))) == outcome(lambda: told(tally(figures, words)))
    assert list(map(str, findings(found))) == list(map(str, findings(figures)))


def told(figures: Returns) -> Any:
    return values(figures), [str(step) for step in figures.provenance.steps]
