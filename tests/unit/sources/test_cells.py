"""One cell to one value: what is surely a number, a date or a word is read, and everything else is refused with a reason."""

from __future__ import annotations

import pytest

from primaire.sources.cells import (
    CellError,
    parse_columns,
    parse_count,
    parse_date,
    parse_round,
    parse_share,
    parse_word,
)
from primaire.sources.own.columns import FIGURES, WORDS

COUNTS = {
    "0": 0,
    "1473": 1473,
    "007": 7,
    "1 473": 1473,
    "1\u00a0473": 1473,  # no-break space
    "1\u202f473": 1473,  # narrow no-break space
    "2 045 343": 2045343,
    "12 245": 12245,
    "842.0": 842,  # as a program that knows only decimals writes it
    "999999999999999": 10**15 - 1,
    "000000000000000000001": 1,
}
NO_COUNTS = {
    "1.5": "whole",
    "842.00001": "whole",
    "842.00": "whole",  # percentages have two decimals
    "0,00": "whole",
    "1,473": "whole",  # 1473 in English, 1.473 in French: nobody can tell
    "3,5": "whole",
    "+5": "whole",
    "-3": "negative",
    "\u22123": "negative",  # the minus sign of typographers
    "-0": "negative",
    "1000000000000000": "too large",
    "9" * 400: "too large",
    "a dozen": "not a count",
    "1 47": "not a count",
    "1 4733": "not a count",
    "1473 473": "not a count",
    "1  473": "not a count",
    "1.473.000": "not a count",
    "1,473,000": "not a count",
    "١٤٧٣": "not a count",  # Arabic digits
    "１４": "not a count",  # full width
    "²": "not a count",
    "1e3": "not a count",
    "0x10": "not a count",
    "1_473": "not a count",
    "842 voix": "not a count",
    "NaN": "not a count",
    "inf": "not a count",
    "n/a": "not a count",
    "–": "not a count",
    "12\n": "not a count",
}
SHARES = {
    "35.68": (35.68, 2),
    "35,68": (35.68, 2),
    "35,68 %": (35.68, 2),
    "35,68\u00a0%": (35.68, 2),
    "35,68\u202f%": (35.68, 2),
    "35.68%": (35.68, 2),
    "40": (40.0, 0),
    "40 %": (40.0, 0),
    "35.70": (35.7, 2),  # a published zero is a decimal like any other
    "0": (0.0, 0),
    "100.0": (100.0, 1),
    "0.123456": (0.123456, 6),
    "130,5": (130.5, 1),  # wrong, but read: a finding says so
}
NO_SHARES = {
    "-1.2": "negative",
    "\u22121,2 %": "negative",
    "0.1234567": "more digits",
    "12345678": "more digits",
    ".5": "not a percentage",
    "35.": "not a percentage",
    "35.68 %%": "not a percentage",
    "1.035,68": "not a percentage",
    "%": "not a percentage",
    "-": "not a percentage",
    "half": "not a percentage",
    "٣٥": "not a percentage",
    "+3": "not a percentage",
}


@pytest.mark.parametrize(("cell", "count"), COUNTS.items())
def test_a_count_is_read(cell, count):
    assert parse_count(cell) == count


@pytest.mark.parametrize(("cell", "reason"), NO_COUNTS.items())
def test_what_is_no_count_is_refused_with_its_reason(cell, reason):
    with pytest.raises(CellError) as refused:
        parse_count(cell)
    assert reason in str(refused.value.reason)


@pytest.mark.parametrize(("cell", "share"), SHARES.items())
def test_a_share_is_read_with_the_decimals_it_was_published_with(cell, share):
    assert parse_share(cell) == share


@pytest.mark.parametrize(("cell", "reason"), NO_SHARES.items())
def test_what_is_no_share_is_refused_with_its_reason(cell, reason):
    with pytest.raises(CellError) as refused:
        parse_share(cell)
    assert reason in str(refused.value.reason)


@pytest.mark.parametrize(("cell", "number"), [("1", 1), ("2", 2), ("10", 10)])
def test_a_round_is_read(cell, number):
    assert parse_round(cell) == number


@pytest.mark.parametrize("cell", ["0", "-1", "100", "1.0", "first", "2e", "١"])
def test_what_is_no_round_is_refused(cell):
    with pytest.raises(CellError, match="not a round"):
        parse_round(cell)


@pytest.mark.parametrize("european", [False, True])
def test_an_iso_date_is_read_in_any_file(european):
    assert parse_date("2017-01-29", european=european) == "2017-01-29"


@pytest.mark.parametrize(
    ("cell", "date"), [("29/01/2017", "2017-01-29"), ("1/2/2017", "2017-02-01"), ("05/04/2017", "2017-04-05")]
)
def test_the_day_comes_first_in_a_european_file(cell, date):
    assert parse_date(cell, european=True) == date


@pytest.mark.parametrize("cell", ["29/01/2017", "05/04/2017", "1/2/2017"])
def test_a_slashed_date_is_refused_where_the_month_might_come_first(cell):
    with pytest.raises(CellError, match="YYYY-MM-DD"):
        parse_date(cell, european=False)


@pytest.mark.parametrize(
    "cell",
    [
        "2017-02-29",
        "2017-13-01",
        "31/02/2017",
        "01/29/2017",
        "29/01/17",
        "0000-01-01",
        "20170129",
        "2017-W04-7",
        "2017-1-9",
        "42764",
        "hier",
    ],
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(CellError, match="not a date"):
        parse_date(cell, european=True)


@pytest.mark.parametrize(
    ("column", "word", "spelling"),
    [
        (column, word, spelling)
        for column, words in WORDS.items()
        for word, french in words.items()
        for spelling in (word, french, french.upper(), word.capitalize())
    ],
)
def test_a_word_is_read_in_both_languages_and_any_case(column, word, spelling):
    assert parse_word(column, spelling) == word


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [("status", "Gele", "frozen"), ("share_base", "exprimes", "valid"), ("level", "departement", "departement")],
)
def test_a_word_is_read_without_its_accents(column, cell, word):
    assert parse_word(column, cell) == word


@pytest.mark.parametrize("column", WORDS)
def test_another_word_is_refused_with_those_there_are(column):
    with pytest.raises(CellError) as refused:
        parse_word(column, "nothing of the kind")
    assert all(word in str(refused.value.reason) for word in WORDS[column])


@pytest.mark.parametrize("cell", ["yes", "Yes", "oui", "OUI", "x", "X"])
def test_yes_means_that_all_figures_are_approximate(cell):
    assert parse_columns(cell) == set(FIGURES)


@pytest.mark.parametrize(
    ("cell", "columns"),
    [
        ("votes", {"votes"}),
        ("voix", {"votes"}),
        ("votes voters", {"votes", "voters"}),
        ("voix, votants;exprimés", {"votes", "voters", "valid"}),
        ("share", {"share"}),
    ],
)
def test_approximate_columns_are_named_in_either_language(cell, columns):
    assert parse_columns(cell) == columns


@pytest.mark.parametrize("cell", ["no", "candidate", "votes and more", "environ"])
def test_what_names_no_figure_is_refused(cell):
    with pytest.raises(CellError) as refused:
        parse_columns(cell)
    assert "registered" in str(refused.value.reason)
    assert "candidate" not in str(refused.value.reason)


@pytest.mark.parametrize(("cell", "count"), [("3.0", 3), ("3,0", 3), ("30,0", 30), ("100,0", 100)])
def test_a_whole_number_may_show_its_zero_decimal(cell, count):
    assert parse_count(cell) == count
