"""Units added up while they are read: the same as afterwards, and not at all where something would be lost."""

from __future__ import annotations

import pytest

from primaire.arrays import listed
from primaire.sources import Wanted, load
from primaire.tally import tally

HEADER = "Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;Blancs;Nuls;Exprimés;Nuance;Nom;Voix"
ROWS = [
    "01;001;0001;20;10;1;0;9;SOC;A;5;COM;B;4",
    "01;001;0002;20;10;0;1;9;SOC;A;9;COM;B;0",
    "01;002;0001;20;10;1;1;8;SOC;A;1;COM;B;7",
    "2A;001;0001;20;10;0;0;10;SOC;A;2;COM;B;8",
]
BY = [
    "contest",
    "departement",
    "commune",
    "station",
    "unit",
    "nuance",
    ["nuance", "departement"],
    ["commune", "nuance"],
]


@pytest.fixture
def file(tmp_path):
    def write(*rows: str, header: str = HEADER):
        path = tmp_path / "Présidentielle 2022 T1.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write


def tables(returns, by):
    """What a tally of these returns holds, row by row, and in no order."""
    added = tally(returns, by)
    who = added.candidates["candidate"].take(added.votes["candidate"].to_numpy()).tolist()
    # Where a unit stood is not looked up where units will be added up.
    names = [name for name in added.ballots.columns if name not in {"file", "line"}]
    unit = [tuple(row) for row in zip(*(listed(added.ballots[name]) for name in names), strict=True)]
    votes = [
        (unit[ballot], name, *row)
        for ballot, name, *row in zip(
            added.votes["ballot"], who, *(listed(added.votes[name]) for name in added.votes.columns[2:]), strict=True
        )
    ]
    return sorted(map(repr, unit)), sorted(map(repr, votes))


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"20;10;1;0;9": "20;;1;0;9"},  # voters are missing in one unit
        {"20;10;1;0;9": "20;10;1;0;"},
        {"20;10;1;0;9": "20;10;3;0;9"},  # valid, blank and null are not the voters
        {"20;10;1;0;9": "9;10;1;0;9"},  # more voters than registered
        {"A;5;": "A;;"},  # one candidate's votes are missing
        {"A;5;": "A;6;"},  # votes are not the valid votes
        {";COM;B;4": ""},  # one candidate stands in some units only
        {";SOC;A;5;COM;B;4": ""},  # a unit without candidates
        {"01;001;0002": ";001;0002"},  # a unit without departement
    ],
)
def test_a_sum_is_the_same_whenever_it_is_made(file, by, spoilt):
    rows = "\n".join(ROWS)
    for right, wrong in spoilt.items():
        assert right in rows
        rows = rows.replace(right, wrong, 1)
    path = file(rows)
    assert tables(load(path, by=by), by) == tables(load(path), by)


def test_units_are_added_up_early_where_that_loses_nothing(file):
    returns = load(file(*ROWS), by="departement")
    # 01: 20+20+20 registered of three stations; 2A: one.
    assert listed(returns.ballots["departement_code"]) == ["01", "2A"]
    assert listed(returns.ballots["units"]) == [3, 1]
    assert listed(returns.ballots["registered"]) == [60, 20]
    assert listed(returns.votes["votes"]) == [15, 11, 2, 8]


@pytest.mark.parametrize(
    "options",
    [
        {"by": "unit"},
        {"by": "station"},
        {"by": None},
        {"by": "contest", "wanted": Wanted(where={"departement": ["01"]})},
    ],
)
def test_units_that_are_asked_for_stay(file, options):
    assert set(listed(load(file(*ROWS), **options).ballots["units"])) == {1}


@pytest.mark.parametrize(("apart", "units"), [(3, [4]), (4, [1, 1, 1, 1])])
def test_units_of_a_small_table_stay_apart_where_that_is_asked_for(file, apart, units):
    returns = load(file(*ROWS), by="contest", apart=apart)
    assert listed(returns.ballots["units"]) == units
    assert tables(returns, "contest") == tables(load(file(*ROWS)), "contest")


@pytest.mark.parametrize("spoilt", ["20;10;2;0;9", "20;10;1;0;", "9;10;1;0;9"])
def test_units_of_which_something_is_to_be_said_stay(file, spoilt):
    rows = [ROWS[0].replace("20;10;1;0;9", spoilt), *ROWS[1:]]
    assert listed(load(file(*rows), by="contest").ballots["units"]) == [1, 1, 1, 1]


def test_a_code_within_the_departement_is_not_that_of_a_sum_over_several(file):
    """Both departements have a commune 001, and no other: their sum lies in no commune."""
    returns = load(file(ROWS[0], ROWS[3]), by="contest")
    assert listed(returns.ballots["commune_code"]) == [None]
    assert listed(returns.ballots["departement_code"]) == [None]
