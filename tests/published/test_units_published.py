"""Checks of units, names and codes on published files: what is found there is known, and worth a look."""

from __future__ import annotations

import numpy as np
import pytest

from primaire.checks.between_rounds import between_rounds
from primaire.checks.codes_of_places import codes_of_places
from primaire.checks.gaps import gaps
from primaire.checks.names import names
from primaire.checks.spellings import spellings
from primaire.checks.twins import twins
from primaire.sources import load

FAMILIES = (between_rounds, codes_of_places, gaps, names, spellings, twins)


def units(held, code, family):
    names_ = held.ballots["unit"].tolist()
    return [names_[one.ballot] for one in family(held).seen if one.code == code and one.ballot is not None]


def counted(held):
    found = [one.code for family in FAMILIES for one in family(held).seen]
    return {code: found.count(code) for code in sorted(set(found))}


def test_the_first_round_of_2017_has_one_row_copied(raw):
    """Stations 36 and 39 of Ajaccio have the same 296 voters, 1 blank, 6 null and votes; their rolls are 436 and 431."""
    held = raw(1)
    assert counted(held) == {"PRI305": 1}
    assert units(held, "PRI305", twins) == ["2A004_0036"]


def test_rolls_between_the_rounds_of_2017(ministry):
    """Nine pairs of stations exchanged their rolls, by hand: sorted by commune, the two numbers change places."""
    held = load(ministry / "PR17_BVot_T1_FE.txt", ministry / "PR17_BVot_T2_FE.txt")
    seen = between_rounds(held).seen
    exchanged = [one for one in seen if "exchanged with" in str(one.message)]
    assert {one.code for one in seen} == {"PRI202"}
    communes = held.ballots["commune"].tolist()
    assert [communes[one.ballot] for one in exchanged if one.ballot is not None] == [
        "Briançon",
        "Evaux-les-Bains",
        "Sorel-Moussel",
        "Plomeur",
        "Gaillac-Toulza",
        "Gignac",
        "Darvoy",
        "Moreuil",
        "Nouaillé-Maupertuis",
    ]
    # Of 8,780 rolls that differ, few are told; 917 registered became 516 in Saint-Julien-en-Genevois.
    assert len(seen) < 40
    assert "74243_0002" in units(held, "PRI202", between_rounds)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["fr-toulouse-municipales-2026/*.parquet"], {"PRI201": 1}),
        (["fr-brest-finistere/*.csv"], {}),
        (["fr-partielle-2013-lotetgaronne3/47*.csv"], {}),
        (["fr-presidentielle-2022-xlsx/*.xlsx"], {}),
        (["fr-presidentielle-rhone-bronze/*.csv"], {}),
        (["fr-legislatives-ministere-xls/Leg_2017*.xlsx"], {}),
        (["fr-legislatives-ministere-xls/Leg_2022*.xlsx"], {}),
        (["fr-legislatives-cdsp/cdsp_legi1958t1_circ.csv"], {}),
        # 979 is no departement: Saint-Barthélemy and Saint-Martin are 977 and 978. Three names have a control character.
        (["fr-legislatives-cdsp/cdsp_legi2012t1_circ.csv"], {"PRI301": 1, "PRI303": 3}),
        (["de-bundestag-2025/kerg2.csv"], {}),
        (["us-openelections-ri/*.csv"], {}),
    ],
)
def test_what_is_found_in_each_file(published_data, files, found):
    paths = [path for pattern in files for path in sorted(published_data.glob(pattern))]
    assert counted(load(*paths)) == found


def test_a_station_taken_out_of_a_commune_of_the_nation_is_missing(raw):
    """One station of each of 10 communes that number theirs from 1 to 5 or more is taken out: all ten are told."""
    held = raw(1)
    code = held.ballots["commune_code"].astype("str")
    number = held.ballots["station_code"].astype("str")
    several = code.map(code.value_counts()).between(6, 9).to_numpy() & (number == "0003").to_numpy()
    chosen = np.flatnonzero(several)[:10]
    rest = np.ones(len(held.ballots), dtype="bool")
    rest[chosen] = False
    found = [str(one.place) for one in gaps(held.keep(rest)).seen]
    assert [place.rpartition("(")[2].rstrip(")") for place in found] == code.iloc[chosen].tolist()


def test_a_name_of_the_ministry_of_1993_is_read_back(published_data):
    held = load(published_data / "fr-legislatives-cdsp" / "cdsp_legi1993t1_circ.csv")
    expected = [str(one.hint) for one in names(held).seen]
    assert len(expected) == 24
    assert "should probably read “PARTI COMMUNISTE FRANCAIS”" in expected
