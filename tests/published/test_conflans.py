"""Conflans-Sainte-Honorine, as its documents have it: the shipped file, and every figure of every table.

Sources: psconflans.fr (both rounds of the left primary of January 2017; the Socialist section's internal vote of 8 December 2016).
The expected numbers are published, or computed here with fractions from the whole numbers below.
"""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest

import primaire
from primaire.render.language import Language
from primaire.render.registry import FORMATS, find
from primaire.table import Table
from tests.elections import line, percentage, said
from tools.environment import ROOT

# Round 1: percentages as published, and the only whole numbers below 1165 that round to them.
ROUND_1 = {
    "Manuel Valls": ("35.68", 411),
    "Benoît Hamon": ("35.07", 404),
    "Arnaud Montebourg": ("16.06", 185),
    "Vincent Peillon": ("6.16", 71),
    "François de Rugy": ("4.51", 52),
    "Sylvia Pinel": ("1.65", 19),
    "Jean-Luc Bennahmias": ("0.87", 10),
}
VALID_1, VOTERS_1 = 1152, 1165
HAMON_2, VALLS_2, BLANK_NULL_2, VOTERS_2 = 842, 611, 20, 1473
VALID_2 = 1453

PRIMARY, INTERNAL = "primaire", "vote interne"


@pytest.fixture(scope="module")
def conflans():
    return primaire.load("conflans")


def cells_of(file):
    with (ROOT / "data" / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


# The file


def test_round_1_is_in_the_file_as_published_percentages_and_nothing_else():
    rows = [row for row in cells_of("conflans_results.csv") if row["round"] == "1" and "Primaire" in row["election"]]
    assert {row["candidate"]: row["share"] for row in rows} == {name: share for name, (share, _) in ROUND_1.items()}
    assert {row["voters"] for row in rows} == {"1165"}
    empty = ("votes", "registered", "blank", "null", "blank_null", "valid")
    assert {row[column] for row in rows for column in empty} == {""}


def test_round_2_is_in_the_file_as_published_counts():
    rows = [row for row in cells_of("conflans_results.csv") if row["round"] == "2"]
    assert {row["candidate"]: row["votes"] for row in rows} == {"Manuel Valls": "611", "Benoît Hamon": "842"}
    assert {(row["voters"], row["blank_null"]) for row in rows} == {("1473", "20")}
    empty = ("share", "registered", "blank", "null", "valid")
    assert {row[column] for row in rows for column in empty} == {""}


def test_the_internal_vote_is_in_the_file_as_published_frozen_and_why():
    rows = [row for row in cells_of("conflans_results.csv") if INTERNAL in row["election"]]
    assert {row["candidate"]: row["votes"] for row in rows} == {
        "Marie Hélène Lopez Jolivet": "39",
        "Christophe Paris": "45",
    }
    assert {(row["registered"], row["voters"], row["blank_null"], row["valid"]) for row in rows} == {
        ("126", "85", "1", "")
    }
    assert {row["status"] for row in rows} == {"frozen"}
    for fact in ("17 December 2016", "3 February 2017", "Vernouillet", "Triel"):
        assert fact in rows[0]["status_note"]
    assert {row["date"] for row in rows} == {"2016-12-08"}  # a Thursday
    assert "8 novembre" in rows[0]["note"]


def test_every_row_names_its_source():
    for file in ("conflans_results.csv", "primaire_2017_national.csv", "primaire_2017_yvelines.csv"):
        assert all(row["source"] for row in cells_of(file))


# The primary


def test_round_2(conflans):
    table = primaire.results(conflans.select(election=PRIMARY, round=2))
    hamon, valls = line(table, candidate="Benoît Hamon"), line(table, candidate="Manuel Valls")
    assert (hamon["rank"], hamon["votes"], valls["rank"], valls["votes"]) == (1, 842, 2, 611)
    assert round(hamon["share_valid"], 2) == 57.95
    assert round(valls["share_valid"], 2) == 42.05
    assert hamon["share_valid"] == pytest.approx(percentage(HAMON_2, VALID_2), abs=1e-12)
    assert (hamon["voters"], hamon["valid"], hamon["blank_null"]) == (1473, 1453, 20)
    assert (hamon["valid_origin"], hamon["blank_null_origin"], hamon["votes_origin"]) == (
        "computed",
        "published",
        "published",
    )
    assert round(hamon["blank_null_share"], 2) == 1.36
    assert hamon[["registered", "turnout", "abstention", "blank", "null", "share_registered"]].isna().all()


def test_round_1(conflans):
    table = primaire.results(conflans.select(election=PRIMARY, round=1))
    frame = table.frame
    assert dict(zip(frame["candidate"], frame["votes"], strict=True)) == {
        name: votes for name, (_, votes) in ROUND_1.items()
    }
    assert frame["votes"].tolist() == [411, 404, 185, 71, 52, 19, 10]  # by rank, which is the order published
    assert frame["rank"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert {f"{share:.2f}" for share in frame["share_valid"]} == {share for share, _ in ROUND_1.values()}
    assert frame["share_valid"].tolist() == pytest.approx([percentage(votes, VALID_1) for _, votes in ROUND_1.values()])
    first = frame.iloc[0]
    assert (first["valid"], first["blank_null"], first["voters"]) == (1152, 13, 1165)
    for count in ("votes", "share_valid", "valid", "blank_null"):
        assert set(frame[f"{count}_origin"]) == {"reconstructed"}
    assert set(frame["voters_origin"]) == {"published"}
    assert frame[["registered", "turnout", "blank", "null"]].isna().all(axis=None)


def test_the_reconstruction_is_unique_by_brute_force(conflans):
    # Every total up to the voters, every candidate's count on its own: 10,000 times the share lies within half of the last digit.
    solutions = []
    for total in range(1, VOTERS_1 + 1):
        counts = []
        for share, _ in ROUND_1.values():
            digits = int(share.replace(".", ""))
            fitting = [n for n in range(total + 1) if abs(20000 * n - 2 * digits * total) <= total]
            counts.append(fitting)
        if all(counts):
            low, high = sum(map(min, counts)), sum(map(max, counts))
            if low <= total <= high:
                solutions.append((total, counts))
    assert solutions == [(VALID_1, [[votes] for _, votes in ROUND_1.values()])]
    row = primaire.reconstruct(conflans).frame.iloc[0]
    assert (row["outcome"], row["total_low"], row["total_high"], row["bound"]) == ("unique", VALID_1, VALID_1, VOTERS_1)


def test_voters_grew_by_308(conflans):
    table = primaire.turnout(conflans.select(election=PRIMARY))
    assert table.frame["voters"].tolist() == [1165, 1473]
    assert table.frame["voters_change"].tolist()[1] == 308
    assert table.frame[["turnout", "turnout_change", "registered", "abstention"]].isna().all(axis=None)


def test_swing(conflans):
    table = primaire.swing(conflans)
    hamon, valls = line(table, candidate="Benoît Hamon"), line(table, candidate="Manuel Valls")
    assert (round(hamon["points"], 2), hamon["votes_gained"]) == (22.88, 438)
    assert hamon["points"] == pytest.approx(percentage(842, 1453) - percentage(404, 1152))
    assert (hamon["votes_before"], hamon["votes_after"]) == (404, 842)
    assert hamon["factor"] == pytest.approx(842 / 404)
    assert valls["votes_gained"] == 611 - 411
    assert [round(hamon[name], 3) for name in ("butler", "steed", "pedersen")] == [8.253, 8.379, 29.253]
    assert (hamon["swing_from"], hamon["swing_to"]) == ("Manuel Valls", "Benoît Hamon")
    assert hamon["measures_origin"] == "reconstructed"


def test_swing_by_fractions(conflans):
    hamon_1, valls_1 = Fraction(404, VALID_1), Fraction(411, VALID_1)
    hamon_2, valls_2 = Fraction(HAMON_2, VALID_2), Fraction(VALLS_2, VALID_2)
    others = 1 - hamon_1 - valls_1
    row = primaire.swing(conflans).frame.iloc[0]
    assert row["butler"] == pytest.approx(float(100 * ((hamon_2 - hamon_1) + (valls_1 - valls_2)) / 2), abs=1e-9)
    assert row["steed"] == pytest.approx(float(100 * (Fraction(842, 842 + 611) - Fraction(404, 404 + 411))), abs=1e-9)
    assert row["pedersen"] == pytest.approx(
        float(100 * (abs(hamon_2 - hamon_1) + abs(valls_2 - valls_1) + others) / 2), abs=1e-9
    )
    assert row["left_behind"] == 185 + 71 + 52 + 19 + 10
    assert row["left_behind_share"] == pytest.approx(float(100 * others), abs=1e-9)


def test_those_who_left_after_round_1_are_listed(conflans):
    frame = primaire.swing(conflans).frame
    assert frame.loc[frame["movement"] == "left", "candidate"].tolist() == list(ROUND_1)[2:]


def test_blanks(conflans):
    row = line(primaire.blanks(conflans.select(election=PRIMARY, round=2)), candidate="Benoît Hamon")
    assert (row["blank_low"], row["blank_high"]) == (0, 20)
    assert (row["majority"], row["majority_low"], row["majority_high"]) == (
        727,
        727,
        737,
    )  # 1453 // 2 + 1, 1473 // 2 + 1
    assert (row["share_low"], row["share_high"]) == pytest.approx((percentage(842, 1473), percentage(842, 1453)))


def test_an_open_primary_has_no_turnout_and_every_table_for_people_says_so(conflans):
    for table in (primaire.results(conflans.select(round=2)), primaire.turnout(conflans.select(election=PRIMARY))):
        assert any("no electoral roll" in sentence for sentence in said(table))
        for name, known in FORMATS.items():
            if known.audience == "people":
                text = find(name).render(table, Language("en")).decode("utf-8")
                assert "not computable" in text
                assert "nan" not in text.casefold().replace("benoît", "").split()
                assert "0.00%" not in text


def test_no_turnout_is_an_empty_cell_for_machines(conflans):
    table = primaire.results(conflans.select(round=2))
    rows = list(csv.DictReader(find("csv").render(table, Language("en")).decode("utf-8").splitlines()))
    assert [row["turnout"] for row in rows] == ["", ""]
    assert [row["registered"] for row in rows] == ["", ""]


# The internal vote


def test_the_internal_vote(conflans):
    table = primaire.results(conflans.select(election=INTERNAL))
    paris, lopez = line(table, candidate="Christophe Paris"), line(table, candidate="Marie Hélène Lopez Jolivet")
    assert (paris["votes"], lopez["votes"], paris["valid"]) == (45, 39, 84)
    assert (round(paris["share_valid"], 2), round(lopez["share_valid"], 2)) == (53.57, 46.43)
    assert (paris["registered"], paris["voters"], paris["abstention"], paris["blank_null"]) == (126, 85, 41, 1)
    assert round(paris["turnout"], 2) == 67.46
    assert paris["status"] == "frozen"


def test_a_frozen_vote_is_never_presented_as_a_win(conflans):
    internal = conflans.select(election=INTERNAL)
    for table in (
        primaire.results(internal),
        primaire.turnout(internal),
        primaire.blanks(internal),
        primaire.info(internal),
    ):
        sentences = said(table)
        assert any(sentence.startswith("Frozen") for sentence in sentences)
        words = {word.strip(".,:;()").casefold() for sentence in sentences for word in sentence.split()}
        assert not words & {"first", "wins", "win", "won", "winner", "elected", "ahead", "keeps", "loses", "leads"}
        # A list of those who stood names nobody as first.
        others = [sentence for sentence in sentences if not sentence.startswith("Candidates:")]
        assert not any("Paris" in sentence or "Lopez" in sentence for sentence in others)


def test_a_part_of_a_contest_is_said_to_be_one(conflans):
    for table in (
        primaire.results(conflans),
        primaire.swing(conflans),
        primaire.blanks(conflans),
        primaire.info(conflans),
    ):
        for section in table.parts():
            assert "part" in str(section.subtitle)


# Against the country and the departement


def test_against_the_country(conflans):
    table = primaire.compare(conflans.select(election=PRIMARY), primaire.load("national"))
    hamon_1 = line(table, candidate="Benoît Hamon", round=1)
    hamon_2 = line(table, candidate="Benoît Hamon", round=2)
    assert hamon_1["points"] == pytest.approx(
        percentage(404, 1152) - percentage(596647, 1634039)
    )  # 35.07 - 36.51 = -1.44
    assert round(hamon_1["points"], 2) == -1.44
    assert hamon_2["points"] == pytest.approx(
        percentage(842, 1453) - percentage(1181872, 2013743)
    )  # 57.95 - 58.69 = -0.74
    assert round(hamon_2["points"], 2) == -0.74
    assert (hamon_1["rank_here"], hamon_1["rank_there"]) == (2, 1)  # Valls was first at Conflans
    assert (hamon_1["points_origin"], hamon_2["points_origin"]) == ("reconstructed", "computed")
    assert set(table.frame["place_there"]) == {"France"}


def test_against_the_departement_figures_are_said_to_be_approximate(conflans):
    table = primaire.compare(conflans.select(election=PRIMARY), primaire.load("yvelines"))
    hamon_1 = line(table, candidate="Benoît Hamon", round=1)
    hamon_2 = line(table, candidate="Benoît Hamon", round=2)
    assert (hamon_1["share_there"], hamon_2["share_there"]) == (37.69, 58.97)  # as printed
    assert hamon_1["points"] == pytest.approx(percentage(404, 1152) - 37.69)
    assert hamon_2["points"] == pytest.approx(percentage(842, 1453) - 58.97)
    assert {hamon_1["points_origin"], hamon_2["points_origin"]} == {"approximate"}
    assert line(table, candidate="Arnaud Montebourg", round=1)[["share_there", "points", "rank_there"]].isna().all()
    text = find("plain").render(table, Language("en")).decode("utf-8")
    assert "≈37.69%" in text
    assert "≈58.97%" in text
    assert sum("approximations" in sentence for sentence in said(table)) == 2


def test_the_internal_vote_has_no_counterpart_in_the_country(conflans):
    table = primaire.compare(conflans, primaire.load("national"))
    assert any("Without a counterpart" in sentence and INTERNAL in sentence for sentence in said(table))


def test_the_shipped_figures_contradict_each_other_in_one_place_only():
    assert primaire.findings(primaire.load("conflans")) == []
    assert primaire.findings(primaire.load("national")) == []
    # The weekly: 12,245 votes of 39,591 would be 30.93 %, and 30.63 is printed.
    found = primaire.findings(primaire.load("yvelines"))
    assert [finding.code for finding in found] == ["PRI124"]
    assert all(figure in str(found[0].message) for figure in ("12,245", "39,591", "30.93%", "30.63%"))


def test_answers_are_tables(conflans):
    for name in ("results", "turnout", "swing", "blanks", "reconstruct", "info"):
        assert isinstance(getattr(primaire, name)(conflans), Table)
