"""The answer of ``check``: each finding with its place, its severity, what is seen and what to do."""

from __future__ import annotations

import pytest

from primaire.arrays import listed
from primaire.checks.asked import codes_asked
from primaire.checks.check import check, has_errors
from primaire.checks.codes import CODES, SEVERITIES
from primaire.checks.families import FAMILIES
from primaire.errors import NameUnknownError
from primaire.messages import ENGLISH
from primaire.sources import load
from tests.elections import returns_of, said, unit

HEADER = "Code de la commune;Bureau;Inscrits;Émargements;Votants;Blancs;Nuls;Exprimés;Petit;Roux\n"


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "presidentielle-2027-t1.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def found(returns, **options):
    frame = check(returns, **options).frame
    return list(zip(*(listed(frame[name]) for name in ("code", "line", "unit")), strict=True))


def sentences(returns, column="seen", **options):
    return [str(one) for one in check(returns, **options).frame[column]]


def test_nothing_found_is_an_answer():
    """1,453 valid and 20 blank or null are 1,473."""
    table = check(returns_of(unit({"A": 842, "B": 611}, voters=1473, blank_null=20, valid=1453)))
    assert len(table) == 0
    assert not has_errors(table)
    assert str(table.sections[0].lead) == "No error found in 1 unit."
    assert "Counts and votes: 1 unit." in said(table)


def test_findings_stand_on_the_line_on_which_their_unit_begins(file):
    text = "unit,registered,voters,candidate,votes\nx,10,9,Ann,4\nx,,,Bob,5\n\ny,10,12,Ann,7\ny,,,Bob,5\nz,8,9,Ann,9\n"
    returns = load(file(text, "vote.csv"))
    assert found(returns) == [("PRI101", 5, "y"), ("PRI101", 7, "z")]
    assert sentences(returns) == ["12 voters, but 10 registered", "9 voters, but 8 registered"]


def test_graver_findings_come_first_then_the_order_of_the_source(file):
    """Line 2: 331 signatures, 332 ballots. Line 3: 101 votes of 100 valid. Line 4: 51 of 50 registered."""
    header = "Code de la commune;Bureau;Inscrits;Émargements;Votants;Blancs;Nuls;Exprimés;Nom;Voix\n"
    rows = (
        "22001;1;500;332;331;1;1;329;Roux;329\n22001;2;200;110;110;6;4;100;Roux;101\n22001;3;50;51;51;0;1;50;Roux;50\n"
    )
    returns = load(file(header + rows))
    assert found(returns) == [
        ("PRI111", 3, "22001_0002"),
        ("PRI112", 3, "22001_0002"),
        ("PRI101", 4, "22001_0003"),
        ("PRI107", 2, "22001_0001"),
    ]
    assert listed(check(returns).frame["severity"]) == ["error"] * 3 + ["warning"]


def test_signatures_are_compared_with_ballots_whichever_make_the_voters(file):
    """Lézardrieux: 331 signatures, 332 ballots. Valid, blank and null votes are 332 in the one, 331 in the other."""
    for valid in (330, 329):
        returns = load(
            file(f"{HEADER}22127;1;500;331;332;1;1;{valid};300;{valid - 300}\n22127;2;90;50;50;0;0;50;40;10\n")
        )
        assert listed(returns.ballots["voters"]) == [valid + 2, 50]
        assert found(returns) == [("PRI107", 2, "22127_0001")]
        assert sentences(returns) == ["331 signatures on the roll, but 332 ballots in the box"]
        assert not has_errors(check(returns))


def test_abstentions_are_compared_with_the_roll(file):
    header = "Code de la commune;Inscrits;Abstentions;Votants;Exprimés;Petit;Roux\n"
    right, wrong = "01001;100;40;60;60;50;10\n", "01002;100;41;60;60;50;10\n"
    assert found(load(file(header + right))) == []
    assert found(load(file(header + right + wrong)))[0][:2] == ("PRI108", 3)
    assert sentences(load(file(header + wrong))) == [
        "60 voters and 41 abstentions make 101, but there are 100 registered"
    ]


def test_more_valid_votes_than_registered_where_voters_are_not_published():
    assert found(returns_of(unit({"A": 1437}, registered=1347, valid=1437))) == [("PRI106", None, "Here")]
    assert found(returns_of(unit({"A": 1437}, registered=1437, valid=1437))) == []
    assert found(returns_of(unit({"A": 1437}, registered=1347, voters=1500, valid=1437))) == [("PRI101", None, "Here")]


def test_the_senate_example_is_flagged():
    """Five seats by lists: 1,023 + 258 + 253 = 1,534, two more than the 1,532 valid votes that are printed."""
    lists = {"Liste A": 1023, "Liste B": 258, "Liste C": 253}
    returns = returns_of(unit(lists, election="Sénatoriales 2023", valid=1532))
    assert found(returns) == [("PRI112", None, "Here")]
    assert sentences(returns) == ["the votes add up to 1,534, more than the 1,532 valid votes"]
    assert found(returns_of(unit(lists, election="Sénatoriales 2023", valid=1534))) == []


@pytest.mark.parametrize(("election", "codes"), [("Sénatoriales 2023", []), ("Législatives 2022", ["PRI112"])])
def test_where_voters_name_several_people_votes_outnumber_ballots(election, codes):
    """Two seats, each of 500 electors names two: 450 + 300 + 250 = 1,000 votes."""
    returns = returns_of(unit({"A": 450, "B": 300, "C": 250}, election=election, valid=500))
    assert [code for code, *_ in found(returns)] == codes


@pytest.mark.parametrize(
    ("election", "date", "codes"),
    [
        ("Municipales 2020", None, []),
        ("Municipales 2026", None, ["PRI112"]),
        ("Municipales", None, []),
        ("Municipales", "2026-03-15", ["PRI112"]),
        ("Municipales", "2020-03-15", []),
    ],
)
def test_the_day_tells_whether_communes_voted_for_names(election, date, codes):
    """Communes of less than 1,000 inhabitants elected names until 2025, and lists since: 150 + 140 + 130 of 190."""
    votes = {"Ann": 150, "Bob": 140, "Cid": 130}
    assert [code for code, *_ in found(returns_of(unit(votes, election=election, date=date, valid=190)))] == codes


def test_a_percentage_says_which_base_it_fits():
    """100 x 12,245 / 30.635 = 39,970.6 and / 30.625 = 39,983.7; 544 of 1,397 to 1,400 are 38.9 % (of 1,428, 38.1 %)."""
    paper = {"votes": 12245, "share": 30.63, "share_decimals": 2, "share_base": "valid"}
    council = {"votes": 544, "share": 38.9, "share_decimals": 1, "share_base": "valid"}
    assert sentences(returns_of(unit({"A": paper, "B": None}, valid=39591)), "expected") == [
        "this would be a share of 39,971 to 39,983"
    ]
    assert sentences(returns_of(unit({"A": council, "B": None}, valid=1428)), "expected") == [
        "this would be a share of 1,397 to 1,400"
    ]


def test_percentages_of_another_count_are_said_to_be_those():
    """Of 1,000 voters, 950 of them valid: 500 are 50.0 % and 450 are 45.0 %, in all the 95 % that are valid."""
    shares = {
        name: {"votes": votes, "share": votes / 10, "share_decimals": 1, "share_base": "valid"}
        for name, votes in (("A", 500), ("B", 450))
    }
    returns = returns_of(unit(shares, voters=1000, valid=950))
    assert {code for code, *_ in found(returns)} == {"PRI122", "PRI124"}
    assert set(sentences(returns, "expected")) == {
        "they fit as shares of the 1,000 voters",
        "all of them agree as shares of the 1,000 voters",
    }


def test_the_base_that_percentages_fit_is_said_where_it_is_not_the_valid_votes():
    """Of 1,000 voters 500 and 450 are 50.0 and 45.0 %; of the 950 valid votes, 52.6 and 47.4 %."""

    def notes(one, other):
        shares = {
            name: {"votes": votes, "share": share, "share_decimals": 1}
            for name, votes, share in (("A", 500, one), ("B", 450, other))
        }
        return [str(note) for note in check(returns_of(unit(shares, voters=1000, valid=950))).notes]

    fitting = "Percentages: 2 percentages fit the voters as their base, not the valid votes."
    assert fitting in notes(50.0, 45.0)
    assert not any("fit the" in note for note in notes(52.6, 47.4))


def test_printed_percentages_of_a_foreign_file_say_their_base(file):
    """45 of 90 are 50.00 %; 45.00 is that of the 100 voters, and 44.00 of 102.26 to 102.28: of no whole number."""
    header = "Code de la commune;Inscrits;Votants;Exprimés;Nom;Voix;% Voix/Exp\n"

    def rows(share):
        return f"01001;200;100;90;Petit;45;{share}\n01001;200;100;90;Roux;45;50,00\n"

    assert found(load(file(header + rows("50,00")))) == []
    of_voters, of_none = load(file(header + rows("45,00"), "a.csv")), load(file(header + rows("44,00"), "b.csv"))
    assert sentences(of_voters) == ["Petit: 45 of 90 are 50.00%, but 45.00% is printed"]
    assert sentences(of_voters, "expected") == ["it is right as a share of the 100 voters"]
    assert sentences(of_none) == ["Petit: 45 of 90 are 50.00%, but 44.00% is printed"]
    assert sentences(of_none, "expected") == [CODES["PRI132"].expected]


def test_sentences_are_told_once_for_each_code():
    broken = [unit({"A": 5}, unit=f"U{n}", registered=4, voters=5, valid=5) for n in range(30)]
    table = check(returns_of(*broken))
    assert len(table) == 30
    assert [str(note) for note in table.sections[0].notes] == [
        f"PRI101, expected: registered ≥ voters. {CODES['PRI101'].remedy}"
    ]


def test_codes_are_selected_and_ignored_by_how_they_begin():
    returns = returns_of(unit({"A": 30}, registered=10, voters=20, valid=30))
    assert [code for code, *_ in found(returns)] == ["PRI101", "PRI102"]
    assert [code for code, *_ in found(returns, select=["pri102,PRI12"])] == ["PRI102"]
    assert [code for code, *_ in found(returns, select=["PRI1"], ignore=["PRI102"])] == ["PRI101"]
    assert "Not looked for, as asked: PRI101, PRI102." in said(check(returns, ignore=["PRI101", "PRI102"]))


def test_a_family_without_a_code_that_is_asked_for_is_not_run():
    returns = returns_of(unit({"A": 30}, valid=30))
    notes = [str(note) for note in check(returns, select=["PRI134"]).notes]
    assert [note.partition(",")[0].partition(":")[0] for note in notes] == ["Levels", "Not looked for"]


def test_where_codes_are_left_out_no_more_is_claimed_than_was_looked_for():
    """30 valid votes of 20 voters, and 20 voters of 10 registered; 331 signatures are not in these data."""
    right, wrong = unit({"A": 10}, valid=10), unit({"A": 30}, registered=10, voters=20, valid=30)
    leads = [
        str(check(returns_of(records), **asked).sections[0].lead)
        for records, asked in ((right, {}), (right, {"select": ["PRI1"]}), (wrong, {"ignore": ["PRI101", "PRI102"]}))
    ]
    assert leads == [
        "No error found in 1 unit.",
        "No error among the codes looked for in 1 unit.",
        "No error among the codes looked for in 1 unit.",
    ]


@pytest.mark.parametrize(("select", "ignore"), [([], ["PRI"]), (["PRI101"], ["PRI1"])])
def test_nothing_left_to_look_for_is_refused(select, ignore):
    with pytest.raises(NameUnknownError, match="No code is left to look for"):
        codes_asked(select, ignore)


def test_what_is_seen_is_set_apart_from_what_was_expected():
    """A person reads both in one cell; formats for machines have a column for each."""
    table = check(returns_of(unit({"BenoÃ®t Roux": 5, "Ann Petit": 3}, valid=8)))
    (seen,) = table.frame["seen"]
    assert seen.render(ENGLISH) == "“BenoÃ®t Roux”: UTF-8 read as another encoding; should probably read “Benoît Roux”"
    assert str(seen) == "“BenoÃ®t Roux”: UTF-8 read as another encoding"
    assert sentences(returns_of(unit({"BenoÃ®t Roux": 5}, valid=5)), "expected") == [
        "should probably read “Benoît Roux”"
    ]


def test_what_is_of_no_single_unit_stands_where_its_first_unit_does(file):
    """The damaged name, and of two names the one of fewer units, are of the unit that begins on line 6."""
    rows = [
        f"Prés,Prés,{unit_},{name},{votes}"
        for unit_, name, votes in (
            ("x", "Jean Martineau", 5),
            ("x", "Ann Petit", 3),
            ("y", "Jean Martineau", 4),
            ("y", "Ann Petit", 3),
            ("z", "Jean Martinau", 4),
            ("z", "Ann BÃ©tit", 3),
        )
    ]
    returns = load(file("\n".join(["election,contest,unit,candidate,votes", *rows, ""]), "vote.csv"))
    frame = check(returns, select=["PRI303", "PRI304"]).frame
    assert list(zip(frame["code"], frame["line"], map(str, frame["place"]), strict=True)) == [
        ("PRI303", 6, "Prés"),
        ("PRI304", 6, "Prés"),
    ]


def test_no_codes_of_places_is_another_reason_than_foreign_ones():
    (note,) = (str(one) for one in check(returns_of(unit({"A": 1})), select=["PRI301"]).notes[:1])
    assert note == "Codes of places, not applicable: there are no departement codes."


def test_a_code_that_does_not_exist_is_refused():
    with pytest.raises(NameUnknownError, match=r"There is no code “PRI1O4”.*Did you mean “PRI1"):
        codes_asked(["PRI1O4"])
    with pytest.raises(NameUnknownError):
        codes_asked([], ["XYZ"])


def test_every_code_is_of_a_family_and_of_a_severity():
    assert [code for code in CODES if not any(code.startswith(family.codes) for family in FAMILIES)] == []
    assert {meant.severity for meant in CODES.values()} <= set(SEVERITIES)
