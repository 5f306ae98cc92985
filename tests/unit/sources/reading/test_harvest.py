"""All cells that a question needs, from a table in one pass: what is skipped, refused and counted."""

from __future__ import annotations

import pytest

from primaire.arrays import listed
from primaire.errors import SourceError
from primaire.sources import Wanted, load
from primaire.sources.opening import scan
from primaire.sources.reading.harvest import MOST_PROBLEMS, marked, share_of

HEADER = "Code de la commune;Inscrits;Votants;Exprimés;A voix;B voix"
ROWS = ["01001;20;10;9;5;4", "01002;30;20;19;9;10", "01003;40;30;29;20;9"]


@pytest.fixture
def read(tmp_path):
    def read_text(*lines: str, newline: str = "\n", name: str = "a.csv", **options):
        (tmp_path / name).write_text(newline.join([*lines, ""]), encoding="utf-8", newline="")
        return load(tmp_path / name, **options)

    return read_text


@pytest.fixture
def problems(read):
    def refused(*lines: str) -> list[str]:
        with pytest.raises(SourceError) as caught:
            read(*lines)
        return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]

    return refused


def registered(returns) -> dict[str, int]:
    return dict(zip(listed(returns.ballots["commune_code"]), listed(returns.ballots["registered"]), strict=True))


RIGHT = {"01001": 20, "01002": 30, "01003": 40}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_rows_without_text_are_left_out_wherever_they_are(read, newline):
    lines = ["", HEADER, "", *ROWS[:2], ";;;;;", ROWS[2], ";;;;;", ""]
    returns = read(*lines, newline=newline)
    assert registered(returns) == RIGHT
    assert returns.provenance.files[0].rows == 3


def test_titles_above_the_header_are_no_rows(read):
    returns = read("Élections", "", "Résultats;;;de;;2017", HEADER, *ROWS)
    assert registered(returns) == RIGHT
    assert returns.provenance.files[0].header == 4


def test_a_header_that_comes_again_is_left_out(read):
    assert registered(read(HEADER, ROWS[0], HEADER, *ROWS[1:], HEADER)) == RIGHT


def test_cells_behind_the_header_may_be_empty_and_nothing_else(read, problems):
    assert registered(read(HEADER, f"{ROWS[0]};;", *ROWS[1:])) == RIGHT
    assert problems(HEADER, ROWS[0], f"{ROWS[1]};;7") == ["3: the row has 8 cells, the header 6"]


@pytest.mark.parametrize("column", ["Election", "Tour", "Date", "% Vot/Ins", "Niveau"])
def test_a_row_without_a_column_that_is_read_of_every_row_is_refused(problems, column):
    """Else the first cell of the next row would be read in its place."""
    cell = {"Election": "E", "Tour": "1", "Date": "2017-01-22", "% Vot/Ins": "50,00", "Niveau": "commune"}[column]
    lines = [f"{HEADER};{column}", f"01001;20;10;9;5;4;{cell}", "01002;20;10;9;5;4", f"01003;20;10;9;5;4;{cell}"]
    assert problems(*lines) == ["3: the row has 6 cells, and at least 7 are needed"]


def test_all_that_is_wrong_is_listed_in_the_order_of_the_file(problems):
    lines = [HEADER, "01001;20", ROWS[1], "01003;x1;30;29;20;9", "01004;20;10;9;5;4;7"]
    assert [problem.split(":")[0] for problem in problems(*lines)] == ["2", "4", "5"]


def test_problems_beyond_the_most_are_counted(problems):
    told = problems(HEADER, *ROWS, *(f"{2001 + at:05};-1;10;9;5;4" for at in range(MOST_PROBLEMS + 7)))
    assert len(told) == MOST_PROBLEMS + 1
    assert told[-1] == "None: … and 7 more of this kind"


@pytest.mark.parametrize("size", [1, 30, 64, 100])
def test_stretches_of_any_size_read_alike(read, monkeypatch, size):
    whole = read(HEADER, *ROWS)
    monkeypatch.setattr(scan, "STRETCH", size)
    monkeypatch.setattr(scan.stretches, "__defaults__", (size,))
    parts = read(HEADER, *ROWS)
    for name in ("contests", "ballots", "votes", "candidates"):
        assert getattr(parts, name).equals(getattr(whole, name))


def test_columns_in_any_order(read):
    """Also one of figures in front of all others."""
    order = [3, 5, 1, 0, 2, 4]
    lines = [";".join(line.split(";")[at] for at in order) for line in [HEADER, *ROWS]]
    returns = read(*lines)
    assert registered(returns) == RIGHT
    assert listed(returns.ballots["valid"]) == [9, 19, 29]
    names = returns.candidates["candidate"].take(returns.votes["candidate"].to_numpy()).tolist()
    assert sorted(zip(names, listed(returns.votes["votes"]), strict=True)) == [
        ("A", 5), ("A", 9), ("A", 20), ("B", 4), ("B", 9), ("B", 10),
    ]  # fmt: skip


def test_of_a_table_of_many_elections_one_is_read(read):
    lines = ["id_election;Code de la commune;Inscrits;Votants;Exprimés;Nom;Voix"]
    for year in (2017, 2022):
        lines += [f"{year}_pres_t1;01001;{year};10;9;A;5", f"{year}_pres_t1;01001;{year};10;9;B;4"]
    returns = read(*lines, wanted=Wanted(election="Présidentielle 2022"))
    assert listed(returns.ballots["election"]) == ["Présidentielle 2022"]
    assert listed(returns.ballots["registered"]) == [2022]
    assert set(listed(read(*lines).ballots["election"])) == {"Présidentielle 2017", "Présidentielle 2022"}


@pytest.mark.parametrize(("word", "is_one"), [("Elu", True), ("élu", True), ("Oui", True), ("1", True), ("x", True), ("", False), (" non ", False), ("0", False), ("FALSE", False)])  # fmt: skip
def test_marks_of_the_elected(word, is_one):
    assert marked(word) is is_one


@pytest.mark.parametrize(
    ("word", "share"),
    [("35,70", (35.7, 2)), ("35.7 %", (35.7, 1)), ("0", (0.0, 0)), ("NC", None), ("", None), ("-1,0", None)],
)
def test_printed_percentages(word, share):
    assert share_of(word) == share
