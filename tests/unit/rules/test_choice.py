"""Which rule: by kind, day and place, and none for a day on which none was in force."""

from __future__ import annotations

from datetime import date

import pytest

from primaire.errors import NameUnknownError, SourceError
from primaire.rules.choice import Facts, asked_for, choose, of_kind, pick
from primaire.rules.rule_file import parse_rule
from primaire.rules.shipped import families, rules_called, shipped

BODY = """
[[round]]
elected = {}
"""


def rule(name, head):
    return parse_rule(f"rules = 1\n{head}\n{BODY}", name)


OLD = rule("old", 'kind = "Législatives"\nfirst = 1967-01-01\nlast = 1985-07-10')
NEW = rule("new", 'kind = "Législatives"\nfirst = 1986-07-12\nwithout = { departement_code = ["988"] }')
ISLAND = rule("island", 'kind = "Législatives"\nfirst = 1986-07-12\nonly = { departement_code = ["988"] }')
LARGE = parse_rule('rules = 1\nkind = "Sénatoriales"\nseats_from = 3\n[[round]]\nelected = { first = 3 }', "large")
SMALL = rule("small", 'kind = "Sénatoriales"\nseats_to = 2')
LEGISLATIVES = [OLD, NEW, ISLAND]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (Facts("Législatives 1978", "1978-03-12"), "old"),
        (Facts("Législatives 1978"), "old"),
        (Facts("Législatives 2017"), "new"),
        (Facts("Leg 2017", codes=(("departement_code", "ZN"),)), "island"),
        (Facts("Élection législative partielle", "2013-06-16"), "new"),
    ],
)
def test_the_day_or_else_the_year_and_the_place_choose(facts, name):
    found = choose(LEGISLATIVES, facts).rule
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts("Législatives 1936"), "in force for this date (1936)"),
        (Facts("Législatives 1985", "1985-12-01"), "in force for this date (1985-12-01)"),
        (Facts("Législatives"), "is not known"),
    ],
)
def test_outside_every_period_there_is_no_rule(facts, reason):
    choice = choose(LEGISLATIVES, facts)
    assert choice.rule is None
    assert reason in str(choice.reason)


def test_a_kind_without_rules_has_none():
    assert "no kind of election" in str(choose(LEGISLATIVES, Facts("Bundestagswahl 2025")).reason)


def test_the_number_of_seats_chooses_and_without_it_both_are_named():
    senate = [LARGE, SMALL]
    assert choose(senate, Facts("Sénatoriales 2017", seats=7)).rule is LARGE
    assert choose(senate, Facts("Sénatoriales 2017", seats=2)).rule is SMALL
    assert "large, small" in str(choose(senate, Facts("Sénatoriales 2017")).reason)


LISTS = rule("lists", 'kind = "Municipales"')
NAMES = rule("names", 'kind = "Municipales"\nvotes_for = "names"')


def test_votes_that_outnumber_the_ballots_are_for_names():
    choice = pick([LISTS, NAMES], Facts("Municipales 2020", names=True))
    assert (choice.rule, choice.remarks) == (NAMES, ())


def test_votes_that_do_not_are_taken_for_lists_and_that_is_said():
    choice = pick([LISTS, NAMES], Facts("Municipales 2020", names=False))
    assert choice.rule == LISTS
    assert [str(remark) for remark in choice.remarks] == [
        "Judged as an election by lists, since the votes do not outnumber the valid ballots. --rules chooses otherwise."
    ]
    assert pick([LISTS], Facts("Municipales 2020", names=False)).remarks == ()


@pytest.mark.parametrize(
    ("facts", "remarks"),
    [
        (Facts("Législatives 2017"), []),
        (Facts("Our vote"), []),
        (Facts("Législatives 1973"), ["These rules were not in force on that day; they are applied as asked for."]),
        (
            Facts("Municipales 2020"),
            ["These rules are made for another kind of election; they are applied as asked for."],
        ),
    ],
)
def test_a_rule_that_is_asked_for_is_taken_and_says_where_it_is_made_for_others(facts, remarks):
    choice = asked_for(NEW, facts)
    assert choice.rule == NEW
    assert [str(remark) for remark in choice.remarks] == remarks


def test_rules_that_say_the_same_of_rounds_and_seats_need_no_day_and_say_only_that():
    paid = parse_rule(
        'rules = 1\nkind = "Législatives"\nfirst = 2000-01-01\nnote = "New."\n[[round]]\nelected = {}\n'
        '[expenses]\ncondition = "at least 5 % of valid"',
        "paid",
    )
    choice = pick([OLD, paid], Facts("Législatives"))
    assert choice.rule is not None
    assert (choice.rule.name, choice.rule.rounds) == ("old, paid", OLD.rounds)
    assert (choice.rule.expenses, choice.rule.note, choice.rule.scope.first) == (None, None, None)
    assert [str(remark) for remark in choice.remarks] == [
        "These rules could be meant, and say the same of rounds and seats: old, paid."
    ]
    several = parse_rule("rules = 1\n[[round]]\nelected = { first = 2 }", "several")
    assert "Several rules could be meant: old, several." in str(pick([OLD, several], Facts("Législatives")).reason)


def test_without_a_code_the_rule_of_most_places_is_taken_and_the_others_are_named():
    unplaced = choose(LEGISLATIVES, Facts("Législatives 2017", codes=(("commune_code", "78172"),)))
    assert unplaced.rule is NEW
    assert [str(remark) for remark in unplaced.remarks] == [
        "No code says where this is, and some places have rules of their own: island. --rules names them."
    ]
    assert choose(LEGISLATIVES, Facts("Législatives 2017", codes=(("departement_code", "78"),))).remarks == ()


def test_a_kind_is_also_a_word_of_the_name():
    primary = rule("primary", 'kind = "Primaire"\nfirst = 2017-01-22\nlast = 2017-01-29')
    assert of_kind([primary, NEW], "Primaire de la gauche 2017") == [primary]
    assert of_kind([primary, NEW], "Primaires 2017") == []


def test_rules_are_called_by_kind_by_name_or_by_file(tmp_path):
    assert [each.name for each in rules_called("legislatives-1995")] == ["legislatives-1995"]
    assert rules_called("Législatives") == families()["legislatives"]
    assert len(families()["legislatives"]) > 1
    file = tmp_path / "ours.toml"
    file.write_text(f"rules = 1\ntitle = 'Ours'{BODY}")
    assert [each.title for each in rules_called(str(file))] == ["Ours"]
    file.rename(tmp_path / "ours")
    assert [each.title for each in rules_called(str(tmp_path / "ours"))] == ["Ours"]


def test_a_name_that_is_none_proposes_the_closest():
    with pytest.raises(NameUnknownError, match="Did you mean “municipales”"):
        rules_called("municipale")
    with pytest.raises(SourceError, match="cannot be read"):
        rules_called("nowhere.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_bytes(b"title = '\xe9'")
    with pytest.raises(SourceError, match="not UTF-8"):
        rules_called(str(file))


def test_the_deputies_of_every_year_since_1958_have_one_rule_and_those_before_none():
    named = {
        year: choose(shipped(), Facts(f"Législatives {year}")).rule
        for year in (1936, 1958, 1962, 1967, 1973, 1978, 1981, 1986, 1988, 1993, 2012, 2017, 2022, 2024)
    }
    assert named[1936] is None
    assert [year for year, one in named.items() if one is None] == [1936]
    bars = {
        year: one.rounds[0].qualified.condition and str(one.rounds[0].qualified.condition)
        for year, one in named.items()
        if one and one.rounds[0].qualified
    }
    # Ordinance 58-945, law 66-1022 and law 76-665; 1986 was proportional and had one round.
    assert bars == {
        **dict.fromkeys((1958, 1962), "at least 5 % of valid"),
        **dict.fromkeys((1967, 1973), "at least 10 % of registered"),
        **dict.fromkeys((1978, 1981, 1988, 1993, 2012, 2017, 2022, 2024), "at least 12.5 % of registered"),
    }


def test_a_day_is_a_day_and_a_year_all_of_its_days():
    assert Facts("Vote", "2013-06-16").period == (date(2013, 6, 16), date(2013, 6, 16))
    assert Facts("Législatives 2013").period == (date(2013, 1, 1), date(2013, 12, 31))
    assert Facts("Vote").period is None


def test_several_rules_that_were_named_are_told_to_be_for_another_kind():
    (remark,) = pick([OLD, NEW], Facts("Régionales 2021", "2021-06-20", codes=(("departement_code", "75"),))).remarks
    assert "another kind of election" in str(remark)
    assert not pick([OLD, NEW], Facts("Législatives 2017", "2017-06-11", codes=(("departement_code", "75"),))).remarks
