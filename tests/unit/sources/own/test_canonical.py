"""The format that a person types: what is read, what is filled in, and every problem of a file at once."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.schema import PLACES
from primaire.sources.opening.content import Content
from primaire.sources.own.canonical import read_canonical, read_records
from primaire.sources.own.columns import COLUMNS, WORDS


def content(text: str, *, encoding: str = "utf-8", name: str = "board.csv") -> Content:
    return Content(name, name.removesuffix(".csv"), text.encode(encoding))


def records(text: str) -> list[dict[str, object]]:
    return read_records(content(text))[0]


def problems(text: str) -> list[tuple[int | None, str | None, str | None, str]]:
    """Line, column, value and reason of every problem of a file that is refused."""
    with pytest.raises(SourceError) as refused:
        read_records(content(text))
    assert {problem.file for problem in refused.value.problems} == {"board.csv"}
    return [(problem.line, problem.column, problem.value, str(problem.message)) for problem in refused.value.problems]


def places(text: str) -> list[tuple[int | None, str | None, str | None]]:
    return [(line, column, value) for line, column, value, _ in problems(text)]


# What is read


def test_two_columns_are_enough():
    """Everything else has a default: one round of one election, named after the file, of which nothing more is said."""
    first, second = records("candidate,votes\nAlice,45\nBruno,37\n")
    assert first == {
        "election": "board",
        "round": 1,
        "contest": "board",
        "level": None,
        "unit": "board",
        "candidate": "Alice",
        "votes": 45,
        "approximate": frozenset(),
    }
    assert (second["candidate"], second["votes"]) == ("Bruno", 37)


def test_two_columns_become_returns():
    returns = read_canonical(content("candidate,votes\nAlice,45\nBruno,37\n"))
    assert returns.votes["votes"].tolist() == [45, 37]
    assert returns.ballots[["election", "round", "contest", "unit", "status"]].to_numpy().tolist()[0] == [
        "board",
        1,
        "board",
        "board",
        "final",
    ]
    assert returns.ballots[["registered", "voters", "blank", "null", "blank_null", "valid"]].isna().all(axis=None)
    assert returns.contests[["coverage", "electorate"]].to_numpy().tolist()[0] == ["unknown", "unknown"]
    assert returns.contests["date"].isna().all()


def test_a_header_is_read_in_both_languages_whatever_its_case_accents_and_marks():
    text = "ELECTION;Tour;Code Commune;code-département;EXPRIMÉS;Candidat;VOIX\nX;2;78172;78;10;A;10\n"
    (record,) = records(text)
    assert (record["election"], record["round"], record["valid"], record["votes"]) == ("X", 2, 10, 10)
    assert (record["commune_code"], record["departement_code"]) == ("78172", "78")


@pytest.mark.parametrize(
    "column",
    [column for column in COLUMNS if column.name not in {"unit_row", "publication"}],
    ids=lambda column: column.name,
)
def test_every_column_is_known_by_its_two_names(column):
    cells = {
        "count": "12",
        "number": "1",
        "round": "2",
        "share": "50",
        "date": "2017-01-29",
        "columns": "votes",
        "text": "text",
    }
    cell = next(iter(WORDS[column.name])) if column.kind == "word" else cells[column.kind]
    for name in (column.name, column.french):
        others = [(other, value) for other, value in (("candidate", "A"), ("votes", "1")) if other != column.name]
        header, row = zip((name, cell), *others, strict=True)
        (record,) = records(f"{','.join(header)}\n{','.join(row)}\n")
        assert record[column.name] is not None


def test_codes_keep_their_zeros_and_letters():
    (record,) = records("candidate,votes,departement_code,commune_code,station_code\nA,1,01,2A004,0001\n")
    assert [record["departement_code"], record["commune_code"], record["station_code"]] == ["01", "2A004", "0001"]


@pytest.mark.parametrize(
    ("header", "row", "level", "unit"),
    [
        ("commune,departement", "Conflans,Yvelines", "commune", "Conflans"),
        ("station,commune", "Bureau 3,Conflans", "station", "Bureau 3"),
        ("station_code,commune", "0003,Conflans", "station", "0003"),
        ("station,station_code,commune", "Mairie,0003,Conflans", "station", "Mairie"),
        ("station,commune", ",Conflans", "commune", "Conflans"),
        ("region", "Île-de-France", "region", "Île-de-France"),
        ("level,commune", "canton,Conflans", "canton", "Conflans"),
        ("unit,commune", "Section,Conflans", "commune", "Section"),
        ("unit", "Section", None, "Section"),
        ("contest", "France", None, "France"),
    ],
)
def test_a_unit_without_a_name_is_its_finest_place(header, row, level, unit):
    (record,) = records(f"candidate,votes,{header}\nA,1,{row}\n")
    assert (record["level"], record["unit"]) == (level, unit)


def test_places_of_the_reader_are_those_of_the_model():
    text = f"candidate,votes,{','.join(PLACES)}\nA,1,{','.join(PLACES)}\n"
    ballot = read_canonical(content(text)).ballots.loc[0]
    assert [ballot[place] for place in PLACES] == list(PLACES)
    assert (ballot["level"], ballot["unit"]) == ("station", "station")


def test_the_contest_is_the_election_unless_it_has_a_name():
    (record,) = records("candidate,votes,election\nA,1,Board\n")
    assert (record["contest"], record["unit"]) == ("Board", "Board")


def test_shares_of_a_unit_have_the_decimals_of_the_longest():
    """A spreadsheet writes 35.70 as 35.7, and 40.00 as 40."""
    read = records("unit,candidate,share\nx,A,35.7\nx,B,24.31\nx,C,40\ny,A,100\n")
    assert [record["share_decimals"] for record in read] == [2, 2, 2, 0]


def test_an_apostrophe_before_a_formula_is_taken_off():
    names = ["'=1+1", "'+A", "'-B", "'@C", "'t Hooft", "'Ab"]
    read = records("candidate,votes\n" + "".join(f"{name},1\n" for name in names))
    assert [record["candidate"] for record in read] == ["=1+1", "+A", "-B", "@C", "'t Hooft", "'Ab"]


def test_ballot_columns_may_be_given_once():
    returns = read_canonical(content("voters,valid,candidate,votes\n,10,A,6\n12,,B,4\n"))
    assert returns.ballots[["voters", "valid"]].to_numpy().tolist()[0] == [12, 10]


def test_trailing_empty_columns_and_rows_are_nothing():
    read = records("candidate;votes;;\nA;1;;\nB;2;;\n;;;\n;;;\n")
    assert [record["candidate"] for record in read] == ["A", "B"]


def test_cells_beyond_the_header_are_fine_while_empty():
    assert len(records("candidate,votes\nA,1,,\nB,2, \n")) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_french_spreadsheet_is_simply_read(encoding):
    text = (
        "Élection;Date;Tour;Inscrits;Votants;Blancs;Nuls;Exprimés;Candidat;Voix;Pourcentage;;\r\n"
        "Bureau;29/01/2017;1;1\u00a0000;800;5;5;790;Éléonore;400;50,63 %;;\r\n"
        "Bureau;29/01/2017;1;1\u00a0000;800;5;5;790;Zoé;390;49,37;;\r\n"
        ";;;;;;;;;;;;\r\n"
    )
    returns = read_canonical(content(text, encoding=encoding))
    assert returns.ballots[["registered", "voters", "blank", "null", "valid"]].to_numpy().tolist()[0] == [
        1000,
        800,
        5,
        5,
        790,
    ]
    assert returns.candidates["candidate"].tolist() == ["Éléonore", "Zoé"]
    assert returns.votes["share"].tolist() == [50.63, 49.37]
    assert returns.contests["date"].tolist() == ["2017-01-29"]
    (file,) = returns.provenance.files
    assert (file.encoding, file.separator, file.decimal_mark, file.rows) == (encoding, ";", ",", 2)


@pytest.mark.parametrize(("shares", "mark"), [("35.7,64.3", "."), ("40,60", None), (",", None)])
def test_the_decimal_mark_is_told_where_the_file_shows_one(shares, mark):
    one, other = shares.split(",")
    returns = read_canonical(content(f"candidate\tvotes\tshare\nA\t1\t{one}\nB\t1\t{other}\n"))
    assert returns.provenance.files[0].decimal_mark == mark


# What is refused


@pytest.mark.parametrize(
    ("header", "wrong", "near"),
    [
        ("candidate,vots", "vots", "votes"),
        ("candidat,vioX,votes", "vioX", "voix"),
        ("candidate,votes,regsitered", "regsitered", "registered"),
        ("candidate,votes,blancs_nul", "blancs_nul", "blancs_nuls"),
    ],
)
def test_a_misspelt_column_is_named_with_the_closest(header, wrong, near):
    row = ",".join(["A"] * header.count(","))
    first, *_ = problems(f"{header}\n{row},1\n")
    assert first[:3] == (1, wrong, None)
    assert f"did you mean “{near}”" in first[3]


def test_a_column_like_no_other_is_refused_with_what_to_do():
    ((line, column, _, reason),) = problems("candidate,votes,xyzxyz\nA,1,2\n")
    assert (line, column) == (1, "xyzxyz")
    assert "primaire template" in reason


@pytest.mark.parametrize("header", ["votes,candidate,votes", "votes,candidate,voix", "votes,candidate,VOTES"])
def test_a_column_that_stands_twice_is_refused(header):
    ((line, column, _, reason),) = problems(f"{header}\n1,A,1\n")
    assert (line, column) == (1, header.split(",")[2])
    assert "twice" in reason


def test_a_column_without_a_name_is_refused_once_something_stands_in_it():
    assert places("candidate,votes,\nA,1,\nB,2,x\n") == [(1, None, None)]


def test_without_candidates_a_file_is_refused():
    ((line, _, _, reason),) = problems("votes,voters\n1,2\n")
    assert line == 1
    assert "“candidate”" in reason


def test_without_votes_and_shares_a_file_is_refused():
    ((line, _, _, reason),) = problems("candidate,voters\nA,2\n")
    assert line == 1
    assert "“votes”" in reason
    assert "“share”" in reason


def test_problems_of_the_header_have_its_line_and_are_all_listed():
    assert [(line, column) for line, column, _ in places("\n\nvots,tuor,date,date\n")] == [
        (3, "vots"),
        (3, "tuor"),
        (3, "date"),
        (3, None),
        (3, None),
    ]


def test_a_header_alone_is_refused():
    with pytest.raises(SourceError, match="no row below it"):
        read_records(Content("a.csv", "a", b"\ncandidate,votes\n\n"))


def test_counts_of_ballots_among_the_candidates_are_refused():
    assert [value for _, _, value in places("candidate,votes\nA,45\nTotal,47\nblancs,1\nBulletins nuls,1\n")] == [
        "Total",
        "blancs",
        "Bulletins nuls",
    ]
    assert len(records("candidate,votes\nA,45\nJacques Blanc,2\n")) == 2


def test_a_header_of_percentages_is_no_count():
    assert places("candidat;voix;% exprimés\nA;40;50\n") == [(1, "% exprimés", None)]


def test_every_bad_cell_is_listed_with_its_line_column_and_value():
    text = (
        "Candidat;Voix;Inscrits;Tour;Date;Statut;Pourcentage;Approximatif\n"
        "A;x;-5;0;2017;dubious;-1;candidate\n"
        "B;1;10;1;;;50;\n"
        '"C\nc";1,5;10;1;;;abc;\n'
        "D;1\u202f00;10;1;31/02/2017;;;\n"
    )
    assert places(text) == [
        (2, "Voix", "x"),
        (2, "Inscrits", "-5"),
        (2, "Tour", "0"),
        (2, "Date", "2017"),
        (2, "Statut", "dubious"),
        (2, "Pourcentage", "-1"),
        (2, "Approximatif", "candidate"),
        (4, "Voix", "1,5"),
        (4, "Pourcentage", "abc"),
        (6, "Voix", "1\u202f00"),
        (6, "Date", "31/02/2017"),
    ]


@pytest.mark.parametrize("row", ["A", "A,1,2,3", '"A,1"', ""])
def test_a_row_of_another_width_is_refused(row):
    """The row without any text is none."""
    found = problems(f"candidate,votes,voters\nB,1,9\n{row}\nC,x,9\n")
    assert [line for line, *_ in found] == ([3, 4] if row else [4])
    if row:
        assert "3" in found[0][3]


def test_a_row_without_a_candidate_is_refused():
    assert places("candidate,votes\n,4\nA,1\n \t,5\n") == [(2, "candidate", None), (4, "candidate", None)]


@pytest.mark.parametrize("second", ["Benoît Hamon", "BENOIT HAMON", " benoît  hamon ", "Benoît-Hamon"])
def test_a_candidate_twice_in_a_unit_is_refused(second):
    ((line, column, value, reason),) = problems(f"candidate,votes\nBenoît Hamon,842\nValls,611\n{second},842\n")
    assert (line, column, value) == (4, "candidate", second.strip())
    assert "line 2" in reason


def test_a_candidate_may_stand_in_every_unit_round_and_contest():
    text = "contest,unit,round,candidate,votes\nC,x,1,A,1\nC,y,1,A,1\nC,x,2,A,1\nD,x,1,A,1\n"
    assert len(records(text)) == 4


def test_ballot_columns_that_differ_are_refused_each_with_the_line_they_contradict():
    text = (
        "unit,registered,voters,status,candidate,votes\n"
        "x,100,80,final,A,1\n"
        "x,,81,final,B,1\n"
        "y,100,80,final,A,1\n"
        "x,101,80,frozen,C,1\n"
    )
    found = problems(text)
    assert [row[:3] for row in found] == [(3, "voters", "81"), (5, "status", "frozen"), (5, "registered", "101")]
    for said, (*_, reason) in zip(("80", "final", "100"), found, strict=True):
        assert f"“{said}”" in reason
        assert "line 2" in reason


def test_a_difference_is_told_of_the_first_line_that_says_something():
    ((line, _, _, reason),) = problems("voters,candidate,votes\n,A,1\n80,B,1\n81,C,1\n")
    assert line == 4
    assert "line 3" in reason


def test_contradictions_are_listed_with_the_cells_that_cannot_be_read():
    assert places("voters,candidate,votes\n80,A,1\n81,A,x\n") == [
        (3, "votes", "x"),
        (3, "candidate", "A"),
        (3, "voters", "81"),
    ]
