"""What is understood of a file is written so that it can be read again, and corrected."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources import load
from primaire.sources.meaning.describe import EXAMPLE, Seen, describe, described
from primaire.sources.meaning.mapping import Candidates, Mapping, Vote
from primaire.sources.meaning.mapping_file import parse_mapping

MINISTRY = (
    "Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;Exprimés;Météo;N°Panneau;Sexe;Nom;Prénom;Voix\n"
    "01;001;0001;100;80;70;soleil;1;F;MARTIN;Alice;40;2;M;PETIT;Bruno;30\n"
    "01;001;0002;90;60;60;pluie;1;F;MARTIN;Alice;20;2;M;PETIT;Bruno;40\n"
)
HEADERLESS = "1;MN;31;555;0001;1000;600;003;300;001;300\n2;MN;31;555;0002;900;500;003;250;001;250\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="2017_pres_t1.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def test_what_is_guessed_is_written_with_samples(file):
    text = describe(file(MINISTRY))
    assert 'registered = "Inscrits"  # column 4: 100; 90' in text
    assert '"Météo": soleil; pluie' in text
    mapping = parse_mapping(text, "again")
    assert mapping.places["commune_code"] == "Code de la commune"
    (vote,) = mapping.votes
    assert vote.ballots == {"registered": "Inscrits", "voters": "Votants", "valid": "Exprimés"}
    assert vote.candidates.layout == "blocks"
    assert vote.candidates.repeat == 5
    assert vote.candidates.fields["name"] == ("Prénom", "Nom")
    assert mapping.layout.header == 1


def test_columns_of_blocks_are_not_called_unread(file):
    listed = describe(file(MINISTRY)).partition("nothing is read from")[2]
    assert '"Nom"' not in listed
    # The second block's sex stands in column 14.
    assert "   14  (no header): M" in listed


def test_a_file_that_a_registered_mapping_claims(file):
    text = describe(file("title\noffice,district,party,candidate,votes,precinct\nMayor,,D,Alice Martin,12,North 1\n"))
    mapping = parse_mapping(text, "openelections")
    assert mapping.layout.header == 2
    assert mapping.votes[0].candidates.figures["Overvotes"] == "null"
    assert "# column 6: North 1" in text


def test_without_understanding_every_column_is_listed_beside_an_example(file):
    text = describe(file(HEADERLESS, "mystery.csv"))
    assert EXAMPLE in text
    for line in ("#     2  (no header): MN", "#     6  (no header): 1000; 900", "#    11  (no header): 300; 250"):
        assert line in text.splitlines()
    # The example says nothing until it is filled in.
    with pytest.raises(SourceError, match="a table reports at least one vote"):
        parse_mapping(text, "mystery")


def test_the_example_is_a_mapping_once_its_marks_are_gone():
    taken_out = [
        line.removeprefix("# ") for line in EXAMPLE.splitlines() if line.startswith(("mapping", "# [")) or " = " in line
    ]
    mapping = parse_mapping("\n".join(taken_out), "example")
    assert mapping.places == {"commune_code": 5, "station_code": "Bureau"}
    assert mapping.votes[0].candidates.fields == {"name": ("Prénom", "Nom"), "votes": ("Voix",)}


def test_primaires_own_format_needs_none(file):
    assert "needs no mapping" in describe(file("candidate,votes,registered\nAlice,4,12\nBruno,5,12\n"))
    assert "needs no mapping" not in describe(file(MINISTRY))


def test_whatever_stands_in_cells_stays_comment():
    vote = Vote(ballots={"voters": "Votants", "valid": 3}, candidates=Candidates("none"))
    nasty = ['a"\n[[vote]]\nround = 9', "\r\x00\x7f", "x" * 500]
    seen = Seen('a "file"\n[x]', ["Votants", nasty[0], ""], [nasty] * 2, Mapping((vote,), name="nasty"))
    text = described(seen)
    assert parse_mapping(text, "nasty") == seen.mapping
    assert max(map(len, text.splitlines())) < 160
    assert parse_mapping(described(Seen("own", [], [], seen.mapping)), "nasty") == seen.mapping


def test_sheets_are_chosen_by_name(tmp_path):
    import xlsxwriter

    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Notes", "Communes"):
            sheet = book.add_worksheet(name)
            for row, line in enumerate([["Notes", "Text"], ["see", "below"]] if name == "Notes" else []):
                sheet.write_row(row, 0, line)
        sheet.write_row(0, 0, ["Code commune", "Inscrits", "Votants"])
        sheet.write_row(1, 0, ["01001", 100, 80])
    assert 'sheet = "Communes"' in describe(path)
    assert '--sheet chooses one: "Notes", "Communes"' in describe(path)
    assert "Nothing was understood" in describe(path, "notes")
    with pytest.raises(SourceError, match="Did you mean “Communes”"):
        describe(path, "Comunes")


def test_of_a_workbook_the_sheet_that_is_read_is_described(tmp_path):
    """As of the finest sheet of a workbook, whose first sheet holds the sums of the country."""
    import xlsxwriter

    path = tmp_path / "2027_pres_t1.xlsx"
    place = ["Code du département", "Code de la commune"]
    counts = ["Inscrits", "Votants", "Exprimés", "Nom", "Voix", "Nom", "Voix"]
    sheets = {
        "Départements": [[place[0], *counts], ["01", 190, 140, 130, "PETIT", 60, "ROUX", 70]],
        "Communes": [
            [*place, *counts],
            ["01", "001", 100, 80, 70, "PETIT", 40, "ROUX", 30],
            ["01", "002", 90, 60, 60, "PETIT", 20, "ROUX", 40],
        ],
    }
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    assert parse_mapping(describe(path), "again").layout.sheet == "Communes"
    assert '--sheet chooses one: "Départements", "Communes"' in describe(path)
    assert parse_mapping(describe(path, "dép"), "again").layout.sheet == "Départements"


def test_columns_named_in_the_first_of_two_rows_are_called_by_number(file, tmp_path):
    """Labels above codes: the second row is the last before the data, and does not name them all."""
    source = file("Code commune,Inscrits,Exprimés,Divers,Verts\n,,,DIV,VEC\n01001,100,70,40,30\n01002,90,60,20,40\n")
    (tmp_path / "again.toml").write_text(describe(source), encoding="utf-8")
    once, again = load(source), load(source, mapping=str(tmp_path / "again.toml"))
    for found in (once, again):
        assert found.ballots["commune_code"].tolist() == ["01001", "01002"]
        assert found.votes["votes"].tolist() == [40, 30, 20, 40]
        assert found.candidates["candidate"].tolist() == ["Divers", "Verts"]


def test_of_a_table_without_headers_each_column_that_is_not_read_is_listed(file):
    """Signatures (column 11) are read as voters; the ballots in the box (12) are compared with them."""
    rows = (
        "1;MN;2026;1;31;555;0001;I;100;27;73;74;2;1;70;2;005;40;012;30\n"
        "2;MN;2026;1;31;555;0002;I;90;33;57;57;1;1;55;2;005;20;012;35\n"
        "3;MN;2026;1;31;555;0003;I;80;37;43;43;3;0;40;2;005;10;012;30\n"
    )
    text = describe(file(rows, "municipales-2026.csv"))
    assert "voters = 11 " in text
    assert "envelopes = 12 " in text
    assert "own format" not in text
    listed = text.partition("nothing is read from:")[2].splitlines()
    assert [line.split()[1] for line in listed if "(no header)" in line] == ["1", "2", "3", "8", "16"]
    assert "#    16  (no header): 2" in listed
