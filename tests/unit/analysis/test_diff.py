"""Publications of one result beside each other: January 2017, and small ones worked out by hand."""

from __future__ import annotations

import pytest

from primaire.analysis.diff import diff
from primaire.errors import NameUnknownError, NotHeldError
from primaire.sources import publications
from tests.elections import line, returns_of, said, unit


@pytest.fixture(scope="module")
def january():
    return diff(publications("publications"))


def told(table, place):
    """Every sentence of one section."""
    section = table.sections[place]
    return " ".join(str(one) for one in (section.subtitle, section.lead, *section.notes))


def of(table, place, candidate):
    section = table.sections[place]
    return line(table.frame.iloc[section.start : section.stop], candidate=candidate)


def test_the_inflated_publication_has_the_exact_signature(january):
    row = of(january, 0, "Benoît Hamon")
    assert (row["finding"], row["to_check"]) == ("old shares of a new total", True)
    # One of about 160 for each of three counts, times at most 1; four tests were made.
    assert row["p_signature"] < 1 / 159**3
    assert row["p_corrected"] == pytest.approx(4 * row["p_signature"])
    sentences = told(january, 0)
    assert "all 3 new counts that are known are the old percentages of the new total, to the unit" in sentences
    assert "582,014 is 36.35%" in sentences
    assert "498,114 is 31.11%" in sentences
    assert "31,542 is 1.97%" in sentences


def test_its_figures(january):
    row = of(january, 0, "Benoît Hamon")
    assert (row["votes_before"], row["votes_after"], row["change"]) == (454_041, 582_014, 127_973)
    assert round(row["ratio"], 5) == 1.28185
    assert (row["voters_before"], row["voters_after"], row["voters_change"]) == (1_249_126, 1_601_138, 352_012)
    assert round(row["share_added"], 2) == 36.35  # 127,973 of 352,012
    assert of(january, 0, "Manuel Valls")["ratio"].round(5) == 1.28181


def test_the_base_is_noticed(january):
    # 36.35 + 31.11 + 17.52 + 6.85 + 3.88 + 1.97 + 1.01
    assert "The printed shares are of voters, not of valid votes: they add up to 98.69%." in told(january, 0)
    assert set(january.frame["base"]) == {"voters"}


def test_what_could_be_said_at_one_decimal(january):
    row = of(january, 0, "Benoît Hamon")
    assert row["fewer_decimals"] == 1
    assert 0.18 < row["p_fewer_decimals"] < 0.30
    assert "nothing could be said" in told(january, 0)


def test_probabilities_are_given_for_several_design_effects(january):
    row = of(january, 0, "Benoît Hamon")
    for test in ("p_constant_shares", "p_constant_counts"):
        chances = [row[f"{test}_{effect}"] for effect in (1, 5, 20, 100)]
        assert chances == sorted(chances, reverse=True)
        assert chances[0] < 0.01
    assert "with a design effect of 5: 1 in " in told(january, 0)


def test_counts_that_went_down_are_flagged(january):
    row = of(january, 1, "Benoît Hamon")
    assert (row["finding"], row["to_check"]) == ("went down", True)
    assert row["tests"] == 0
    assert "voters by 1,520, Benoît Hamon by 3,873" in told(january, 1)


def test_one_share_that_stays_is_not_flagged(january):
    row = of(january, 2, "Manuel Valls")
    assert (row["finding"], row["to_check"]) == ("nothing to check", False)
    # 503,550 of 1,599,618 and 521,238 of 1,655,919.
    assert round(row["share_before"], 2) == round(row["share_after"], 2) == 31.48
    assert "The share of Manuel Valls is the same to 2 decimals; that one share stays proves nothing." in told(
        january, 2
    )


def two(before, after, **options):
    return diff([("evening", returns_of(*before)), ("final", returns_of(*after))], **options)


def ballots(votes, **columns):
    return unit(dict(zip("ABC", votes, strict=False)), **columns)


def test_units_added_gone_and_revised():
    before = [ballots((10, 20, 30), unit="One"), ballots((5, 5, 5), unit="Two"), ballots((1, 2, 3), unit="Three")]
    after = [ballots((10, 20, 31), unit="One"), ballots((5, 5, 5), unit="Two"), ballots((9, 9, 9), unit="Four")]
    table = two(before, after)
    row = line(table, candidate="A")
    assert [row[f"units_{what}"] for what in ("added", "gone", "revised", "lowered")] == [1, 1, 1, 0]
    sentences = told(table, 0)
    for sentence in ("1 unit was added: Four.", "1 unit is gone: Three.", "1 unit was revised: One."):
        assert sentence in sentences


def test_units_that_are_gone_explain_votes_that_are_missing():
    before = [ballots((10, 20, 30), unit="One"), ballots((5, 5, 5), unit="Two")]
    table = two(before, before[:1])
    assert line(table, candidate="A")["finding"] == "units gone"
    assert "1 unit is gone, and votes with it (valid votes by 15, C by 5, B by 5, A by 5)" in told(table, 0)


def test_a_unit_that_lost_votes_is_to_be_checked_though_the_sum_grew():
    before = [ballots((10, 20, 30), unit="One"), ballots((5, 5, 5), unit="Two")]
    after = [ballots((9, 20, 30), unit="One"), ballots((50, 50, 50), unit="Two")]
    table = two(before, after)
    assert line(table, candidate="A")["finding"] == "went down"
    assert "In 1 unit votes went down: One." in told(table, 0)


def test_the_same_publication_twice():
    table = two([ballots((10, 20, 30))], [ballots((10, 20, 30))])
    assert set(table.frame["finding"]) == {"unchanged"}
    assert table.frame["p_corrected"].isna().all()
    assert table.sections[0].lead is not None
    assert str(table.sections[0].lead) == "Nothing changed."


def test_a_constant_ratio_is_flagged_on_counts_alone():
    # 61,000 to 122,000 voters, each candidate times two.
    before, after = ballots((30_000, 20_000, 10_000), voters=61_000), ballots((60_000, 40_000, 20_000), voters=122_000)
    table = two([before], [after])
    assert set(table.frame["finding"]) == {"old shares of a new total"}
    assert table.frame["p_ratio"].iloc[0] < 1e-5
    assert "every new count is the old one times the ratio of the totals" in told(table, 0)


def test_the_level_decides():
    # At 10:00, without the counts, there is the one test of printed shares: 0.2 %.
    shares = dict(zip("ABCDEFG", ("36.35", "31.11", "17.52", "6.85", "3.88", "1.97", "1.01"), strict=True))
    before, after = unit(shares, voters=1_249_126), unit(shares, voters=1_601_138)
    assert set(two([before], [after]).frame["finding"]) == {"shares stay put"}
    assert set(two([before], [after], level=0.001).frame["finding"]) == {"nothing to check"}
    with pytest.raises(NameUnknownError):
        two([before], [after], level=1)


def test_counts_found_behind_percentages_are_not_tested():
    """They would keep one ratio by themselves."""
    shares = {"A": "50.00", "B": "30.00", "C": "20.00"}
    table = two([unit(shares, valid=10)], [unit(shares, valid=20)])
    assert line(table, candidate="A")["votes_after"] == 10
    assert table.frame["p_constant_counts_1"].isna().all()
    assert not table.frame["to_check"].any()


def test_contests_are_corrected_for_together():
    before = [ballots((10, 20, 30), contest=name, voters=70) for name in ("North", "South")]
    after = [ballots((21, 39, 61), contest=name, voters=140) for name in ("North", "South")]
    table = two(before, after)
    assert len(table.sections) == 2
    smallest = table.frame[["p_ratio", "p_constant_counts_1"]].min().min()
    assert table.frame["tests"].iloc[0] == 2
    assert table.frame["p_corrected"].iloc[0] == pytest.approx(min(1, 4 * smallest))


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        ({"round": 2}, "no election, round and contest"),
        ({"date": "2022-01-22"}, "no election, round and contest"),
        ({"unit": "Elsewhere"}, "no unit in common"),
    ],
)
def test_what_is_not_the_same_result_is_refused(other, seen):
    names = ("One", "Two")
    before = [ballots((1, 2, 3), unit=name, date="2017-01-22") for name in names]
    after = [ballots((1, 2, 3), **{"unit": name, "date": "2017-01-22", **other}) for name in names]
    if "unit" in other:
        after = [ballots((1, 2, 3), unit=f"{name} elsewhere") for name in names]
    with pytest.raises(NotHeldError, match="not publications of the same result") as refusal:
        two(before, after)
    assert seen in str(refusal.value)
    assert "“evening” holds" in str(refusal.value)


def test_other_candidates_are_refused():
    with pytest.raises(NotHeldError, match="their candidates are others"):
        two([unit({"A": 1, "B": 2})], [unit({"C": 1, "D": 2})])


def test_another_election_needs_the_same_candidates():
    one, other = unit({"A": 1, "B": 2}, election="x"), unit({"A": 1, "B": 3}, election="y")
    assert len(two([one], [other]).frame) == 2
    with pytest.raises(NotHeldError, match="their candidates are others"):
        two([one], [unit({"A": 1, "C": 3}, election="y")])


def test_one_publication_is_none():
    with pytest.raises(NotHeldError, match="one publication only"):
        diff([("evening", returns_of(unit({"A": 1})))])


def test_the_level_and_the_draws_are_told(january):
    sentences = " ".join(said(january))
    assert "at most 1%" in sentences
    assert "4,000 times, or 100,000" in sentences
    assert "A design effect of 20" in sentences


def test_a_part_is_no_publication_of_the_whole():
    votes = {"A": 100, "B": 200}
    whole, part = unit(votes, contest="France", unit="France"), unit(votes, contest="France", unit="Conflans")
    with pytest.raises(NotHeldError, match="no unit in common"):
        two([whole], [part])
    with pytest.raises(NotHeldError, match="no unit in common"):
        two([unit(votes, contest="France", unit="Paris")], [part])
    # One that is among the units of the other has come first.
    assert line(two([part], [part, unit(votes, contest="France", unit="Paris")]), candidate="A")["change"] == 100


def test_candidates_of_one_publication_alone_are_to_be_checked():
    table = two([unit({"Alice": 400, "Bruno": 380}, voters=800)], [unit({"Alice": 450, "B. Petit": 410}, voters=900)])
    assert set(table.frame["finding"]) == {"candidates differ"}
    assert table.frame["to_check"].all()
    sentences = told(table, 0)
    assert "Bruno (380 votes) is in the first alone" in sentences
    assert "B. Petit (410 votes) is in the second alone" in sentences


def test_votes_that_are_no_longer_given_are_to_be_checked():
    table = two([ballots((40, 30, 20), voters=100)], [ballots((45, None, 25), voters=120)])
    assert set(table.frame["finding"]) == {"candidates differ"}
    assert "B (30 votes): given in the first alone" in told(table, 0)


def test_a_new_candidate_in_a_new_unit_is_a_note():
    before = [ballots((40, 30), unit="One", voters=80), ballots((41, 33), unit="Two", voters=80)]
    table = two(before, [*before, unit({"A": 7, "D": 5}, unit="Three", voters=20)])
    assert not table.frame["to_check"].any()
    assert "D is in the second alone, in no unit that is in both." in told(table, 0)


def test_a_unit_that_is_gone_is_to_be_checked_though_another_makes_up_for_it():
    before = [ballots((10, 20, 30), unit="One"), ballots((5, 6, 7), unit="Two")]
    more = two(before, [before[0], ballots((50, 60, 70), unit="Three")])
    assert set(more.frame["finding"]) == {"units gone"}
    assert "1 unit that had votes is gone (Two)." in told(more, 0)
    same = two(before, [before[0], ballots((5, 6, 7), unit="Section 2")])
    assert set(same.frame["finding"]) == {"units gone"}
    assert "Section 2, which was added, has the very figures of Two, which is gone: renamed?" in told(same, 0)
    assert "renamed?" not in told(more, 0)


def test_a_unit_without_votes_may_go():
    before = [ballots((10, 20, 30), unit="One", voters=60), ballots((0, 0, 0), unit="Two", voters=0)]
    assert not two(before, before[:1]).frame["to_check"].any()


def test_a_contest_that_is_gone_is_told_first():
    before = [ballots((10, 20, 30), contest=name, unit=name) for name in ("North", "South")]
    table = two(before, before[:1])
    assert str(table.sections[0].lead) == (
        "To be checked: one contest or place of “evening” is not in “final”: South. Nothing changed."
    )


def test_registered_voters_alone_are_a_change():
    one, other = (ballots((10, 20, 30), registered=number, voters=70) for number in (100, 101))
    table = two([one], [other])
    assert set(table.frame["finding"]) == {"not tested"}
    assert "No votes changed; other figures did: registered voters." in told(table, 0)


def test_units_where_votes_went_down_are_named_where_no_sum_did():
    before = [ballots((10, 20, 30), unit="1", commune="Conflans"), ballots((5, 5, 5), unit="2", commune="Conflans")]
    after = [ballots((9, 21, 30), unit="1", commune="Conflans"), ballots((50, 50, 50), unit="2", commune="Conflans")]
    assert "votes went down in 1 unit (1 (Conflans))." in told(two(before, after), 0)


def test_no_share_of_what_was_added_where_something_was_taken_away():
    before = [ballots((10, 20, 30), unit="One", voters=60)]
    more = [*before, ballots((5, 10, 15), unit="Two", voters=30)]
    assert two(before, more).frame["share_added"].notna().all()
    revised = [ballots((10, 20, 31), unit="One", voters=61), more[1]]
    assert two(before, revised).frame["share_added"].isna().all()


def test_a_round_is_called_a_round():
    first, second = (
        ballots((10, 20, 30), unit="Vote", contest="Vote"),
        ballots((10, 20), unit="Vote", contest="Vote", round=2),
    )
    assert "Only in “final”: round 2." in said(two([first], [first, second]))


def test_shares_that_add_up_to_too_little_are_of_an_unknown_base():
    # 36.35 + 31.11: a third is missing, which no blank votes are.
    shares = {"A": "36.35", "B": "31.11"}
    table = two([unit(shares, voters=120_000)], [unit(shares, voters=160_000)])
    assert table.frame["base"].isna().all()
    sentences = told(table, 0)
    assert "in % of" not in sentences
    assert "is not known: they add up to 67.46%" in sentences
    assert "They are tested as shares of all voters" in sentences


def test_shares_of_valid_votes_are_tested_with_voters_where_only_these_are_known():
    shares = {"A": "36.35", "B": "31.11", "C": "32.54"}
    table = two([unit(shares, voters=120_000)], [unit(shares, voters=160_000)])
    valid = two([unit(shares, valid=100_000)], [unit(shares, valid=130_000)])
    # Of fewer ballots shares stay more rarely: voters are generous to counting.
    assert valid.frame["p_constant_shares_1"].iloc[0] < table.frame["p_constant_shares_1"].iloc[0] < 1
    assert "They are tested as shares of all voters" in told(table, 0)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (unit({"A": 5, "B": 6}), unit({"A": 7, "B": 9}), "fewer than two candidates are free to move"),
        (unit({"A": "50.0", "B": "50.0"}), unit({"A": "51.0", "B": "49.0"}), "no total of their ballots is known"),
        (
            unit({"A": "50.0", "B": "50.0"}, valid=9_000),
            unit({"A": "51.0", "B": "49.0"}, valid=9_000),
            "no ballots were",
        ),
        (unit({"A": 5}, voters=20), unit({"A": 7}, voters=30), "fewer than two candidates have figures"),
    ],
)
def test_why_nothing_is_tested_is_told(before, after, reason):
    table = two([before], [after])
    assert f"How shares moved cannot be tested: {reason}" in told(table, 0)


def test_what_is_rare_but_above_the_level_is_not_called_usual():
    shares = dict(zip("ABCDEFG", ("36.35", "31.11", "17.52", "6.85", "3.88", "1.97", "1.01"), strict=True))
    table = two([unit(shares, voters=1_249_126)], [unit(shares, voters=1_601_138)], level=0.00001)
    assert (
        "Nothing here reaches the level of 1 in 100,000 (352,012 voters more; the smallest probability is 1 in"
        in told(table, 0)
    )
    assert "at most 1 in 100,000, times the number of tests" in " ".join(said(table))


def test_two_counts_are_both():
    lines = [{"votes": 454_041, **share("36.35")}, {"votes": 388_603, **share("31.11")}]
    later = [{"votes": 582_014, **share("36.35")}, {"votes": 498_114, **share("31.11")}]
    before, after = (
        unit(dict(zip("AB", side, strict=True)), voters=n) for side, n in ((lines, 1_249_126), (later, 1_601_138))
    )
    assert "both new counts that are known are the old percentages" in told(two([before], [after]), 0)


def share(text):
    return {"share": float(text), "share_decimals": 2, "share_base": "voters"}


def test_of_many_contests_those_to_be_checked_come_first_and_the_unchanged_are_folded():
    before = [ballots((10, 20, 30), contest=f"C{n:02}", unit=f"C{n:02}") for n in range(14)]
    after = [*before[:5], ballots((9, 20, 30), contest="C05", unit="C05"), *before[6:13]]
    table = two(before, after)
    assert table.frame["contest"].iloc[0] == "C05"
    assert len(table.frame) == 13 * 3
    assert str(table.sections[0].lead).startswith(
        "13 contests or places: 12 unchanged, 1 to be checked: C05. "
        "To be checked: one contest or place of “evening” is not in “final”: C13. To be checked: votes went down"
    )
    assert [section.folded for section in table.sections] == [False] + [True] * 12
