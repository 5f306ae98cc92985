"""Headers to mappings: what is taken for what, and what is left alone."""

from __future__ import annotations

import pytest

from primaire.sources.meaning.guess import guess, is_understood, title_of
from primaire.sources.meaning.mapping import FromColumn
from primaire.sources.opening.content import Content
from primaire.sources.opening.raw import raw_of_text


def mapping(text: str, name: str = "presidentielle-2022-t1"):
    return guess(raw_of_text(Content(f"{name}.csv", name, text.encode())), [name])


def test_a_row_for_each_unit():
    found = mapping("Code commune;Commune;Inscrits;Votants;Exprimés;MACRON;LE PEN\n78172;C;100;80;78;40;38\n")
    assert found is not None
    assert found.places == {"commune_code": "Code commune", "commune": "Commune"}
    (vote,) = found.votes
    assert vote.ballots == {"registered": "Inscrits", "voters": "Votants", "valid": "Exprimés"}
    assert (vote.election, vote.round) == ("Présidentielle 2022", "1")
    assert [(entry.name, entry.columns) for entry in vote.candidates.entries] == [
        ("MACRON", {"votes": "MACRON"}),
        ("LE PEN", {"votes": "LE PEN"}),
    ]
    assert found.layout.header == 1


def test_the_columns_that_add_up_are_the_candidates():
    found = mapping("Commune;Exprimés;Population;A;B;C\nP;78;9;40;30;8\nQ;50;7;20;20;10\n")
    assert found is not None
    assert [entry.name for entry in found.votes[0].candidates.entries] == ["A", "B", "C"]
    assert not found.votes[0].candidates.presumed


def test_blocks_behind_a_header_that_names_the_first():
    row = "01;100;80;78;1;ETIENNE;Zoé;40;50;2;PETIT;Léo;38;48,7\n"
    found = mapping("Code du département;Inscrits;Votants;Exprimés;N°Panneau;Nom;Prénom;Voix;% Voix/Exp\n" + row)
    assert found is not None
    candidates = found.votes[0].candidates
    assert (candidates.layout, candidates.repeat) == ("blocks", 5)
    assert candidates.fields["name"] == ("Prénom", "Nom")


def test_a_block_begins_with_a_column_that_nobody_knows():
    row = "01;100;80;78;x;ETIENNE;Zoé;40;50;y;PETIT;Léo;38;48,7\n"
    found = mapping("Code du département;Inscrits;Votants;Exprimés;Zzz;Nom;Prénom;Voix;% Voix/Exp\n" + row)
    assert found is not None
    assert found.votes[0].candidates.repeat == 5


def test_numbered_blocks_wherever_their_columns_stand():
    found = mapping("Commune;Nom 1;Nom 2;Voix 1;Voix 2\nP;A;B;3;4\n")
    assert found is not None
    assert found.votes[0].candidates.fields == {"name": ("Nom {n}",), "votes": ("Voix {n}",)}


def test_rounds_side_by_side_share_the_places():
    found = mapping(
        "Commune;Inscrits T1;Exprimés T1;A T1;B T1;Inscrits T2;Exprimés T2;A T2;B T2\nP;10;7;4;3;11;9;5;4\n"
    )
    assert found is not None
    assert [vote.round for vote in found.votes] == ["1", "2"]
    assert [[entry.name for entry in vote.candidates.entries] for vote in found.votes] == [["A", "B"], ["A", "B"]]


def test_what_differs_from_row_to_row():
    found = mapping("id_election;tour;Commune;Nom;Voix\n2022_pres_t1;1;P;A;3\n", "candidats")
    assert found is not None
    assert (found.votes[0].election, found.votes[0].round) == (FromColumn(("id_election",)), FromColumn(("tour",)))


def test_a_table_without_header_is_known_by_its_columns_numbers():
    rows = "1;01;001;A;0001;100;80;78;1;ETIENNE;Zoé;DVG;40\n1;01;001;A;0001;100;80;78;2;PETIT;Léo;DVD;38\n" * 2
    found = mapping(rows, "PR07_Bvot_T1T2")
    assert found is not None
    assert found.layout.header == 0
    assert found.votes[0].ballots == {"registered": 6, "voters": 7, "valid": 8}
    assert found.votes[0].candidates.fields["name"] == (11, 10)


@pytest.mark.parametrize(
    "rows",
    [
        "1;01;001;A;0001;100;80;78;1;ETIENNE;Zoé;DVG;79\n",  # more votes than valid ones
        "1;01;001;A;0001;100;101;78;1;ETIENNE;Zoé;DVG;40\n",  # more voters than registered
        "3;01;001;A;0001;100;80;78;1;ETIENNE;Zoé;DVG;40\n",  # no third round
        "1;01;001;A;0001;100;80;78;1;ETIENNE;Zoé;40\n",  # twelve columns are another layout, whose name would be “1”
    ],
)
def test_without_a_header_every_row_must_obey(rows):
    assert mapping(rows * 3, "PR07_Bvot_T1T2") is None


@pytest.mark.parametrize("text", ["Nom;Adresse\nA;B\n", "1;2;3\n4;5;6\n", "Commune;Population\nP;9\n", ""])
def test_what_says_too_little(text):
    assert mapping(text) is None


def test_understood_is_a_table_whose_headers_all_mean_something():
    def understood(header):
        return is_understood(raw_of_text(Content("a.csv", "a", f"{header}\n".encode())))

    assert understood("Commune;Inscrits;Voix")
    assert not understood("Commune;Inscrits;Voix;Météo")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("circos23-tour1", "circos23"),
        ("resultats-par-reg-t2-candidats", "resultats-par-reg"),
        ("Board 2026", "Board 2026"),
        ("T1", "Élection"),  # as T2 is: two rounds of one election
        ("2e tour", "Élection"),
        ("candidats_t1", "candidats"),
        ("resultats generaux round 2", "resultats generaux"),
    ],
)
def test_a_title_is_the_file_s_name_without_the_round(name, title):
    assert title_of([name]) == title
