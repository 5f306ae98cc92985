"""The left primary of January 2017 in the country, and national elections whose totals are known.

Sources: Haute autorité, 25 January 2017 (Europe 1, page 2960753; RTL, 7786924607) for round 1; the encyclopedia's figures for round
2; Le Figaro, L'Obs and kelnews.fr, 23 to 25 January 2017, for what was published before; the Ministry of the Interior for the others.
"""

from __future__ import annotations

import pytest

import primaire
from primaire.derivation import derive
from tests.elections import line, percentage, returns_of, said, unit

NAMES = (
    "Benoît Hamon",
    "Manuel Valls",
    "Arnaud Montebourg",
    "Vincent Peillon",
    "François de Rugy",
    "Sylvia Pinel",
    "Jean-Luc Bennahmias",
)
FINAL = dict(zip(NAMES, (596647, 521238, 290070, 112718, 63430, 33067, 16869), strict=True))
FINAL_VOTERS, FINAL_BLANK, FINAL_NULL, FINAL_VALID = 1655919, 11766, 10114, 1634039
JANUARY_24 = dict(zip(NAMES, (578141, 503550, 277545, 109451, 61651, 31899, 16178), strict=True))
AT_0_45 = dict(zip(NAMES, ("36.35", "31.11", "17.52", "6.85", "3.88", "1.97", "1.01"), strict=True))


@pytest.fixture(scope="module")
def national():
    return primaire.load("national")


def test_the_final_result_adds_up(national):
    assert sum(FINAL.values()) == FINAL_VALID
    assert FINAL_VALID + FINAL_BLANK + FINAL_NULL == FINAL_VOTERS
    table = primaire.results(national.select(round=1))
    first = table.frame.iloc[0]
    assert dict(zip(table.frame["candidate"], table.frame["votes"], strict=True)) == FINAL
    assert (first["voters"], first["blank"], first["null"]) == (FINAL_VOTERS, FINAL_BLANK, FINAL_NULL)
    assert (first["valid"], first["valid_origin"]) == (FINAL_VALID, "computed")
    assert (first["blank_null"], first["blank_null_origin"]) == (FINAL_BLANK + FINAL_NULL, "computed")
    assert table.frame["share_valid"].tolist() == pytest.approx(
        [percentage(votes, FINAL_VALID) for votes in FINAL.values()]
    )
    assert round(line(table, candidate="Manuel Valls")["share_voters"], 2) == 31.48


def test_round_2(national):
    row = line(primaire.results(national.select(round=2)), candidate="Benoît Hamon")
    assert (row["votes"], row["valid"], row["voters"], row["blank_null"]) == (1181872, 2013743, 2045343, 31600)
    assert round(row["share_valid"], 2) == 58.69
    assert row[["blank", "null", "registered", "turnout"]].isna().all()


def test_swing(national):
    row = line(primaire.swing(national), candidate="Benoît Hamon")
    valid_2 = 2013743
    hamon, valls = (percentage(votes, FINAL_VALID) for votes in (596647, 521238))
    hamon_2, valls_2 = percentage(1181872, valid_2), percentage(831871, valid_2)
    others = percentage(FINAL_VALID - 596647 - 521238, FINAL_VALID)
    assert row["butler"] == pytest.approx(((hamon_2 - hamon) + (valls - valls_2)) / 2)  # (22.18 - 9.41) / 2 = 6.38
    assert row["steed"] == pytest.approx(hamon_2 - percentage(596647, 596647 + 521238))
    assert row["pedersen"] == pytest.approx(others)  # both leaders gained, and all who gained is what the others left
    assert (row["swing_from"], row["swing_to"]) == ("Manuel Valls", "Benoît Hamon")


def test_the_publication_of_24_january_adds_up():
    voters, blank_null = 1599618, 21203
    assert sum(JANUARY_24.values()) + blank_null == voters
    returns = returns_of(unit(JANUARY_24, voters=voters, blank_null=blank_null))
    assert primaire.findings(returns) == []
    table = primaire.results(returns)
    assert table.frame["valid"].unique().tolist() == [voters - blank_null]
    assert table.frame["votes"].tolist() == list(JANUARY_24.values())


def test_the_shares_of_0_45_are_recognised_as_shares_of_voters():
    assert sum(round(float(share) * 100) for share in AT_0_45.values()) == 9869  # 98.69 %
    counts = {"Benoît Hamon": 454041, "Manuel Valls": 388603}
    figures = {
        name: {"share": float(share), "share_decimals": 2, **({"votes": counts[name]} if name in counts else {})}
        for name, share in AT_0_45.items()
    }
    returns = returns_of(unit(figures, voters=1249126))
    table = primaire.results(returns)
    assert table.frame["share_voters"].round(2).tolist() == [float(share) for share in AT_0_45.values()]
    assert table.frame["share_valid"].isna().all()
    assert table.frame["rank"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert any("98.69%" in sentence and "voters" in sentence for sentence in said(table))
    search = primaire.reconstruct(returns)
    assert set(search.frame["base"]) == {"voters"}
    assert set(search.frame["outcome"]) == {"several"}  # 0.01 % of a million is a hundred votes
    montebourg = line(search, candidate="Arnaud Montebourg")
    # 17.515 to 17.525 % of 1,249,126 voters
    assert (montebourg["votes_low"], montebourg["votes_high"]) == (218785, 218909)


def test_the_percentages_of_the_night_applied_to_the_total_of_the_morning():
    # The organisers admitted it: 36.35, 31.11 and 1.97 % of 1,601,139 voters are 582,014, 498,114 and 31,542, each to the unit.
    morning = {"Benoît Hamon": 582014, "Manuel Valls": 498114, "Sylvia Pinel": 31542}
    figures = {
        name: {"votes": morning.get(name), "share": float(share), "share_decimals": 2, "share_base": "voters"}
        for name, share in AT_0_45.items()
    }
    returns = returns_of(
        unit({name: {k: v for k, v in each.items() if v is not None} for name, each in figures.items()}, voters=1601139)
    )
    assert primaire.findings(returns) == []
    for name, votes in morning.items():
        assert round(float(AT_0_45[name]) * 1601139 / 100) == votes


TOTALS = {
    "présidentielle 2017, 1": (47582183, 37003728, 659997, 289337, 36054394),
    "présidentielle 2017, 2": (47568693, 35467327, 3021499, 1064225, 31381603),
    "présidentielle 2022, 2": (48752339, 35096478, 2233904, 805249, 32057325),
    "législatives 2017, 1": (47570988, 23167508, 357018, 156326, 22654164),
    "législatives 2017, 2": (47293103, 20164615, 1409784, 578765, 18176066),
    "législatives 2022, 1": (48953748, 23256207, 362193, 149306, 22744708),
    "législatives 2022, 2": (48589606, 22464299, 1239928, 477288, 20747083),
    "départementales 2015, 1": (42694326, 21419393, 703879, 343454, 20372060),
    "départementales 2015, 2": (40333434, 20159932, 1150381, 527983, 18481568),
}
COUNTS = ("registered", "voters", "blank", "null", "valid")

each_total = pytest.mark.parametrize("published", TOTALS.values(), ids=list(TOTALS))


@each_total
def test_national_totals_contradict_nothing(published):
    assert (
        primaire.findings(returns_of(unit({"all": published[-1]}, **dict(zip(COUNTS, published, strict=True))))) == []
    )


@each_total
@pytest.mark.parametrize("left_out", ["voters", "blank", "null", "valid"])
def test_any_one_count_follows_from_the_others(published, left_out):
    counts = dict(zip(COUNTS, published, strict=True))
    some = {name: value for name, value in counts.items() if name != left_out}
    if left_out in ("blank", "null"):
        some["blank_null"] = counts["blank"] + counts["null"]
    ballot = derive(returns_of(unit({"A": None, "B": None}, **some))).ballots.iloc[0]
    assert (ballot[left_out], ballot[f"{left_out}_origin"]) == (counts[left_out], "computed")


@each_total
def test_turnout_and_abstention(published):
    registered, voters, *_ = published
    row = primaire.turnout(returns_of(unit({"A": None}, registered=registered, voters=voters))).frame.iloc[0]
    assert row["turnout"] == pytest.approx(percentage(voters, registered))
    assert (row["abstention"], row["abstention_share"]) == (
        registered - voters,
        pytest.approx(percentage(registered - voters, registered)),
    )


@pytest.mark.parametrize(
    ("election", "wrong"),
    [
        ("présidentielle 2022, 2", {"blank": 2333904}),  # two newspapers of 27 April 2022: 100,000 too many
        ("présidentielle 2017, 1", {"valid": 36058813}),  # a site
    ],
)
def test_misprinted_totals_are_found(election, wrong):
    counts = {**dict(zip(COUNTS, TOTALS[election], strict=True)), **wrong}
    assert [finding.code for finding in primaire.findings(returns_of(unit({"A": None}, **counts)))] == ["PRI104"]
