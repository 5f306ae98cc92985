"""Results: the figures of each contest and round, and the one sentence on top."""

from __future__ import annotations

from unittest.mock import Mock

import pandas as pd
import pytest

from primaire.analysis.results import results
from primaire.errors import NameUnknownError, NotHeldError
from primaire.placenames import names_of_units
from primaire.render import render_as
from tests.elections import line, percentage, returns_of, said, unit

SECTION = {"registered": 126, "voters": 85, "blank_null": 1}


def lead(candidates, base="valid", **ballot):
    sentence = results(returns_of(unit(candidates, **ballot)), base=base).sections[0].lead
    return None if sentence is None else str(sentence)


def test_ballot_figures_and_their_bases():
    row = line(results(returns_of(unit({"Paris": 45, "Lopez Jolivet": 39}, **SECTION))), candidate="Paris")
    assert row["turnout"] == pytest.approx(percentage(85, 126))
    assert row["abstention"] == 126 - 85
    assert row["abstention_share"] == pytest.approx(percentage(126 - 85, 126))  # of registered
    assert row["blank_null_share"] == pytest.approx(percentage(1, 85))  # of voters
    assert row["valid_share"] == pytest.approx(percentage(84, 85))
    assert row["turnout"] + row["abstention_share"] == pytest.approx(100)


def test_ballot_figures_are_the_same_on_every_row_of_a_contest():
    frame = results(returns_of(unit({"A": 3, "B": 2, "C": 1}, **SECTION))).frame
    assert len(frame) == 3
    assert len(frame[["registered", "voters", "turnout", "blank_null"]].drop_duplicates()) == 1


def test_what_is_not_published_is_missing_and_not_zero():
    row = line(results(returns_of(unit({"A": 3, "B": 2}))), candidate="A")
    missing = [
        "registered",
        "voters",
        "turnout",
        "abstention",
        "abstention_share",
        "blank",
        "null",
        "blank_null",
        "valid_share",
    ]
    assert row[missing].isna().all()
    assert row["valid"] == 5


def test_more_voters_than_registered_leave_no_abstention():
    row = line(results(returns_of(unit({"A": 3}, registered=2, voters=3))), candidate="A")
    assert row[["abstention", "abstention_share"]].isna().all()
    assert row["turnout"] == pytest.approx(150)


def test_nobody_registered_is_no_turnout():
    assert pd.isna(line(results(returns_of(unit({"A": 0}, registered=0, voters=0))), candidate="A")["turnout"])


def test_rows_of_each_section_are_those_of_its_contest():
    returns = returns_of(unit({"A": 3, "B": 5}), unit({"C": 1}, contest="Other"), unit({"B": 2, "A": 4}, round=2))
    table = results(returns)
    held = [table.frame.iloc[section.start : section.stop] for section in table.sections]
    assert [part["candidate"].tolist() for part in held] == [["B", "A"], ["C"], ["A", "B"]]
    assert [part["round"].unique().tolist() for part in held] == [[1], [1], [2]]


def test_the_base_asked_for_leads():
    returns = returns_of(unit({"A": 3}, **SECTION))
    for base in ("valid", "voters", "registered"):
        table = results(returns, base=base)
        names = [
            column.name
            for column in table.columns
            if column.name in ("share_valid", "share_voters", "share_registered")
        ]
        assert names[0] == f"share_{base}"
        assert table.bar == f"share_{base}"


def test_a_base_that_is_not_known_is_refused():
    returns = returns_of(unit({"A": 3}))
    with pytest.raises(NotHeldError, match="registered"):
        results(returns, base="registered")
    with pytest.raises(NameUnknownError, match="votants"):
        results(returns, base="votants")


@pytest.mark.parametrize("base", ["valid", "voters", "registered"])
def test_every_share_names_its_base(base):
    assert base in results(returns_of(unit({"A": 3}, **SECTION))).column(f"share_{base}").label


def test_the_first_is_told_with_votes_and_points_ahead():
    # 57.9491 - 42.0509 = 15.8981 points
    sentence = lead({"Valls": 611, "Hamon": 842})
    assert sentence.startswith("Hamon comes first")
    assert f"{842 - 611} votes" in sentence
    assert "15.90 points of valid votes" in sentence


def test_points_ahead_are_of_the_base_that_leads():
    # 100 x (842 - 611) / 1473 = 15.682
    assert "15.6" in lead({"Valls": 611, "Hamon": 842}, base="voters", voters=1473)


def test_equals_at_the_top_are_level():
    assert lead({"A": 5, "B": 7, "C": 7}) == "Level at the top: B, C."


def test_equal_percentages_do_not_make_equal_votes():
    # 357 of 1000 and 3573 of 10000 are both 35.7 %.
    assert lead({"A": "35.7", "B": "35.7", "C": "28.6"}) is None


@pytest.mark.parametrize("votes", [{"A": 5, "B": None}, {"A": None, "B": None}])
def test_nobody_is_first_where_votes_are_unknown(votes):
    assert lead(votes) is None


def test_a_single_candidate_is_said_to_be_one():
    assert lead({"A": 5}) == "A is the only candidate."


@pytest.mark.parametrize("status", ["provisional", "frozen", "annulled"])
def test_a_result_that_is_not_final_leads_with_its_doubt(status):
    sentence = lead({"Paris": 45, "Lopez Jolivet": 39}, status=status, status_note="a dispute")
    assert "first" not in sentence
    assert sentence.startswith(status.capitalize())
    assert "a dispute" in sentence


def test_nobody_wins_or_is_elected():
    sentences = " ".join(said(results(returns_of(unit({"A": 9, "B": 1}, **SECTION))))).lower()
    assert not {"win", "wins", "won", "winner", "elected"} & set(sentences.replace(".", " ").split())


def test_reconstructed_counts_are_marked_and_said():
    table = results(returns_of(unit({"A": "66.67", "B": "33.33"}, voters=4)))
    assert table.frame["votes"].tolist() == [2, 1]
    assert set(table.frame["votes_origin"]) == set(table.frame["valid_origin"]) == {"reconstructed"}
    assert any("whole numbers" in sentence and "3 valid votes" in sentence for sentence in said(table))


def test_a_sum_of_reconstructed_votes_whose_valid_votes_are_unknown():
    # 2 and 1 of 4 voters, and then a place where the votes for B are not known.
    table = results(returns_of(unit({"A": "66.67", "B": "33.33"}, voters=4), unit({"A": 10, "B": None}, unit="There")))
    row = line(table, candidate="A")
    assert (row["votes"], row["votes_origin"]) == (12, "reconstructed")
    assert pd.isna(row["valid"])


def test_shares_of_voters_are_said_with_their_sum():
    table = results(returns_of(unit({"A": "50.00", "B": "25.00"}, voters=5000)))
    assert any("75.00%" in sentence and "voters" in sentence for sentence in said(table))
    assert table.frame["share_voters"].tolist() == [50.0, 25.0]


def test_approximate_figures_give_no_lead_in_votes():
    doubtful = {"votes": 28_500, "approximate": frozenset({"votes"})}
    sentence = lead({"Hamon": doubtful, "Valls": 19_816})
    assert sentence.startswith("Hamon comes first")
    assert "approximate" in sentence
    assert not any(character.isdigit() for character in sentence)


def test_a_lead_of_one_vote_is_one_vote():
    assert "ahead of B by 1 vote (" in lead({"A": 4, "B": 3})


def test_it_is_said_whose_votes_are_not_added_up():
    table = results(returns_of(unit({"A": 5, "C": 1}, unit="1"), unit({"A": 7}, unit="2")))
    assert table.frame.loc[table.frame["candidate"] == "C", "votes"].isna().all()
    assert any("not published in all of the 2 units" in sentence and sentence.count("C") for sentence in said(table))


def test_percentages_that_several_counts_fit_leave_votes_unknown_and_say_so():
    table = results(returns_of(unit({"A": "50", "B": "50"}, voters=1000)))
    assert table.frame["votes"].isna().all()
    assert any("votes stay unknown" in sentence for sentence in said(table))


def test_the_percentage_as_published_stays_beside_the_computed_one():
    # The only whole numbers up to 7 of which 28.57 and 71.43 % are shares: 2 and 5 of 7.
    frame = results(returns_of(unit({"A": "71.43", "B": "28.57"}, voters=7))).frame
    assert frame["votes"].tolist() == [5, 2]
    assert frame["share_published"].tolist() == [71.43, 28.57]
    assert frame["share_valid"].tolist() == pytest.approx([500 / 7, 200 / 7])


def legislative(nuances=("REM", "LR")):
    return returns_of(
        *(
            unit(
                {f"{contest} {n}": {"votes": votes, **({"label": n} if nuances else {})} for n, votes in held.items()},
                contest=contest,
                unit=contest,
                departement="Ain",
                departement_code="01",
                registered=20,
                voters=10,
            )
            for contest, held in (("01-1", {"REM": 6, "LR": 4}), ("01-2", {"REM": 7, "SOC": 3}))
        )
    )


def test_candidates_of_a_departement_are_shown_by_nuance():
    table = results(legislative(), by="departement")
    rows = table.frame[["unit", "candidate", "votes", "share_valid", "rank"]].to_numpy().tolist()
    assert rows == [["Ain", "REM", 13, 65.0, 1], ["Ain", "LR", 4, 20.0, 2], ["Ain", "SOC", 3, 15.0, 3]]
    assert table.column("candidate").label == "nuance"
    assert "Candidates of 2 contests are added up by their nuance" in render_as(table, "plain").decode()


def test_without_nuances_it_is_said_what_can_be_asked_instead():
    with pytest.raises(NotHeldError, match="turnout adds ballots up without candidates"):
        results(legislative(nuances=()), by="nation")


def test_a_section_of_many_says_the_same_as_alone():
    units = [unit({"A": a, "B": 3}, unit=name, commune=name) for name, a in (("X", 5), ("Y", 1), ("Z", 3))]
    together = results(returns_of(*units), by="commune")
    alone = [results(returns_of(each), by="commune").sections[0].lead for each in units]
    assert [section.lead for section in together.sections] == alone


def test_what_units_are_called_is_worked_out_when_somebody_reads_it(monkeypatch):
    stations = [
        unit({"A": 3, "B": 2}, unit=f"78001_000{n}", level="station", commune_code="78001", station_code=f"000{n}")
        for n in (1, 2)
    ]
    asked = Mock(side_effect=names_of_units)
    monkeypatch.setattr("primaire.analysis.results.names_of_units", asked)
    table = results(returns_of(*stations), by="unit")
    render_as(table, "csv")
    asked.assert_not_called()
    assert table.read_as("unit").tolist() == ["1", "1", "2", "2"]
    assert table.read_as("candidate").tolist() == ["A", "B", "A", "B"]
    table.read_as("unit")
    asked.assert_called_once()
