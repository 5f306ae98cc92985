"""Totals among the rows: known, compared with what they sum, never added."""

from __future__ import annotations

import pytest

from primaire.sources import load
from primaire.sources.reading.totals import is_total

HEADER = "Code du département;Code de la commune;Libellé de la commune;Inscrits;Votants;Exprimés;A;B"
ROWS = [
    "01;001;Ars;100;80;78;40;38",
    "01;002;Bey;200;150;148;100;48",
    "02;001;Cys;50;40;40;15;25",
    "02;002;Dun;60;41;41;20;21",
]


@pytest.fixture
def read(tmp_path):
    """Read rows; return the names of the units kept, and what contradicts them."""

    def read_rows(*rows, header=HEADER):
        path = tmp_path / "a.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        found = load(path)
        return found.ballots["unit"].tolist(), [str(one.message) for one in found.provenance.files[0].found]

    return read_rows


@pytest.mark.parametrize(
    "word",
    [
        "TOTAL",
        "Total général",
        "Totaux",
        "Sous-total Ain",
        "Ensemble",
        "France entière",
        "Grand total",
        "France métropolitaine",
    ],
)
def test_words_for_totals(word):
    assert is_total(word)


@pytest.mark.parametrize(
    "word", ["Totainville", "Ensembleville", "Francescas", "Nationale", "Bureau 1", "Marseille", ""]
)
def test_words_that_are_none(word):
    assert not is_total(word)


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    "total",
    [
        ";;Total;410;311;307;175;132",
        ";;;410;311;307;175;132",
        "Total;;;410;311;307;175;132",
        ";;Somme;410;311;307;175;132",
    ],
)
def test_a_total_is_left_out_wherever_it_stands(read, place, total):
    # 100 + 200 + 50 + 60 registered, 80 + 150 + 40 + 41 voters, 78 + 148 + 40 + 41 valid, 40 + 100 + 15 + 20, 38 + 48 + 25 + 21
    rows = [*ROWS[:place], total, *ROWS[place:]]
    assert read(*rows) == (["Ars", "Bey", "Cys", "Dun"], [])


def test_a_total_that_differs_is_reported_with_both_figures(read):
    units, found = read(*ROWS, ";;Total;411;311;307;175;132")
    assert units == ["Ars", "Bey", "Cys", "Dun"]
    assert found == ["the printed total of registered voters is 411, but the rows add up to 410"]


def test_totals_by_departement_between_the_rows(read):
    units, found = read(*ROWS[:2], "01;;Total Ain;300;230;226;140;86", *ROWS[2:], "02;;Total Aisne;110;82;81;35;46")
    assert units == ["Ars", "Bey", "Cys", "Dun"]
    assert found == ["the printed total of voters is 82, but the rows add up to 81"]


def test_a_row_of_a_wider_level_without_a_word_for_totals(read):
    assert read("01;;;300;230;226;140;86", *ROWS) == (["Ars", "Bey", "Cys", "Dun"], [])


def test_a_departement_of_which_no_commune_is_there_is_a_unit(read):
    units, _ = read(*ROWS, "03;;Allier;70;60;60;30;30")
    assert len(units) == 5


def test_all_rows_called_totals_are_units(read):
    assert read(";;Total;410;311;307;175;132")[0] == [read(";;Total;410;311;307;175;132")[0][0]]
