"""primaire seats: what a person who types a town's lists by hand sees."""

from __future__ import annotations

import csv
import io

import pytest

ANGERS = "candidate,votes\nFirst,17267\nSecond,5019\nThird,4206\nFourth,1529\nFifth,1422\nSixth,419\n"
RULES = """rules = 1
[[round]]
elected = { conditions = ["more than 1/2 of valid"] }
qualified = { condition = "at least 10 % of valid" }
[[round]]
[[seats.stage]]
seats = "1/2"
rounding = ["up"]
to = "first"
[[seats.stage]]
seats = "rest"
method = "dhondt"
threshold = "at least 5 % of valid"
"""


def rows(done):
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_town_by_a_file_of_rules(run, write):
    write(ANGERS)
    write(RULES, "town.toml")
    done = run("seats", "a.csv", "--seats", "59", "--rules", "town.toml", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    assert [row["seats"] for row in rows(done)] == ["49", "5", "4", "1", "0", "0"]


def test_a_town_by_the_law_of_its_year(run, write):
    write(ANGERS, "Municipales 2020.csv")
    done = run("seats", "Municipales 2020.csv", "--seats", "59", "--format", "csv")
    assert [(row["seats"], row["rule"]) for row in rows(done)][:2] == [
        ("49", "municipales-2014"),
        ("5", "municipales-2014"),
    ]


def test_a_town_by_a_method(run, write):
    write(ANGERS)
    words = ("seats", "a.csv", "--seats", "59", "--method", "hare", "--threshold", "at least 5 % of valid")
    done = run(*words, "--format", "csv")
    # Of 28,021 votes a seat costs 474.93: 36 10 8 3, left over 169.4 269.7 406.5 104.2; two more for the third and the second.
    assert [row["seats"] for row in rows(done)] == ["36", "11", "9", "3", "0", "0"]


def test_the_steps(run, write):
    write(ANGERS)
    done = run("seats", "a.csv", "--seats", "3", "--method", "dhondt", "--explain")
    assert done.code == 0
    assert "First" in done.out
    assert "5,755.67" in done.out  # a third of 17,267
    done = run("seats", "a.csv", "--seats", "3", "--method", "dhondt", "--explain", "--format", "csv")
    assert [(row["seat"], row["numerator"], row["denominator"], row["rival"], row["short"]) for row in rows(done)] == [
        ("1", "17267", "1", "Second", "12249"),
        ("2", "17267", "2", "Second", "3615"),  # 8,634 is more than 8,633.5
        ("3", "17267", "3", "Second", "737"),  # 5,756 is more than 5,755.67
    ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("--seats 0 --method dhondt", 2, "--seats “0” is not a number of 1 or more."),
        ("--seats 9223372036854775808 --method dhondt", 2, "--seats is at most 100,000."),
        ("--seats abc --method dhondt", 2, "“abc”"),
        ("--seats 59", 4, "--method"),
        ("--seats 59 --rules municipales-2010", 2, "Did you mean “municipales-2014”?"),
        ("--seats 59 --method dhont", 2, "Did you mean “dhondt”?"),
        ("--seats 59 --rules nowhere.toml", 3, "nowhere.toml"),
        ("--seats 59 --rules a.csv", 3, "not valid TOML"),
        ("--seats 59 --rules town.toml --method hare", 2, "either --rules or --method"),
        ("--method dhondt", 4, "--seats 29"),
        ("--seats 5 --rules bonus.toml", 4, "gives out 11 seats at once, and there are 5"),
    ],
)
def test_what_is_wrong_is_told(run, write, words, code, told):
    write(ANGERS)
    write(RULES, "town.toml")
    write(RULES.replace('seats = "1/2"\nrounding = ["up"]', "seats = 11"), "bonus.toml")
    done = run("seats", "a.csv", *words.split())
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_methods_complete():
    from primaire.cli.completion import methods

    assert methods("ha") == ["hare", "hagenbach-bischoff"]


def test_one_town_of_a_national_vote_has_no_seats_by_a_method_either(run):
    words = ["seats", "conflans", "--election", "primaire", "--method", "dhondt", "--seats", "10"]
    done = run(*words)
    assert (done.code, done.out) == (4, "")
    assert done.err.splitlines() == [
        "Error: Conflans-Sainte-Honorine is only a part of France.",
        "If these units are the whole contest after all, say so: --assume-whole.",
    ]
    assumed = run(*words, "--assume-whole")
    assert assumed.code == 0
    assert "Assumed, as asked for, and not known: these units are the whole of the contest." in assumed.out


def test_the_seats_of_the_country_are_shared_out_from_its_departements(run, write):
    # 100 departements with 60 and 40 votes: 6,000 and 4,000; by D'Hondt 81 seats are 49 and 32 (6,000/49 = 122.4 and
    # 4,000/32 = 125 win; 6,000/50 = 120 and 4,000/33 = 121.2 do not).
    codes = [f"{number:02d}" for number in range(1, 96) if number != 20] + ["2A", "2B", "971", "972", "973", "974"]
    rows = "".join(
        f"Européennes 2024,{code},{name},{votes}\n" for code in codes for name, votes in (("A", 60), ("B", 40))
    )
    file = write("election,departement_code,candidate,votes\n" + rows)
    words = ["seats", file, "--format", "csv"]
    done = run(*words)
    assert done.code == 0, done.err
    assert [(row["candidate"], row["seats"]) for row in csv.DictReader(io.StringIO(done.out))] == [
        ("A", "49"),
        ("B", "32"),
    ]
    cut = run(*words, "--where", "departement=75")
    assert (cut.code, cut.out) == (4, "")
