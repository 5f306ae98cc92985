"""A file that holds several publications of one result: each by itself, the last one by default, never all at once."""

from __future__ import annotations

import pytest

from primaire.arrays import listed
from primaire.errors import NotHeldError, SourceError
from primaire.sources import Wanted, load, publications

TEXT = """publication,voters,candidate,votes
Sunday evening,80,Alice,44
Sunday evening,80,Bruno,36
Monday morning,82,Alice,45
Monday morning,82,Bruno,37
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str, name: str = "board.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def voters(returns) -> list[int | None]:
    return listed(returns.ballots["voters"])


def test_each_is_read_by_itself_in_the_files_order(write):
    found = publications(write(TEXT))
    assert [(name, voters(returns), listed(returns.votes["votes"])) for name, returns in found] == [
        ("Sunday evening", [80], [44, 36]),
        ("Monday morning", [82], [45, 37]),
    ]


def test_rows_may_come_in_any_order(write):
    head, *rows = TEXT.splitlines(keepends=True)
    found = publications(write("".join([head, rows[3], rows[0], rows[2], rows[1]])))
    assert [(name, voters(returns)) for name, returns in found] == [("Monday morning", [82]), ("Sunday evening", [80])]


def test_the_last_is_read_by_default_and_that_is_said(write):
    returns = load(write(TEXT))
    assert voters(returns) == [82]
    (step,) = returns.provenance.steps
    assert "2 publications" in str(step)
    assert "“Monday morning”" in str(step)


@pytest.mark.parametrize("name", ["Sunday evening", "sunday", "Sunday_evening"])
def test_another_is_read_by_its_name(write, name):
    returns = load(write(TEXT), wanted=Wanted(publication=name))
    assert voters(returns) == [80]
    assert "Sunday evening" in str(returns.provenance.steps[0])


def test_one_alone_leaves_no_choice_and_nothing_to_say(write):
    returns = load(write(TEXT[: TEXT.index("Monday")]))
    assert (voters(returns), returns.provenance.steps) == ([80], ())


def test_files_are_publications_by_their_names(write):
    plain = "voters,candidate,votes\n{},A,{}\n"
    one, other = write(plain.format(9, 8), "one.csv"), write(plain.format(10, 9), "other.csv")
    assert [(name, voters(returns)) for name, returns in publications(one, other)] == [(one, [9]), (other, [10])]


def test_what_is_wanted_holds_for_each(write):
    found = publications(write(TEXT), wanted=Wanted(publication="Monday"))
    assert [voters(returns) for _, returns in found] == [[82]]


@pytest.mark.parametrize(("wanted", "held"), [("Tuesday", "Sunday evening, Monday morning"), ("n", "")])
def test_a_publication_that_is_not_there_is_refused_with_those_that_are(write, wanted, held):
    with pytest.raises(NotHeldError) as refused:
        load(write(TEXT), wanted=Wanted(publication=wanted))
    assert held in str(refused.value.expected)


def test_a_name_that_means_several_is_refused(write):
    with pytest.raises(NotHeldError, match="several"):
        load(write(TEXT.replace("Monday", "Sunday")), wanted=Wanted(publication="Sunday"))


def test_a_publication_is_refused_where_there_is_one_result(write):
    one = write("candidate,votes\nA,1\n")
    foreign = write(
        "Code du département;Code de la commune;Inscrits;Votants;Exprimés;Nom;Voix\n01;001;9;8;8;A;8\n", "f.csv"
    )
    for source in (one, foreign):
        with pytest.raises(NotHeldError, match="several publications"):
            load(source, wanted=Wanted(publication="final"))


def test_rows_without_a_publication_among_others_are_refused_with_their_lines(write):
    with pytest.raises(SourceError) as refused:
        load(write(TEXT.replace("Monday morning,82,Bruno", ",82,Bruno")))
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(5, "publication")]


def test_an_empty_column_says_nothing(write):
    text = TEXT[: TEXT.index("Monday")].replace("Sunday evening", "")
    assert voters(load(write(text))) == [80]


def test_a_row_that_is_too_short_is_still_told(write):
    with pytest.raises(SourceError) as refused:
        load(write(TEXT + "Monday morning,82\n"))
    assert [problem.line for problem in refused.value.problems] == [6]


def test_what_ships_is_what_was_published():
    """The figures as the press of January 2017 printed them: data/README.md names it."""
    found = publications("publications")
    assert [(name, voters(returns)) for name, returns in found] == [
        ("site, 23 January 2017 at 0:45", [1_249_126]),
        ("site, 23 January 2017 at 10:00", [1_601_138]),
        ("24 January 2017", [1_599_618]),
        ("final, 25 January 2017", [1_655_919]),
    ]
    shares = [36.35, 31.11, 17.52, 6.85, 3.88, 1.97, 1.01]
    for _, returns in found[:2]:
        assert listed(returns.votes["share"]) == pytest.approx(shares)
    assert [listed(returns.votes["votes"]) for _, returns in found[:2]] == [
        [454_041, 388_603, None, None, None, None, None],
        [582_014, 498_114, None, None, None, 31_542, None],
    ]
    # Of the two that give all counts, the votes and the blank and null ones make the voters.
    for _, returns in found[2:]:
        blank = listed(returns.ballots["blank_null"])[0] or sum(
            listed(returns.ballots[name])[0] for name in ("blank", "null")
        )
        assert sum(listed(returns.votes["votes"])) + blank == voters(returns)[0]


@pytest.mark.parametrize("name", ["publication", "Publication", "PUBLICATION"])
def test_the_column_is_known_whatever_its_case(write, name):
    assert next(found for found, _ in publications(write(TEXT.replace("publication", name)))) == "Sunday evening"
