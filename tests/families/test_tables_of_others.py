"""Tables of other countries, tools and hands: read rightly, or refused with the reason; never mixed up in silence."""

from __future__ import annotations

import json

import pytest

from primaire.errors import SourceError
from primaire.sources import load

BY_CANDIDATE = """ons_id,region_name,constituency_name,party_name,firstname,surname,gender,votes,share
W1,Wales,Arfon,Red,Ann,Ash,Female,60,0.6
W1,Wales,Arfon,Blue,Bo,Birch,Male,40,0.4
W2,Wales,Barry,Blue,Cy,Cole,Male,70,0.7
W2,Wales,Barry,Red,Di,Dale,Female,30,0.3
"""


def test_candidates_of_several_constituencies(written):
    found = load(written("results-by-candidate.csv", BY_CANDIDATE))
    assert len(found.contests) == 2
    assert found.candidates["candidate"].tolist() == ["Ann Ash", "Bo Birch", "Cy Cole", "Di Dale"]
    assert found.candidates["label"].tolist() == ["Red", "Blue", "Blue", "Red"]
    assert found.ballots["constituency"].tolist() == ["Arfon", "Barry"]


@pytest.mark.parametrize("region", ["region_name", "bloc"])
def test_a_place_that_is_not_understood_is_not_passed_over(written, region):
    """Without the column of its places, the candidates of two ridings would compete with each other."""
    text = BY_CANDIDATE.replace("constituency_name", "riding").replace("ons_id", "gid").replace("region_name", region)
    with pytest.raises(SourceError, match="may hold more units") as caught:
        load(written("results-by-candidate.csv", text))
    assert "riding" in str(caught.value)


def test_columns_that_are_no_places_do_not_matter(written):
    text = "Candidat;Couleur;Voix\nAlice Martin;rose;12\nBruno Petit;bleu;10\nChloé Durand;vert;8\n"
    assert load(written("resultats.csv", text)).votes["votes"].tolist() == [12, 10, 8]


def test_a_column_for_each_party_beside_valid_votes(written):
    """Those that add up to the valid votes stand; the majority and the winner's other votes do not."""
    text = (
        "ons_id,constituency_name,electorate,valid_votes,invalid_votes,majority,con,lab,ld\n"
        "W1,Arfon,150,100,2,20,60,40,0\nW2,Barry,160,110,1,30,40,70,0\n"
    )
    found = load(written("results-by-constituency.csv", text))
    assert found.candidates["candidate"].tolist() == ["con", "lab", "ld"]
    assert found.ballots[["registered", "valid", "blank_null"]].to_numpy().tolist() == [[150, 100, 2], [160, 110, 1]]


@pytest.mark.parametrize("count", ["Registered", "Voters"])
def test_nothing_is_presumed_under_headers_of_another_language(written, count):
    found = load(written("wards.csv", f"Ward,{count},Papers,Smith (LAB)\nNorth,100,60,35\n"))
    assert found.ballots[count.lower()].tolist() == [100]
    assert found.votes.empty


def test_levels_that_are_not_known_are_refused(written):
    text = (
        "Niveau;Nom du canton;Liste;Voix\nCanton;Alost;A;25\nCanton;Alost;B;20\n"
        "Arrondissement;Alost;A;25\nArrondissement;Alost;B;20\n"
    )
    with pytest.raises(SourceError, match="levels that are not known: Arrondissement"):
        load(written("belgique.csv", text))


TABLE = (
    "Bureau;Inscrits;Votants;Exprimés;Alice Martin;Bruno Petit\n0001;1000;600;590;300;290\n0002;2000;700;690;300;390\n"
)


@pytest.mark.parametrize(
    "below",
    [
        "\nSource : préfecture\nNote : provisoire\n",
        ";;;;;\nSource : préfecture;;;;;\n\n",
        "* dont procurations\n",
        '"Lecture : au bureau 0001; 300 voix"\n',
        "(c) Ville\n",
    ],
)
def test_notes_under_a_table_are_told_and_not_read(written, below):
    found = load(written("resultats.csv", TABLE + below))
    assert len(found.ballots) == 2
    assert found.votes["votes"].tolist() == [300, 290, 300, 390]
    assert any("Notes under the table" in str(remark) for remark in found.provenance.files[0].remarks)


@pytest.mark.parametrize(
    "below", ["00\n", "0003;500\n", "Bureau fermé\n", "Source : préfecture\n0003;10;5;5;3;2\n", "Note;5\n"]
)
def test_what_may_be_a_row_is_no_note(written, below):
    with pytest.raises(SourceError, match="cells"):
        load(written("resultats.csv", TABLE + below))


@pytest.mark.parametrize("mark", [" ", "\u00a0", "\u202f", "\u2009", "'", "\u2019"])
def test_what_sets_thousands_apart_and_nothing_else(written, mark):
    text = TABLE.replace(";1000;", f";1{mark}000;").replace(";2000;", f";2{mark}000;")
    assert load(written("resultats.csv", text)).ballots["registered"].tolist() == [1000, 2000]


@pytest.mark.parametrize(("mark", "decimal"), [(",", "."), (".", ",")])
def test_a_mapping_says_what_sets_thousands_apart(written, tmp_path, mark, decimal):
    path = written("resultats.csv", TABLE.replace(";1000;", f";1{mark}000;"))
    with pytest.raises(SourceError, match="is not a whole number; if") as caught:
        load(path)
    assert f'decimal_mark = "{decimal}"' in str(caught.value)
    mapping = f"""mapping = 1
[table]
decimal_mark = "{decimal}"
[units]
station_code = "Bureau"
[[vote]]
[vote.ballots]
registered = "Inscrits"
"""
    (tmp_path / "own.toml").write_text(mapping, encoding="utf-8")
    found = load(path, mapping=str(tmp_path / "own.toml"))
    assert found.ballots["registered"].tolist() == [1000, 2000]


def test_figures_with_two_decimals_are_no_counts(written):
    """A percentage is written so, 0.00 among them: in a column of votes it shows that a row has lost a cell."""
    text = TABLE.replace(";300", ";300.00").replace(";290", ";290.00").replace(";390", ";390.00")
    with pytest.raises(SourceError, match="cannot be read as it is"):
        load(written("resultats.csv", text))
    unproven = "Bureau;Inscrits;Alice Martin;Bruno Petit\n0001;1000;51.00;49.00\n0002;2000;60.00;40.00\n"
    found = load(written("parts.csv", unproven))
    assert found.votes["votes"].isna().all()


def test_two_candidates_with_one_name_stay_two_in_a_sum(written):
    """By hand: 300 + 300 and 290 + 390, each beside its own."""
    text = TABLE.replace("Bruno Petit", "Alice Martin")
    found = load(written("resultats.csv", text), by="contest")
    added = found.votes.groupby("candidate")["votes"].sum()
    assert dict(zip(found.candidates["candidate"], added.tolist(), strict=True)) == {
        "Alice Martin": 600,
        "Alice Martin (2)": 680,
    }


def test_a_header_that_stands_twice_is_no_second_round(written):
    text = "Bureau;Inscrits;Votants;Inscrits;Nuls;Exprimés;Alice Martin;Bruno Petit\n1;1000;600;6;4;590;300;290\n"
    found = load(written("resultats.csv", text))
    assert found.contests["round"].tolist() == [1]
    assert found.ballots[["registered", "voters", "valid"]].to_numpy().tolist() == [[1000, 600, 590]]


def test_two_rounds_side_by_side_are_two(written):
    text = "Bureau;Inscrits;Votants;Exprimés;A B;C D;Inscrits;Votants;Exprimés;A B;C D\n1;1000;600;590;300;290;1001;610;600;310;290\n"
    found = load(written("resultats.csv", text))
    assert found.contests["round"].tolist() == [1, 2]
    assert found.ballots["registered"].tolist() == [1000, 1001]


SHARES = "departement,MACRON,LE PEN,Autres\n01,24.5,32.1,43.4\n02,20.5,40.1,39.4\n"


def test_percentages_under_names(written):
    found = load(written("presidentielle_2022.csv", SHARES))
    assert found.votes["share"].tolist() == [24.5, 32.1, 43.4, 20.5, 40.1, 39.4]
    assert found.votes["votes"].isna().all()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("revenus.csv", SHARES),  # of anything
        ("presidentielle_2022.csv", SHARES.replace("43.4", "40.4")),  # they do not add up to 100
        ("presidentielle_2022.csv", "departement,MACRON,LE PEN\n01,51,49\n02,60,40\n"),  # perhaps votes
    ],
)
def test_numbers_under_names_that_are_not_surely_percentages_of_votes(written, name, text):
    with pytest.raises(SourceError, match="not recognised"):
        load(written(name, text))


def test_candidates_inside_of_places(written):
    places = [
        {"commune": "A", "bureau": "1", "inscrits": 100, "candidats": [{"nom": "X Y", "voix": 30}, {"nom": "Z W", "voix": 20}]},
        {"commune": "A", "bureau": "2", "inscrits": 90, "candidats": [{"nom": "X Y", "voix": 10}, {"nom": "Z W", "voix": 25}]},
    ]  # fmt: skip
    found = load(written("resultats.json", json.dumps({"resultats": places})))
    assert found.ballots["registered"].tolist() == [100, 90]
    assert found.votes["votes"].tolist() == [30, 20, 10, 25]
