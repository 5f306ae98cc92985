"""Transfers between two real rounds, where nobody knows the truth: beside what others estimated, and with exact totals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from primaire.analysis.transfers import transfers
from primaire.sources import load

BY_ELECTION = "fr-partielle-2013-lotetgaronne3"
RETURNED = {"abstention": "Abstention", "blank and null": "BlancsNuls"}
WHERE = {"abstention": "Abstention", "blank and null": "BN", "Costes": "Costes", "Bousquet": "Bousquet"}

APART = 10.0
"""How many per cent of the electors two estimates may have in other cells. Where the truth is known, ours has 5.5 in wrong
ones on average, and other methods 7 to 12: errors that have nothing to do with each other make 9 to 13 together. A table in
which all behave alike has 39 in other cells than the published one."""


def cells(table):
    return table.frame.astype({"before": "str", "after": "str"})


@pytest.fixture(scope="module")
def villeneuve(published_data):
    folder = published_data / BY_ELECTION
    return cells(transfers(*(load(folder / f"47 Leg part Villeneuve sur Lot T{n}.csv") for n in (1, 2))))


@pytest.fixture(scope="module")
def published(published_data):
    """The estimates of J. Gombin in votes, by option before and after."""
    held = pd.read_csv(published_data / BY_ELECTION / "resultats_voix.csv", index_col=0)
    return held.loc[held.index != "Voix", list(WHERE.values())]


def test_villeneuve_in_2013_is_near_to_what_was_published(villeneuve, published):
    ours = villeneuve[villeneuve["after"].isin(WHERE) & ~villeneuve["before"].str.contains("net")]
    before = ours["before"].replace(RETURNED)
    ours = ours.assign(before=before.where(before.isin(published.index), "autres"), after=ours["after"].replace(WHERE))
    table = ours.pivot_table(index="before", columns="after", values="votes_estimated", aggfunc="sum")
    apart = (table.loc[published.index, published.columns] - published).abs().to_numpy().sum()
    assert 50 * apart / published.to_numpy().sum() < APART


def test_villeneuve_has_exactly_the_totals_of_its_files(villeneuve, published_data):
    for number, side in ((1, "before"), (2, "after")):
        path = published_data / BY_ELECTION / f"47 Leg part Villeneuve sur Lot T{number}.csv"
        held = pd.read_csv(path, sep=";").dropna(subset=["BV"]).rename(columns=str.casefold)
        counted = held.rename(columns={"blancs et nuls": "blank and null"}).sum(numeric_only=True)
        found = villeneuve.groupby(side)["votes"].sum()
        for option in ("Costes", "Bousquet", "blank and null", "abstention"):
            assert found[option] == counted[option.casefold()]


@pytest.fixture(scope="module")
def department(raw):
    """Lot-et-Garonne in 2017, by polling station."""
    rounds = [raw(number).select(where={"departement_code": "47"}) for number in (1, 2)]
    return transfers(*rounds), transfers(*rounds, by="commune")


def test_a_departement_has_the_ministry_s_totals(department, published_data):
    folder = published_data / "fr-aktiur-bureaux-communes"
    held = pd.read_csv(folder / "2017-presidentielle-1_par_departement_long.csv.gz", dtype={"departement": "str"})
    held = held[held["departement"] == "47"]
    counted = {f"{row.prenom} {row.nom}": row.voix for row in held.itertuples()}
    counted |= {"blank": held["blancs"].iloc[0], "abstention": (held["inscrits"] - held["votants"]).iloc[0]}
    for table in department:
        found = cells(table).groupby("before")["votes"].sum()
        assert {name: found[name] for name in counted} == counted


def test_the_communes_of_a_departement_add_up_to_it(department):
    whole, local = (
        cells(table).pivot_table(index="before", columns="after", values="votes_estimated", aggfunc="sum")
        for table in department
    )
    assert np.allclose(whole, local)
    communes = cells(department[1])
    assert communes["place"].nunique() > 300
    for side in ("before", "after"):
        of_each = communes.groupby(["place", side], sort=False)
        assert (of_each["votes"].sum() == of_each[f"{side}_votes"].first()).all()


def test_those_who_stood_again_kept_most_of_their_voters(department):
    whole = cells(department[0]).set_index(["before", "after"])
    for name in ("Emmanuel MACRON", "Marine LE PEN"):
        assert whole.loc[(name, name), "lower"] > 50
