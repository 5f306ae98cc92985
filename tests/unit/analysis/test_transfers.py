"""Transfers: the table of cells, its margins, bounds and notes. What the estimate itself is worth is tested elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.analysis.transfers import transfers
from primaire.assembly import combine
from primaire.errors import NameUnknownError, NotHeldError
from primaire.render import render_as
from tests.elections import line, returns_of, said
from tests.unit.flows.rounds import FIRST, SECOND, rounds, station


def towns(number, contest="Land"):
    """Two rounds in three stations each of several towns, the same everywhere."""
    return tuple(
        returns_of(
            *(
                station(
                    at,
                    votes,
                    30,
                    contest=contest,
                    commune=f"Town {n}",
                    commune_code=f"7800{n}",
                    unit=f"{n}.{at}",
                    round=r,
                )
                for n in range(number)
                for at, votes in enumerate(of_round)
            )
        )
        for r, of_round in ((1, FIRST), (2, SECOND))
    )


def margins(frame, name):
    """Return the sums of the cells by option, and what they should be."""
    cells = frame.groupby(["place", name], dropna=False, sort=False)
    return cells["votes"].sum().tolist(), cells[f"{name}_votes"].first().tolist()


def test_one_row_per_cell_with_exactly_the_totals_of_both_votes():
    frame = transfers(*rounds()).frame
    # A, B, C, blank, null, abstention, new; A, B, blank, null, abstention, gone.
    assert len(frame) == 7 * 6
    for name in ("before", "after"):
        found, expected = margins(frame.astype({name: "str"}), name)
        assert found == expected
    # 30 + 50 + 40 for B before; 65 + 45 + 60 for A after; five and five gone from the roll.
    assert frame[frame["before"].map(str) == "B"]["before_votes"].unique().tolist() == [120]
    assert frame[frame["after"].map(str) == "A"]["after_votes"].unique().tolist() == [170]
    assert frame[frame["after_is"] == "no longer on the roll (net)"]["after_votes"].unique().tolist() == [10]


def test_the_estimate_is_within_what_is_certain_and_the_whole_number_beside_it():
    frame = transfers(*rounds()).frame
    assert (frame["votes_estimated"] >= frame["bound_lower"] - 1e-6).all()
    assert (frame["votes_estimated"] <= frame["bound_upper"] + 1e-6).all()
    assert (abs(frame["votes"] - frame["votes_estimated"]) < 1).all()
    held = frame[frame["before_votes"] > 0]
    assert np.allclose(held["share"], 100 * held["votes_estimated"] / held["before_votes"])
    assert (held["lower"] >= held["bound_lower_share"] - 1e-9).all()
    assert (held["upper"] <= held["bound_upper_share"] + 1e-9).all()


def test_the_bounds_are_those_of_each_unit():
    frame = transfers(*rounds()).frame
    cell = line(frame.astype({"before": "str", "after": "str"}), before="A", after="A")
    # 60 + 65 - 125 = 0 of 60, 25 + 45 - 140 < 0 of 25, 40 + 60 - 165 < 0 of 40.
    assert (cell["bound_lower"], cell["bound_upper"]) == (0, 125)
    new = line(frame.astype({"before": "str", "after": "str"}), before="newly on the roll (net)", after="A")
    assert (new["bound_lower"], new["bound_upper"]) == (0, 5)


def test_without_intervals_there_are_none():
    table = transfers(*rounds(), intervals=False)
    assert table.frame[["lower", "upper"]].isna().all(axis=None)
    assert any("No intervals were asked for" in sentence for sentence in said(table))


def test_local_tables_have_exactly_the_totals_of_their_place_and_no_intervals():
    table = transfers(*towns(4), by="commune")
    assert [str(section.subtitle) for section in table.sections] == [f"Land, Town {n}: 3 units" for n in range(4)]
    for name in ("before", "after"):
        found, expected = margins(table.frame.astype({name: "str"}), name)
        assert found == expected
    assert table.frame["lower"].isna().all()
    assert any("local tables of one estimate, by commune" in sentence for sentence in said(table))


def test_each_place_may_be_estimated_by_itself():
    table = transfers(*towns(2), each="commune")
    assert table.frame["place"].unique().tolist() == ["Town 0", "Town 1"]
    assert table.frame["lower"].notna().any()


def test_local_tables_of_places_estimated_one_by_one_name_both():
    table = transfers(*towns(2), each="commune", by="station", intervals=False)
    assert table.frame["place"].unique().tolist() == [f"Town {n}, {n}.{at}" for n in range(2) for at in range(3)]


def test_the_tables_of_places_estimated_one_by_one_name_them_once():
    table = transfers(*towns(2), each="commune", by="commune")
    assert table.frame["place"].unique().tolist() == ["Town 0", "Town 1"]


def test_many_places_are_estimated_as_each_would_be_alone_and_progress_only_grows():
    told: list[float] = []
    apart = transfers(*towns(6), each="commune", progress=told.append).frame
    alone = transfers(*towns(1), each="commune").frame
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    for _, place in apart.groupby("place", sort=False):
        assert place["votes"].tolist() == alone["votes"].tolist()
        assert np.allclose(place["upper"], alone["upper"])


def test_the_same_vote_twice_is_refused():
    one, _ = rounds()
    with pytest.raises(NotHeldError, match="The two votes are the same"):
        transfers(one, one)


def test_a_place_of_one_unit_has_no_estimate_and_is_named():
    one, other = towns(2)
    extra = [
        station(9, votes, 30, contest="Land", commune="Alone", commune_code="78099", unit="Alone", round=n)
        for n, votes in ((1, FIRST[0]), (2, SECOND[0]))
    ]
    table = transfers(*(_with(vote, unit) for vote, unit in zip((one, other), extra, strict=True)), each="commune")
    assert table.frame["place"].nunique() == 2
    assert any("has a single unit, of which nothing can be estimated: Alone." in sentence for sentence in said(table))


def _with(vote, unit):
    return combine([vote, returns_of(unit)])


def test_a_single_unit_is_refused():
    with pytest.raises(NotHeldError, match=r"There is a single unit \(Town 0\)"):
        transfers(*rounds(FIRST[:1], SECOND[:1]))


def test_memory_that_would_not_suffice_is_told_with_numbers(monkeypatch):
    monkeypatch.setattr("primaire.flows.estimates.available_memory", lambda: 1000)
    with pytest.raises(NotHeldError, match="and 0 MB are free: 3 units, 7 options before, 6 after"):
        transfers(*rounds())


@pytest.mark.parametrize(
    "asked", [{"by": "nation"}, {"by": "street"}, {"each": "nuance"}, {"context": -0.1}, {"context": 5}]
)
def test_what_does_not_exist_is_refused(asked):
    with pytest.raises(NameUnknownError):
        transfers(*rounds(), **asked)


def test_the_notes_say_what_is_assumed_and_what_nothing_validates():
    sentences = " ".join(said(transfers(*rounds(), seed=7)))
    for part in (
        "Estimated, not counted",
        "as much as where the truth is known",
        "--context 0 shows the answer without",
        "two votes of the same day in New Zealand and Scotland",
        "Errors in one table go together",
        "Drawn with seed 7.",
        "425 registered before, 420 after",
        "on balance",
    ):
        assert part in sentences
    assert "(context 0)" in " ".join(said(transfers(*rounds(), context=0)))


def test_few_units_are_told_with_the_number_of_cells():
    # 7 options before and 6 after leave 6 x 5 cells free.
    assert any("3 units, for a table with 30 cells" in sentence for sentence in said(transfers(*rounds())))


def test_a_unit_that_changed_in_a_way_of_its_own_is_named():
    number = 60
    votes = [{"A": 100 + 7 * (at % 11), "B": 180 - 7 * (at % 11)} for at in range(number)]
    after = [dict(each) for each in votes]
    after[22] = {"A": 180, "B": 100}  # exchanged
    one = returns_of(*(station(at, each, 40) for at, each in enumerate(votes)))
    other = returns_of(*(station(at, each, 40, round=2) for at, each in enumerate(after)))
    found = [sentence for sentence in said(transfers(one, other)) if "in a way of" in sentence]
    assert any("Town 22 (" in sentence for sentence in found)


def test_small_candidates_are_put_together_and_told():
    # C has 75 of 425 registered, 17.6 %; B 120, 28.2 %.
    table = transfers(*rounds(), merge_below=29, keep=["A"])
    assert "others" in set(table.frame["before"].map(str))
    sentences = said(table)
    assert "Put together as others: B, C." in sentences
    assert any("Candidates with less than 29% of the registered voters" in sentence for sentence in sentences)


@pytest.mark.parametrize("name", ["table", "markdown", "latex", "html", "plain"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_people_read_a_grid(name, language):
    text = render_as(transfers(*rounds()), name, language).decode()
    assert text.count("abstention") >= 6  # a line and a column in each of three grids


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "xlsx", "parquet"])
def test_machines_read_cells(name):
    assert render_as(transfers(*rounds()), name)


def test_progress_goes_from_nothing_to_all():
    parts: list[float] = []
    transfers(*towns(3), each="commune", progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == pytest.approx(1)
