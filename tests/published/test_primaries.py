"""Other primaries, and places of the left primary of 2017 as the press printed them.

The files are not part of the project: PRIMAIRE_DATA names their folder, and these tests are skipped without it. Each row there
names its source.
"""

from __future__ import annotations

import csv

import pandas as pd
import pytest

import primaire
from primaire.tally import tally
from tests.elections import Records, line, percentage, returns_of, said, unit

COUNTS = {
    "inscrits": "registered",
    "votants": "voters",
    "blancs": "blank",
    "nuls": "null",
    "blancs_nuls": "blank_null",
    "exprimes": "valid",
}
LEFT = ("HAMON", "VALLS", "MONTEBOURG", "PEILLON", "DE RUGY", "PINEL", "BENNAHMIAS")


def rows_of(folder, file):
    with (folder / "primaires" / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


def number(cell):
    return int(cell) if cell else None


@pytest.fixture(scope="module")
def primaries(published_data):
    """Return each primary's returns, by name."""
    grouped: dict[tuple[str, int], list[dict[str, str]]] = {}
    for row in rows_of(published_data, "autres-primaires-national.csv"):
        grouped.setdefault((row["primaire"], int(row["tour"])), []).append(row)
    units: dict[str, list[Records]] = {}
    for (name, round_), rows in grouped.items():
        counts = {count: number(rows[0][french]) for french, count in COUNTS.items()}
        votes = {row["candidat"]: number(row["voix"]) for row in rows}
        units.setdefault(name, []).append(unit(votes, election=name, round=round_, **counts))
    return {name: returns_of(*each) for name, each in units.items()}


@pytest.fixture(scope="module")
def places(published_data):
    """Return the places of the left primary of 2017."""
    units = []
    for row in rows_of(published_data, "primaire-gauche-2017-lieux-presse.csv"):
        stood = LEFT if row["tour"] == "1" else LEFT[:2]
        level = {"bureau": "station"}.get(row["grain"], row["grain"])
        counts = {count: number(row.get(french)) for french, count in COUNTS.items()}
        place = {"unit": row["lieu"], "level": level, "departement_code": row["departement"], "round": int(row["tour"])}
        units.append(unit({name: number(row[name]) for name in stood}, election="Primaire 2017", **place, **counts))
    return returns_of(*units)


def result(returns, round_, candidate):
    return line(primaire.results(returns), round=round_, candidate=candidate)


# Socialists, 2011


def test_2011_adds_up_without_a_finding(primaries):
    assert primaire.findings(primaries["PS 2011"]) == []


@pytest.mark.parametrize(
    ("round_", "candidate", "share"),
    [
        (1, "HOLLANDE", 39.17),  # as the Haute autorité published them
        (1, "AUBRY", 30.42),
        (1, "MONTEBOURG", 17.19),
        (1, "ROYAL", 6.95),
        (1, "VALLS", 5.63),
        (1, "BAYLET", 0.64),
        (2, "HOLLANDE", 56.57),
        (2, "AUBRY", 43.43),
    ],
)
def test_2011_shares_as_published(primaries, round_, candidate, share):
    assert round(result(primaries["PS 2011"], round_, candidate)["share_valid"], 2) == share


def test_2011_swing(primaries):
    table = primaire.swing(primaries["PS 2011"])
    row = line(table, candidate="HOLLANDE")
    valid_1, valid_2 = 2650206, 2841167
    before = [percentage(votes, valid_1) for votes in (1038188, 806168)]
    after = [percentage(votes, valid_2) for votes in (1607268, 1233899)]
    assert row["butler"] == pytest.approx(((after[0] - before[0]) + (before[1] - after[1])) / 2)  # (17.40 - 13.01) / 2
    assert row["steed"] == pytest.approx(after[0] - percentage(1038188, 1038188 + 806168))
    assert row["pedersen"] == pytest.approx(100 - sum(before))
    assert row["left_behind"] == 455601 + 184091 + 149103 + 17055
    assert (row["votes_gained"], row["swing_from"]) == (1607268 - 1038188, "AUBRY")


def test_2011_voters_grew(primaries):
    assert primaire.turnout(primaries["PS 2011"]).frame["voters_change"].tolist()[1] == 2860157 - 2661231


# The right and centre, 2016: of round 1 the source has the first three of seven candidates


def test_2016_shares_do_not_depend_on_who_is_left_out(primaries):
    assert round(result(primaries["Droite 2016"], 1, "FILLON")["share_valid"], 2) == 44.08
    assert round(result(primaries["Droite 2016"], 1, "JUPPÉ")["share_valid"], 2) == 28.56
    assert round(result(primaries["Droite 2016"], 1, "SARKOZY")["share_valid"], 2) == 20.66
    assert round(result(primaries["Droite 2016"], 2, "FILLON")["share_valid"], 2) == 66.49


def test_2016_votes_of_four_candidates_are_seen_to_be_missing(primaries):
    found = primaire.findings(primaries["Droite 2016"])
    assert [finding.code for finding in found] == ["PRI113"]
    assert f"{1890266 + 1224855 + 886137:,}" in str(found[0].message)


def test_2016_majorities_if_blank_votes_count(primaries):
    table = primaire.blanks(primaries["Droite 2016"])
    assert "without an absolute majority" in str(table.sections[0].lead)
    assert "keeps" in str(table.sections[1].lead)  # 2,919,874 of at most 4,404,812


# The Greens, 2021: a roll, and blank votes counted apart


def test_2021_turnout_of_a_primary_with_a_roll(primaries):
    frame = primaire.turnout(primaries["Écologie 2021"]).frame
    assert frame["turnout"].tolist() == pytest.approx([percentage(106622, 122675), percentage(104772, 122675)])
    assert frame["turnout_change"].tolist()[1] == pytest.approx(percentage(104772 - 106622, 122675))
    assert frame["null"].tolist() == [0, 0]
    assert set(frame["null_origin"]) == {"published"}


def test_2021_the_majority_is_lost_if_blank_votes_count(primaries):
    # 52,210 of 102,308 valid votes; with 2,464 blank ones 52,387 of 104,772 are needed.
    table = primaire.blanks(primaries["Écologie 2021"])
    row = line(table, round=2, candidate="JADOT")
    assert (row["votes"], row["majority"], row["majority_low"], row["majority_high"]) == (52210, 51155, 52387, 52387)
    assert row["share_low"] == row["share_high"] == pytest.approx(percentage(52210, 104772))
    assert "loses" in str(table.sections[1].lead)


def test_2021_the_press_printed_shares_of_voters():
    # Printed to two decimals, the same counts as shares of voters add up to 99.80: 218 blank votes of 106,622 are missing.
    votes = {"JADOT": 29534, "ROUSSEAU": 26801, "BATHO": 23801, "PIOLLE": 23767, "GOVERNATORI": 2501}
    printed = {name: f"{percentage(count, 106622):.2f}" for name, count in votes.items()}
    assert printed == {
        "JADOT": "27.70",
        "ROUSSEAU": "25.14",
        "BATHO": "22.32",
        "PIOLLE": "22.29",
        "GOVERNATORI": "2.35",
    }
    table = primaire.results(returns_of(unit(printed, registered=122675, voters=106622)))
    assert table.frame["candidate"].tolist() == list(votes)
    assert table.frame["rank"].tolist() == [1, 2, 3, 4, 5]
    assert table.frame["share_valid"].isna().all()
    assert any("99.80%" in sentence and "voters" in sentence for sentence in said(table))
    both = {name: {"votes": count, "share": float(printed[name]), "share_decimals": 2} for name, count in votes.items()}
    row = line(
        primaire.results(returns_of(unit(both, registered=122675, voters=106622, blank=218, null=0))), candidate="JADOT"
    )
    assert row["share_valid"] == pytest.approx(percentage(29534, 106404))
    assert row["share_voters"] == pytest.approx(percentage(29534, 106622))


# Places of the left primary of 2017


def test_places_contradict_nothing(places):
    assert primaire.findings(places) == []


def test_conflans_in_the_press_is_conflans_on_its_own_page(places):
    here = line(primaire.results(places.select(where={"unit": "Conflans"})), candidate="HAMON")
    own = line(primaire.results(primaire.load("conflans").select(round=2)), candidate="Benoît Hamon")
    names = ["votes", "share_valid", "share_voters", "voters", "blank_null", "valid"]
    assert here[names].tolist() == pytest.approx(own[names].tolist())


def test_cholet_adds_up(places):
    row = line(primaire.results(places.select(where={"unit": "Cholet"})), candidate="VALLS")
    assert (row["rank"], row["votes"], row["valid"], row["blank_null"]) == (1, 422, 1092, 12)
    assert row["share_voters"] == pytest.approx(percentage(422, 1104))


def test_no_votes_are_not_votes_unknown(places):
    frame = primaire.results(places, by="unit").frame
    assert line(frame, unit="La Ferté-Macé", candidate="PINEL")["votes"] == 0
    corsica = frame[frame["unit"] == "Corse-du-Sud"]
    assert pd.isna(line(corsica, candidate="BENNAHMIAS")["votes"])
    assert corsica[["valid", "blank_null", "rank"]].isna().all(axis=None)
    assert line(corsica, candidate="VALLS")["share_voters"] == pytest.approx(percentage(726, 1723))
    assert corsica["share_valid"].isna().all()


def test_two_candidates_printed_are_not_all_the_candidates(places):
    # The press has the votes of two of seven in the Loire: their sum is not the valid votes.
    row = line(primaire.results(places.select(round=1), by="unit"), unit="Loire", candidate="HAMON")
    assert row[["valid", "blank_null", "share_valid"]].isna().all()
    assert row["share_voters"] == pytest.approx(percentage(5530, 14697))


def test_voters_that_are_not_printed_follow_from_nothing(places):
    row = line(primaire.results(places, by="unit"), unit="Blois", candidate="HAMON")
    assert row["valid"] == 1214 + 731
    assert pd.isna(row["voters"])


def test_communes_of_a_departement_are_added(places, published_data):
    printed = [
        row for row in rows_of(published_data, "primaire-gauche-2017-lieux-presse.csv") if row["departement"] == "44"
    ]
    total = tally(places.select(where={"departement_code": "44"}), "departement")
    ballot = total.ballots.iloc[0]
    assert ballot["units"] == len(printed) == 9
    assert ballot["voters"] == sum(int(row["votants"]) for row in printed)
    assert total.votes["votes"].tolist() == [sum(int(row[name]) for row in printed) for name in LEFT[:2]]
    assert ballot["blank_null"] == sum(int(row["votants"]) - int(row["HAMON"]) - int(row["VALLS"]) for row in printed)


def test_communes_are_not_added_to_departements(places):
    total = tally(places.select(round=2))
    assert dict(zip(total.ballots["level"], total.ballots["units"], strict=True)) == {"commune": 11, "departement": 1}
    loire = total.ballots[total.ballots["level"] == "departement"].iloc[0]
    assert (loire["voters"], loire["valid"]) == (18501, 11089 + 7146)
