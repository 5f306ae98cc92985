"""What a person reads of a table: words, marks, ranges, and what is left out."""

import pytest

from primaire.messages import msg
from primaire.render.document import document
from primaire.render.language import Language
from primaire.table import Column, Section, Table

VOTES = Column("votes", "Votes", "count", origin="origin")
NAME = Column("name", "Name", "text")
ORIGIN = Column("origin", "How known", "term", place="hidden")


def only_column(table: Table, language: Language) -> list[str]:
    return [row[-1] for row in document(table, language).parts[0].body.rows]


def test_marks_tell_how_a_value_is_known(make, english):
    table = make(
        (VOTES, [1473, 12, 300, None, 0]),
        (ORIGIN, ["reconstructed", "approximate", "published", "reconstructed", None]),
    )
    assert only_column(table, english) == ["1,473†", "≈12", "300", "–", "0"]


def test_the_legend_explains_the_marks_that_occur_and_no_others(make, english):
    both = make((VOTES, [1, 2]), (ORIGIN, ["reconstructed", "approximate"]))
    assert document(both, english).legend == (
        "† reconstructed: worked out from the published percentages",
        "≈ approximate: published as such, or computed from such figures",
    )
    nothing_marked = make((VOTES, [1, None]), (ORIGIN, ["published", "reconstructed"]))
    assert document(nothing_marked, english).legend == ()


def test_the_legend_leaves_out_the_marks_of_hidden_columns(make, english):
    hidden = make(
        (NAME, ["a"]),
        (Column("votes", "Votes", "count", place="hidden", origin="origin"), [1]),
        (ORIGIN, ["approximate"]),
    )
    assert document(hidden, english).legend == ()


def test_a_value_has_no_more_decimals_than_it_was_published_with(make, english):
    share = Column("share", "Share", "share", places="places")
    places = Column("places", "Decimals", "count", place="hidden")
    table = make((share, [35.68, 35.68, 35.68, 35.68]), (places, [1, 0, 5, None]))
    assert only_column(table, english) == ["35.7%", "36%", "35.68%", "35.68%"]


@pytest.mark.parametrize(
    ("kind", "low", "high", "expected"),
    [
        ("share", 57.16, 57.95, "57.16%–57.95%"),
        ("count", 20, 20, "20"),
        ("share", 57.161, 57.164, "57.16%"),  # the same once rounded
        ("points", -1.2, 0.5, "−1.20\xa0–\xa0+0.50"),
        ("count", 20, None, "20"),
        ("count", None, None, "–"),
    ],
)
def test_a_range_is_written_from_end_to_end(make, english, kind, low, high, expected):
    table = make(
        (Column("low", "Low", kind, upper="high"), [low]), (Column("high", "High", kind, place="hidden"), [high])
    )
    assert only_column(table, english) == [expected]


def test_a_missing_value_is_said_in_the_columns_words(make, english):
    table = make((NAME, ["a"]), (Column("voters", "Voters", "count", missing="not published"), [None]))
    assert only_column(table, english) == ["not published"]


def test_a_column_without_words_for_missing_is_left_out_where_all_values_are(make, english):
    label = Column("label", "Label", "text", missing=None)
    table = make(
        (NAME, ["a", "b", "c", "d"]),
        (label, ["SOC", None, None, None]),
        sections=(Section(msg("One"), 0, 2), Section(msg("Two"), 2, 4)),
    )
    one, two = document(table, english).parts
    assert one.body.headings == ("Name", "Label")
    assert one.body.rows == (("a", "SOC"), ("b", "–"))
    assert two.body.headings == ("Name",)
    assert two.body.rows == (("c",), ("d",))


def foot_columns() -> tuple[Column, ...]:
    return (
        Column("voters", "Voters", "count", place="foot"),
        Column("turnout", "of registered", "share", place="foot", beside="voters"),
        Column("blank", "Blank", "count", place="foot", missing=None),
        Column("blank_share", "of voters", "share", place="foot", beside="blank", missing=None),
        Column("swing", "Swing", "points", place="foot"),
        Column("direction", "Direction", "text", place="foot", beside="swing", missing=None),
    )


def test_the_foot_has_a_line_for_each_figure_with_those_beside_it(make, english):
    values = [[4130] * 2, [57.169] * 2, [20] * 2, [0.484] * 2, [8.25] * 2, ["A → B"] * 2]
    table = make((NAME, ["a", "b"]), *zip(foot_columns(), values, strict=True))
    foot = document(table, english).parts[0].foot
    assert foot.numeric == (False, True, True, False)
    assert foot.rows == (
        ("Voters", "4,130", "57.17%", "of registered"),
        ("Blank", "20", "0.48%", "of voters"),
        ("Swing", "+8.25", "", "A → B"),  # words need no label
    )


def test_a_line_of_the_foot_without_words_for_missing_is_left_out(make, english):
    values = [[4130], [None], [None], [None], [None], [None]]
    table = make((NAME, ["a"]), *zip(foot_columns(), values, strict=True))
    assert document(table, english).parts[0].foot.rows == (
        ("Voters", "4,130", "–", "of registered"),
        ("Swing", "–", "", ""),
    )


def test_a_foot_that_differs_between_rows_is_a_bug_and_said_so(make, english):
    table = make((NAME, ["a", "b"]), (Column("voters", "Voters", "count", place="foot"), [1, 2]))
    with pytest.raises(ValueError, match="column voters, in the foot, is not the same"):
        document(table, english)


def test_an_empty_table_says_so(make, english):
    part = document(make((NAME, []), (Column("voters", "Voters", "count", place="foot"), [])), english).parts[0]
    assert part.body.headings == ("Name",)
    assert part.notes == ("No rows.",)
    assert part.foot.rows == ()


def test_the_title_is_not_said_twice(make, english):
    assert document(make((NAME, ["a"])), english).heading == ""
    named = make((NAME, ["a"]), sections=(Section(msg("Round 1"), 0, 1),))
    assert document(named, english).heading == "Test"


def test_words_from_outside_are_harmless_and_composed(make, english):
    table = make((NAME, ["\x1b[31mE\u0301lodie\u202e"]), title=msg("{x}", x="a\nb"))
    read = document(table, english)
    assert read.title == r"a\nb"
    assert read.parts[0].body.rows == ((r"\x1b[31mÉlodie\u202e",),)


def test_hidden_and_heading_columns_are_not_shown(make, english):
    table = make((Column("round", "Round", "count", place="heading"), [1]), (NAME, ["a"]), (ORIGIN, ["published"]))
    assert document(table, english).parts[0].body.headings == ("Name",)
