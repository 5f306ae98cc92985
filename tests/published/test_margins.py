"""Margins of real elections, held against the ministry's cells, which are read here in another way, and what the press said."""

from __future__ import annotations

import csv
from contextlib import closing
from fractions import Fraction
from math import ceil

import openpyxl
import pandas as pd
import pytest

from primaire.analysis.margin import margin
from primaire.sources import load
from tests.elections import line

DEPUTIES = "fr-legislatives-ministere-xls/Leg_{year}_Resultats_T{round}_officiel.xlsx"
CANTONS = "fr-departementales-2015/Departementales_2015_Resultats_Tour{round}_par_canton.csv"
REGISTERED, VOTERS, VALID, FIRST_VOTES, EACH = 4, 7, 15, 23, 9
"""Columns of the ministry's workbook of 2017: counts, then nine columns for each candidate, the votes sixth."""


@pytest.fixture(scope="module")
def constituencies(published_data):
    """For each round of 2017, registered voters, blank and null ballots, valid votes and the votes of each candidate, from the most, by constituency."""
    found = {}
    for round_ in (1, 2):
        name = published_data / DEPUTIES.format(year=2017, round=round_)
        with closing(openpyxl.load_workbook(name, read_only=True)) as book:
            sheet = next(each for each in book if each.title.startswith("Circo"))
            rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[REGISTERED] is not None]
        found[round_] = [
            (
                row[REGISTERED],
                row[VOTERS] - row[VALID],
                row[VALID],
                sorted((int(cast) for cast in row[FIRST_VOTES::EACH] if cast is not None), reverse=True),
            )
            for row in rows
        ]
    return found


def ballots(pairs):
    """Return numbers of ballots to be deducted and to be added, each with how many can be added, as an answer has them."""
    return sorted((number, number if number <= spare else -1) for number, spare in pairs)


def of_frame(frame):
    return sorted(zip(frame["deduct"].tolist(), frame["add"].fillna(-1).tolist(), strict=True))


def asked(published_data, name, *of, **gaps):
    return margin(load(published_data / name.format(**gaps)), of=of).frame


@pytest.mark.parametrize("round_", [1, 2])
def test_the_leads_of_all_constituencies_are_those_of_the_ministrys_cells(published_data, constituencies, round_):
    frame = asked(published_data, DEPUTIES, "first against second", year=2017, round=round_)
    leads = [(votes[0] - votes[1], spare) for _, spare, _, votes in constituencies[round_] if len(votes) > 1]
    assert frame["margin"].tolist() == frame["deduct"].tolist() == sorted(lead for lead, _ in leads)
    # No more ballots can have been voided than are blank or null.
    assert of_frame(frame) == ballots(leads)


def test_majorities_and_quarters_are_those_of_the_ministrys_cells(published_data, constituencies):
    frame = asked(published_data, DEPUTIES, "absolute majority", "a quarter of the registered", year=2017, round=1)
    majority = frame[frame["margin_of"] == "absolute majority"]
    quarter = frame[frame["margin_of"] == "a quarter of the registered"]
    # 2 v - V ballots take a majority, and V - 2 v + 1 give one.
    far = [
        (2 * votes[0] - valid if 2 * votes[0] > valid else valid - 2 * votes[0] + 1, spare)
        for _, spare, valid, votes in constituencies[1]
    ]
    assert of_frame(majority) == ballots(far)
    short = [votes[0] - ceil(Fraction(registered, 4)) for registered, _, _, votes in constituencies[1]]
    assert sorted(quarter["margin"]) == sorted(short)
    below = quarter[quarter["margin"] < 0]
    assert below["deduct"].isna().all()
    spares = [(-gap, spare) for gap, (_, spare, _, _) in zip(short, constituencies[1], strict=True) if gap < 0]
    assert sorted(below["add"].fillna(-1)) == sorted(add for _, add in ballots(spares))
    # Four were elected in this round, and no other had more than half of the valid votes and a quarter of the registered.
    assert sum(2 * votes[0] > valid and 4 * votes[0] >= on_roll for on_roll, _, valid, votes in constituencies[1]) == 4


def test_the_closest_elections_are_those_that_the_press_named(published_data):
    # 18 June 2017: Jean-Pierre Door by 8 votes. 19 June 2022: Monique Iborra and Hadrien Ghomi by 4.
    of_2017 = asked(published_data, DEPUTIES, year=2017, round=2)
    assert of_2017.iloc[0][["contest", "candidate", "ballots"]].tolist() == ["45-4", "Jean-Pierre DOOR", 8]
    of_2022 = asked(published_data, DEPUTIES, year=2022, round=2)
    assert of_2022["candidate"].head(2).tolist() == ["Monique IBORRA", "Hadrien GHOMI"]
    assert of_2022["ballots"].head(3).tolist() == [4, 4, 11]


def test_who_lacks_four_votes_for_a_quarter_is_told(published_data):
    # 75-11, 2017: 70,946 registered voters, of whom 17,736.5 are a quarter; 17,733 votes.
    row = line(asked(published_data, DEPUTIES, "a quarter of the registered", year=2017, round=1), contest="75-11")
    assert row[["votes", "bar", "margin", "add"]].tolist() == [17733, 17737, -4, 4]


def test_ties_of_2015_have_no_margin(published_data):
    frame = asked(published_data, CANTONS, "first against second", round=2)
    with (published_data / CANTONS.format(round=2)).open(encoding="utf-8") as file:
        rows = [
            sorted((int(row[f"Voix{k}"]) for k in range(3) if row[f"Voix{k}"]), reverse=True)
            for row in csv.DictReader(file)
        ]
    assert frame["margin"].tolist() == sorted(votes[0] - votes[1] for votes in rows if len(votes) > 1)
    assert frame.loc[frame["margin"] == 0, "contest"].tolist() == ["61-3"]
    assert line(frame, contest="61-3")[["votes", "bar", "deduct", "add"]].tolist() == [1947, 1947, 0, 0]
    # In round 1 of 65-1, two pairs are level for the second place; the third of 796 needs 452 less of each; 452 more
    # are more than the blank and null ballots.
    first = asked(published_data, CANTONS, "qualification", round=1)
    first = first[first["contest"] == "65-1"]
    assert line(first, votes=1248)[["margin", "deduct", "add"]].tolist() == [0, 0, 0]
    assert line(first, votes=796)[["margin", "deduct", "add"]].tolist() == [-452, 904, pd.NA]
