"""The votes of candidates: blocks along a row, a row or a column each, filled and empty, cut and shifted."""

from __future__ import annotations

import pytest

from primaire.arrays import listed
from primaire.errors import SourceError
from primaire.sources import load

UNIT = "Code de la commune;Inscrits;Votants;Exprimés"
BLOCK = "Nuance;Nom;Prénom;Voix;Sièges;Elu"


@pytest.fixture
def told(tmp_path):
    """The votes of each candidate in each commune, as read from a text."""

    def read(text: str, encoding: str = "utf-8") -> dict[str, dict[str, int | None]]:
        (tmp_path / "a.csv").write_bytes(text.encode(encoding))
        returns = load(tmp_path / "a.csv")
        names = returns.candidates["candidate"].tolist()
        units = listed(returns.ballots["commune_code"])
        votes: dict[str, dict[str, int | None]] = {unit: {} for unit in units}
        for ballot, who, count in zip(
            *(listed(returns.votes[name]) for name in ("ballot", "candidate", "votes")), strict=True
        ):
            votes[units[ballot]][names[who]] = count
        return votes

    return read


@pytest.fixture
def problems(told):
    def refused(text: str) -> list[str]:
        with pytest.raises(SourceError) as caught:
            told(text)
        return [f"{problem.line}: {problem.column}: {problem.message}" for problem in caught.value.problems]

    return refused


def test_blocks_behind_one_header(told):
    text = f"{UNIT};Nom;Voix\n01001;9;9;9;A;5;B;4\n01002;9;9;8;B;8\n01003;9;9;9;C;2;A;3;B;4\n"
    assert told(text) == {"01001": {"A": 5, "B": 4}, "01002": {"B": 8}, "01003": {"C": 2, "A": 3, "B": 4}}


def test_empty_blocks_are_nobody(told):
    text = f"{UNIT};Nom;Voix;Nom;Voix;Nom;Voix\n01001;9;9;9;A;5;;;B;4\n01002;9;9;8;;;;;B;8\n01003;9;9;8;B;8;;;;\n"
    assert told(text) == {"01001": {"A": 5, "B": 4}, "01002": {"B": 8}, "01003": {"B": 8}}


def test_a_name_without_votes_stood_and_is_not_counted(told):
    text = f"{UNIT};Nom;Voix\n01001;9;9;9;A;5;B;\n01002;9;9;9;A;0;B;9\n"
    assert told(text) == {"01001": {"A": 5, "B": None}, "01002": {"A": 0, "B": 9}}


def test_the_same_candidates_on_all_rows_are_read_like_others(told):
    rows = "".join(f"{1001 + at:05};9;9;9;A;{at};B;{9 - at}\n" for at in range(9))
    same = told(f"{UNIT};Nom;Voix\n{rows}")
    other = told(f"{UNIT};Nom;Voix\n{rows}01099;9;9;9;C;9\n")
    assert same == {f"{1001 + at:05}": {"A": at, "B": 9 - at} for at in range(9)}
    assert other == {**same, "01099": {"C": 9}}


def test_identity_in_columns_far_apart(told):
    text = "Code de la commune;Exprimés;Nuance;Voix;Autre;Autre 2;Autre 3;Autre 4;Nom\n01001;9;SOC;5;x;x;x;x;A\n01001;9;COM;4;y;y;y;y;A B\n"
    assert told(text) == {"01001": {"A": 5, "A B": 4}}


def test_votes_before_the_name(told):
    assert told(f"{UNIT};Voix;Nom\n01001;9;9;9;5;A;4;B\n01002;9;9;9;9;B\n") == {
        "01001": {"A": 5, "B": 4},
        "01002": {"B": 9},
    }


def test_a_column_each_where_empty_is_did_not_stand(told):
    text = f"{UNIT};A voix;B voix\n01001;9;9;9;5;4\n01002;9;9;9;;9\n"
    assert told(text) == {"01001": {"A": 5, "B": 4}, "01002": {"B": 9}}


@pytest.mark.parametrize("cell", ["1 234", "1\u00a0234", "1\u202f234", "1234.0", "1234,0", "01234", '"1234"', " 1234 "])
def test_counts_as_people_and_spreadsheets_write_them(told, cell):
    assert told(f"{UNIT};Nom;Voix\n01001;9999;9999;1235;A;{cell}\n01001;9999;9999;1235;B;1\n") == {
        "01001": {"A": 1234, "B": 1}
    }


@pytest.mark.parametrize("cell", ["NC", "n.d.", "N/A", "-", "–", "nan", ""])
def test_what_says_that_nothing_is_known(told, cell):
    text = f"{UNIT};Nom;Voix\n01001;9;9;9;A;{cell}\n01001;9;9;9;B;4\n01002;9;9;9;A;9\n"
    assert told(text) == {"01001": {"A": None, "B": 4}, "01002": {"A": 9}}


@pytest.mark.parametrize("cell", ["12,5", "-3", "x", "1.234", "1e3", "12 34", "9" * 16])
def test_what_is_no_count_is_refused_with_its_place(problems, cell):
    (problem,) = problems(f"{UNIT};Nom;Voix\n01001;9;9;9;A;5\n01001;9;9;9;B;{cell}\n01001;9;9;9;C;4\n")
    assert problem.startswith("3: Voix: ")


def test_votes_for_nobody_are_refused(problems):
    assert problems(f"{UNIT};Nom;Voix\n01001;9;9;9;A;5;;4\n01002;9;9;9;A;5;;0\n") == [
        "2: 8: there are votes, but no candidate"
    ]


def test_a_row_that_ends_inside_of_a_candidate_is_refused(problems):
    assert problems(f"{UNIT};Nom;Prénom;Voix\n01001;9;9;9;A;X;5;B;Y\n01002;9;9;9;A;X;5;;\n01003;9;9;9;A;X;9\n") == [
        "2: None: the row ends inside of a candidate's columns: it has 9 cells, and 10 would be needed"
    ]


def test_seats_and_marks_of_the_elected(tmp_path):
    text = f"{UNIT};{BLOCK}\n01001;9;9;9;SOC;A;X;5;3;oui;COM;B;Y;4;;non\n01002;9;9;9;SOC;A;X;5;0;Elu;COM;B;Y;4;2;\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    votes = load(tmp_path / "a.csv").votes
    assert listed(votes["seats"]) == [3, None, 0, 2]
    assert listed(votes["elected"]) == [True, False, True, False]


def test_seats_that_are_marks(tmp_path):
    text = f"{UNIT};Nuance;Nom;Prénom;Voix;Sièges / Elu\n01001;9;9;9;SOC;A;X;5;Elus;COM;B;Y;4;\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    votes = load(tmp_path / "a.csv").votes
    assert votes["seats"].isna().all()
    assert listed(votes["elected"]) == [True, False]


def test_percentages_stand_in_where_no_votes_are_given(tmp_path):
    text = "Code de la commune;Exprimés;Nom;Voix;% Voix/Exp;% Voix/Ins\n01001;1000;A;;35,70;20,1\n01001;1000;B;643;64,30;36,2\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    votes = load(tmp_path / "a.csv").votes
    assert listed(votes["votes"]) == [None, 643]
    assert listed(votes["share"]) == [35.7, None]
    assert listed(votes["share_decimals"]) == [2, None]
    assert listed(votes["share_base"]) == ["valid", None]
